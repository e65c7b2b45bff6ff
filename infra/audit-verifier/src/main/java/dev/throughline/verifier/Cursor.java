package dev.throughline.verifier;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a line from left to right; what does not stand there to the byte is not read. */
final class Cursor {
    /** What {@link #number} answers where there is none. */
    static final long NO_NUMBER = -1;

    private static final int MAX_DIGITS = 18;

    private final byte[] bytes;
    private final int to;
    private int at;

    Cursor(Line line) {
        this(line.bytes(), line.from(), line.to());
    }

    Cursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    static byte[] literal(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    boolean skip(byte[] literal) {
        int end = at + literal.length;
        if (end > to || !Arrays.equals(bytes, at, end, literal, 0, literal.length)) {
            return false;
        }
        at = end;
        return true;
    }

    /** A number as JSON writes it, without a sign, a fraction or zeros before it. */
    long number() {
        int begin = at;
        long number = 0;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - begin < MAX_DIGITS) {
            number = 10 * number + bytes[at++] - '0';
        }
        boolean one = at > begin && (bytes[begin] != '0' || at == begin + 1);
        return one ? number : NO_NUMBER;
    }

    /** A hash in small hex digits; false where there is none. */
    boolean hash(byte[] into) {
        if (to - at < 2 * into.length) {
            return false;
        }
        for (int i = 0; i < into.length; i++) {
            int high = digit(bytes[at++]);
            int low = digit(bytes[at++]);
            if (high < 0 || low < 0) {
                return false;
            }
            into[i] = (byte) (high << 4 | low);
        }
        return true;
    }

    int position() {
        return at;
    }

    private static int digit(byte letter) {
        if (letter >= '0' && letter <= '9') {
            return letter - '0';
        }
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
