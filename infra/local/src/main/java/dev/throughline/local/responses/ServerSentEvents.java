package dev.throughline.local.responses;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The event stream of the Responses API, as bytes. */
public final class ServerSentEvents {

    private static final int LONGEST_STREAM = 16 << 20;

    private ServerSentEvents() {}

    /** Writes one event and sends it off. */
    public static void write(OutputStream out, String type, JsonNode event) throws IOException {
        String text = "event: " + type + "\ndata: " + Json.MAPPER.writeValueAsString(event) + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /**
     * Reads events until the stream ends and hands each on as it comes. Only the form that {@link #write} has is
     * understood: one line of data for each event.
     *
     * @throws IOException if the stream breaks, is too long, or holds something else
     */
    public static void read(InputStream in, ResponseWriter.Events events) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(new Bounded(in, LONGEST_STREAM), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                ObjectNode event = parse(line.substring("data: ".length()));
                events.send(Json.text(event, "type"), event);
            }
        }
    }

    private static ObjectNode parse(String data) throws IOException {
        try {
            if (Json.MAPPER.readTree(data) instanceof ObjectNode event) {
                return event;
            }
        } catch (JacksonException e) {
            throw new IOException("An event is not JSON", e);
        }
        throw new IOException("An event is not a JSON object");
    }

    /** Ends with an exception where more comes than may. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("The stream is too long");
            }
        }
    }
}
