package dev.throughline.in.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Takes in the body of a request, as much as is reasonable and no more. */
public final class Body {
    private static final Problem NOT_JSON =
            Problem.of(415, "media_type_not_supported", "The body must be application/json, encoded in UTF-8.");

    private static final Problem INCOMPLETE =
            Problem.of(400, "body_incomplete", "The body does not end as its headers announce.");
    private static final Problem TOO_SLOW =
            Problem.of(408, "body_too_slow", "The body did not arrive in time; send it again.");

    /** For the whole of a body; the server's own patience is for each part of it, and parts can be bytes. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int PART = 8 * 1024;

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
     * @throws ProblemException with status 413 if it is longer, 408 if it takes too long, or 400 if it never ends as
     *     announced
     */
    public static byte[] read(InputStream body, int limit) {
        return read(body, limit, System::nanoTime);
    }

    static byte[] read(InputStream body, int limit, LongSupplier nanoTime) {
        try {
            return readWithin(body, limit, nanoTime);
        } catch (SocketTimeoutException e) {
            throw new ProblemException(TOO_SLOW);
        } catch (IOException e) {
            // The sender has gone, or what it sent is not what its headers announced: its fault, not ours.
            throw new ProblemException(INCOMPLETE);
        }
    }

    private static byte[] readWithin(InputStream body, int limit, LongSupplier nanoTime) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        long begin = nanoTime.getAsLong();
        for (int count = body.read(part); count >= 0; count = body.read(part)) {
            all.write(part, 0, count);
            if (all.size() > limit) {
                throw new ProblemException(tooLarge(limit));
            }
            if (nanoTime.getAsLong() - begin > PATIENCE.toNanos()) {
                throw new ProblemException(TOO_SLOW);
            }
        }
        return all.toByteArray();
    }

    private static Problem tooLarge(int limit) {
        return Problem.of(413, "body_too_large", "The body must not be longer than %d KiB.".formatted(limit / 1024));
    }
}
