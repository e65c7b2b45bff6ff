package dev.throughline.in.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Takes in the body of a request, as much as is reasonable and no more. */
public final class Body {
    private static final Problem NOT_JSON =
            Problem.of(415, "media_type_not_supported", "The body must be application/json, encoded in UTF-8.");

    private Body() {}

    /**
     * Refuses any media type but JSON.
     *
     * @param contentType the header; a missing one is refused, too
     * @throws ProblemException with status 415
     */
    public static void requireJson(Optional<String> contentType) {
        contentType.filter(MediaTypes::isJson).orElseThrow(() -> new ProblemException(NOT_JSON));
    }

    /**
     * Reads a body to its end.
     *
     * @param limit the most bytes that it may have
     * @throws ProblemException with status 413 if it is longer
     */
    public static byte[] read(InputStream body, int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new ProblemException(Problem.of(
                    413, "body_too_large", "The body must not be longer than %d KiB.".formatted(limit / 1024)));
        }
        return bytes;
    }
}
