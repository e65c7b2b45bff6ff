package dev.throughline.out.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A reply that has begun. Closing it before its end ends the call upstream. */
public final class Reply implements AutoCloseable {
    private final HttpResponse<BodyQueue> response;

    Reply(HttpResponse<BodyQueue> response) {
        this.response = response;
    }

    public int status() {
        return response.statusCode();
    }

    /** The first header of that name. */
    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /**
     * The next piece of the body; empty at its end.
     *
     * @throws java.net.http.HttpTimeoutException if there is none in time
     * @throws IOException if the body broke off
     */
    public Optional<List<ByteBuffer>> next(Deadline deadline) throws IOException, InterruptedException {
        return response.body().next(deadline);
    }

    /**
     * The whole body.
     *
     * @param limit the most bytes that it may have
     * @throws IOException if it is longer, late or broke off
     */
    public byte[] body(int limit, Deadline deadline) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Optional<List<ByteBuffer>> piece = next(deadline); piece.isPresent(); piece = next(deadline)) {
            for (ByteBuffer bytes : piece.get()) {
                if (body.size() + bytes.remaining() > limit) {
                    throw new IOException("The reply is longer than " + limit + " bytes");
                }
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                body.writeBytes(copy);
            }
        }
        return body.toByteArray();
    }

    @Override
    public void close() {
        response.body().cancel();
    }
}
