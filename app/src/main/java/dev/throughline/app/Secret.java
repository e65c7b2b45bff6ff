package dev.throughline.app;

/**
 * A setting that no log may show.
 *
 * @param value the setting
 */
record Secret(String value) {
    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
