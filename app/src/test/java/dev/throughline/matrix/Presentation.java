package dev.throughline.matrix;

import java.util.List;

/**
 * What a request presents besides what its door asks for.
 *
 * @param lines the header lines, as they stand
 * @param query more of a query; empty for none
 * @param body another body; empty for the door's own
 */
record Presentation(List<String> lines, String query, String body) {

    static Presentation of(String... lines) {
        return new Presentation(List.of(lines), "", "");
    }

    /** A token where it belongs. */
    static Presentation bearing(String token) {
        return of("Authorization: Bearer " + token);
    }

    Presentation withQuery(String more) {
        return new Presentation(lines, more, body);
    }

    Presentation withBody(String other) {
        return new Presentation(lines, query, other);
    }

    /** Whether only bytes written by hand can say it: a client library would refuse, or tidy it up. */
    boolean raw() {
        return lines.stream()
                        .anyMatch(line -> !line.chars().allMatch(c -> c >= ' ' && c < 0x7F) || line.length() > 30_000)
                || lines.size() > 100;
    }
}
