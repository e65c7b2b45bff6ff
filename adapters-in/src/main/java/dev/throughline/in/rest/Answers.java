package dev.throughline.in.rest;

import dev.throughline.in.http.JsonRequest;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.http.Representation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/** What a person is told of their own affairs, and how they decide. */
final class Answers {
    private static final String DECISION = "decision";

    private Answers() {}

    /** An answer that is for its person alone. */
    static Response of(Representation value) {
        return Response.ok(value).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** Whether the body says yes, {@code {"decision": yes}}, or no. */
    static boolean decision(HttpHeaders headers, InputStream body, String yes, String no) throws IOException {
        Optional<String> contentType = Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        String decision = JsonRequest.read(body, contentType, Set.of(DECISION))
                .text(DECISION)
                .orElseThrow(() -> JsonRequest.missing(DECISION));
        if (!decision.equals(yes) && !decision.equals(no)) {
            throw new ProblemException(
                    Problem.ofField("value_invalid", DECISION, "decision must be %s or %s.".formatted(yes, no)));
        }
        return decision.equals(yes);
    }
}
