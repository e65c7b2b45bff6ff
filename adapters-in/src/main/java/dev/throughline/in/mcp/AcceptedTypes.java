package dev.throughline.in.mcp;

import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import java.util.List;
import java.util.Locale;

/** What forms of an answer a request accepts. */
final class AcceptedTypes {
    private static final Problem NOT_JSON =
            Problem.of(406, "not_acceptable", "The Accept header must allow application/json and text/event-stream.");

    private AcceptedTypes() {}

    /**
     * Kinder than the protocol, which wants both media types named: many clients name one, or none.
     *
     * @param accepts the values of {@code Accept}
     * @throws ProblemException with status 406
     */
    static void requireJson(List<String> accepts) {
        String accept = String.join(",", accepts).toLowerCase(Locale.ROOT);
        boolean json = accept.isBlank()
                || accept.contains("application/json")
                || accept.contains("*/*")
                || accept.contains("application/*");
        if (!json) {
            throw new ProblemException(NOT_JSON);
        }
    }
}
