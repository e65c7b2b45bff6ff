package dev.throughline.conformance;

/** The revisions whose requirements the suite has, by the names that it gives them. */
enum Revision {
    NOVEMBER_2025("2025-11-25"),
    JULY_2026("2026-07-28");

    private final String name;

    Revision(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
