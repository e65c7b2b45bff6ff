package dev.throughline.local.responses;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the project was sent: for tests that prove where a token went.
 *
 * @param path the path without the query
 * @param headers for each header's name, in lower case, the SHA-256 of each of its values, in lower-case hex
 * @param body the body as text, as far as it is kept
 */
public record ReceivedRequest(Instant at, String method, String path, Map<String, List<String>> headers, String body) {

    public ReceivedRequest {
        headers = Map.copyOf(headers);
    }
}
