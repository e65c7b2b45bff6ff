package dev.throughline.out.foundry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads server-sent events as bytes arrive (HTML Living Standard, section 9.2.6, "Interpreting an event stream"),
 * within bounds. An event that the stream does not end is never told.
 */
final class EventStream {
    private static final int LONGEST_EVENT = 1024 * 1024;
    private static final long LONGEST_STREAM = 16L * LONGEST_EVENT;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
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
            byte b = bytes.get();
            if (b == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
            } else if (b == '\n' || b == '\r') {
                afterCarriageReturn = b == '\r';
                endLine(ended);
            } else {
                afterCarriageReturn = false;
                line.write(b);
                require(line.size() + data.length() <= LONGEST_EVENT);
            }
        }
        return ended;
    }

    private void endLine(List<Event> ended) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
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
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        if (field.equals("data")) {
            data.append(value).append('\n');
        } else if (field.equals("event")) {
            name = value;
        }
    }

    private static void require(boolean withinBounds) throws IOException {
        if (!withinBounds) {
            throw new IOException("The event stream is too long");
        }
    }
}
