package dev.throughline.in.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies that do not arrive as they should. */
class BodyTest {
    private static final byte[] BYTES = {1, 2, 3, 4};

    private final AtomicLong now = new AtomicLong();

    @Test
    void a_body_within_its_bound_is_read_to_its_end() {
        assertArrayEquals(BYTES, Body.read(new ByteArrayInputStream(BYTES), 4));
        assertProblem(413, "body_too_large", new ByteArrayInputStream(BYTES), 3);
    }

    @Test
    void a_body_that_breaks_off_is_the_senders_fault() {
        assertProblem(400, "body_incomplete", thenFailing(new EOFException("gone")), 64);
        assertProblem(408, "body_too_slow", thenFailing(new SocketTimeoutException("late")), 64);
    }

    @Test
    void a_body_that_comes_byte_by_byte_is_not_waited_for_without_end() {
        assertArrayEquals(BYTES, Body.read(dripping(Duration.ofSeconds(4)), 64, now::get));
        assertProblem(408, "body_too_slow", dripping(Duration.ofSeconds(6)), 64);
    }

    private void assertProblem(int status, String reason, InputStream body, int limit) {
        Problem problem = assertThrows(ProblemException.class, () -> Body.read(body, limit, now::get))
                .problem();
        assertEquals(status, problem.status());
        assertEquals(reason, problem.reason());
    }

    private InputStream dripping(Duration pause) {
        return new InputStream() {
            private final InputStream bytes = new ByteArrayInputStream(BYTES);

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                now.addAndGet(pause.toNanos());
                return bytes.read(into, offset, 1);
            }
        };
    }

    private static InputStream thenFailing(IOException failure) {
        return new SequenceInputStream(new ByteArrayInputStream(BYTES), new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        });
    }
}
