package dev.throughline.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The lines of a stream, in memory that does not grow with it. */
final class Lines {
    /** No record comes near to this. */
    static final int MAX_LENGTH = 1 << 20;

    private static final int PIECE = 1 << 16;

    private final InputStream stream;
    private byte[] buffer = new byte[2 * PIECE];
    private int from;
    private int filled;
    private long number;

    Lines(InputStream stream) {
        this.stream = stream;
    }

    /** The line that was read last, counted from 1; 1 before the first. */
    long number() {
        return Math.max(1, number);
    }

    Optional<Line> next() throws IOException, BrokenLogException {
        int at = from;
        while (true) {
            at = newline(at);
            if (at < filled) {
                return Optional.of(line(at, at + 1, true));
            }
            if (at - from > MAX_LENGTH) {
                number++;
                throw new BrokenLogException(Fault.FORM, "the line is longer than any that an export has");
            }
            at -= makeRoom();
            int read = stream.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                return from == filled ? Optional.empty() : Optional.of(line(filled, filled, false));
            }
            filled += read;
        }
    }

    /** Where the next newline is, or the end of what has been read. */
    private int newline(int begin) {
        byte[] bytes = buffer;
        int end = filled;
        int at = begin;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private Line line(int to, int next, boolean ended) {
        Line line = new Line(buffer, from, to, ended);
        from = next;
        number++;
        return line;
    }

    /** Moves what is left to the front, and tells how far. */
    private int makeRoom() {
        int moved = from;
        if (moved > 0) {
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            filled -= moved;
            from = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        return moved;
    }
}
