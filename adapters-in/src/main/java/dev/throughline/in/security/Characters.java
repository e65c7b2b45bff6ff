package dev.throughline.in.security;

/** A set of ASCII characters, asked of every character of every token. */
final class Characters {
    /** The alphabet of base64url in the order of its values (RFC 4648 section 5). */
    static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final boolean[] members = new boolean[128];

    private Characters() {}

    static Characters of(String members) {
        Characters set = new Characters();
        members.chars().forEach(member -> set.members[member] = true);
        return set;
    }

    /** Whether the text is of these characters alone. */
    boolean make(String text) {
        return make(text, 0, text.length());
    }

    boolean make(String text, int begin, int end) {
        for (int at = begin; at < end; at++) {
            char character = text.charAt(at);
            if (character >= members.length || !members[character]) {
                return false;
            }
        }
        return true;
    }
}
