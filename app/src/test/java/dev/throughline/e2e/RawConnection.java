package dev.throughline.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection on which anything can be sent, to the byte; each character of a text is one byte. */
final class RawConnection implements AutoCloseable {
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}) ");
    private static final Pattern REASON = Pattern.compile("\"reason\":\"(\\w+)\"");
    private static final Pattern ID = Pattern.compile("(?i)\r\nX-Correlation-ID: (\\S+)\r\n");
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawConnection(int port) {
        try {
            socket = new Socket(InetAddress.getByName("localhost"), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends everything at once and answers what comes back until the server ends the connection. */
    static Replies exchange(int port, String sent) {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(sent);
            return connection.replies();
        }
    }

    void send(String sent) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(sent.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException reset) {
            // The server may be done with the connection before all was sent; what it said counts.
        }
    }

    /** Whether the server still takes what is sent. */
    boolean takes(String sent) {
        try {
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** What comes back until the server ends the connection. */
    Replies replies() {
        return repliesUntil("");
    }

    /** What comes back up to a text, or until the server ends the connection. */
    Replies repliesUntil(String end) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            byte[] part = new byte[8192];
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                all.write(part, 0, count);
                if (!end.isEmpty() && all.toString(StandardCharsets.ISO_8859_1).contains(end)) {
                    break;
                }
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("The connection stays open: " + all.toString(StandardCharsets.ISO_8859_1), open);
        } catch (IOException reset) {
            // As good as an end.
        }
        return new Replies(all.toString(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What came back.
     *
     * @param text all of it
     */
    record Replies(String text) {

        /** The status of each answer in turn. */
        List<Integer> statuses() {
            return found(STATUS).stream().map(Integer::valueOf).toList();
        }

        /** The reason of each problem in turn. */
        List<String> reasons() {
            return found(REASON);
        }

        /** The correlation id of the first answer. */
        String correlationId() {
            return found(ID).get(0);
        }

        private List<String> found(Pattern pattern) {
            List<String> all = new ArrayList<>();
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                all.add(matcher.group(1));
            }
            return all;
        }
    }
}
