package dev.throughline.out.foundry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads server-sent events as bytes arrive (HTML Living Standard, section 9.2.6, "Interpreting an event stream"),
 * within bounds. An event that the stream does not end is never told.
 */
final class EventStream {
    private static final int LONGEST_EVENT = 1024 * 1024;
    private static final long LONGEST_STREAM = 16L * LONGEST_EVENT;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private byte[] line = new byte[1024];
    private int lineLength;
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private boolean afterCarriageReturn;
    private boolean firstLine = true;
    private long length;

    /**
     * An event.
     *
     * @param name its name; empty if it has none
     * @param data its data, whose lines are separated by line feeds
     */
    record Event(String name, String data) {}

    /**
     * The events that end within these bytes.
     *
     * @throws IOException if the stream or an event of it is too long
     */
    List<Event> feed(ByteBuffer bytes) throws IOException {
        List<Event> ended = new ArrayList<>();
        length += bytes.remaining();
        require(length <= LONGEST_STREAM);
        while (bytes.hasRemaining()) {
            take(bytes, lineEnd(bytes) - bytes.position());
            if (bytes.hasRemaining()) {
                byte end = bytes.get();
                if (end == '\r' || !afterCarriageReturn) {
                    endLine(ended);
                }
                afterCarriageReturn = end == '\r';
            }
        }
        return ended;
    }

    /** Where the next line end is, or the end of the bytes. */
    private static int lineEnd(ByteBuffer bytes) {
        int i = bytes.position();
        while (i < bytes.limit() && bytes.get(i) != '\n' && bytes.get(i) != '\r') {
            i++;
        }
        return i;
    }

    private void take(ByteBuffer bytes, int count) throws IOException {
        if (count == 0) {
            return;
        }
        afterCarriageReturn = false;
        require(lineLength + count + data.length() <= LONGEST_EVENT);
        if (lineLength + count > line.length) {
            line = Arrays.copyOf(line, Math.max(lineLength + count, 2 * line.length));
        }
        bytes.get(line, lineLength, count);
        lineLength += count;
    }

    private void endLine(List<Event> ended) {
        String text = new String(line, 0, lineLength, StandardCharsets.UTF_8);
        lineLength = 0;
        if (firstLine && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        firstLine = false;
        if (!text.isEmpty()) {
            field(text);
            return;
        }
        if (data.length() > 0) {
            ended.add(new Event(name, data.substring(0, data.length() - 1)));
        }
        data.setLength(0);
        name = "";
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        int end = colon < 0 ? text.length() : colon;
        int begin = Math.min(end + 1, text.length());
        begin += text.startsWith(" ", begin) ? 1 : 0;
        if (isField(text, end, "data")) {
            data.append(text, begin, text.length()).append('\n');
        } else if (isField(text, end, "event")) {
            name = text.substring(begin);
        }
    }

    private static boolean isField(String text, int end, String field) {
        return end == field.length() && text.startsWith(field);
    }

    private static void require(boolean withinBounds) throws IOException {
        if (!withinBounds) {
            throw new IOException("The event stream is too long");
        }
    }
}
