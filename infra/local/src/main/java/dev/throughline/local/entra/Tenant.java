package dev.throughline.local.entra;

/** A directory: one organisation's people and applications. */
record Tenant(String id, String domain, String name) {

    @Override
    public String toString() {
        return name;
    }
}
