package dev.throughline.e2e;

/** The registrations that the design names. */
final class Ids {
    static final String API = "c0ffee00-0000-4000-8000-0000000000a1";
    static final String WEB_CHAT = "c0ffee00-0000-4000-8000-0000000000a2";
    static final String ASSISTANT = "c0ffee00-0000-4000-8000-0000000000a3";
    static final String DESKTOP = "c0ffee00-0000-4000-8000-0000000000a4";

    private Ids() {}
}
