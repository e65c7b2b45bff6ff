package dev.throughline.in.mcp;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client of MCP 2026-07-28 says with a request about being asked back (basic/patterns/mrtr). The state was
 * sealed by us; all else is the client's word.
 *
 * @param capabilities what the client declares that it can be asked for, such as {@code elicitation}
 * @param inputResponses its answers to the questions of an {@link InputRequiredException}
 * @param requestState the state that came with those questions
 */
public record RoundTrip(
        Map<String, @Nullable Object> capabilities,
        Map<String, @Nullable Object> inputResponses,
        Optional<String> requestState) {

    /** A client that cannot be asked. */
    static final RoundTrip NONE = new RoundTrip(Map.of(), Map.of(), Optional.empty());
}
