package dev.throughline.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** HTTP as it goes over the wire, for requests that no decent client would send. */
final class Wire {
    private static final int TIMEOUT_MILLIS = 10_000;

    private Wire() {}

    /**
     * Sends a request head as it stands and answers all that comes back.
     *
     * @param lines the request line and the headers, without {@code Connection}
     */
    static String exchange(int port, String... lines) {
        return send(port, new byte[0], lines);
    }

    /** The same with a body, whose length is announced. */
    static String post(int port, String body, String... lines) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        return send(port, content, withLength(lines, content.length));
    }

    private static String send(int port, byte[] body, String... lines) {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(head(lines));
            socket.getOutputStream().write(body);
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request with a body, reads the beginning of the answer, and is gone. */
    static String hangUpAfter(String seen, int port, String body, String... lines) {
        try (Socket socket = connect(port)) {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream().write(head(withLength(lines, content.length)));
            socket.getOutputStream().write(content);
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf(seen) < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new AssertionError("The answer ended without '" + seen + "': " + answer);
                }
                answer.append((char) next);
            }
            // Zero seconds of patience: the connection is reset, as by a laptop that is closed.
            socket.setSoLinger(true, 0);
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of an answer; 0 where the server just closed the connection. */
    static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("localhost"), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static String[] withLength(String[] lines, int length) {
        String[] more = java.util.Arrays.copyOf(lines, lines.length + 1);
        more[lines.length] = "Content-Length: " + length;
        return more;
    }

    private static byte[] head(String... lines) {
        return (String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketTimeoutException late) {
            throw new AssertionError(
                    "The server did not finish its answer: " + all.toString(StandardCharsets.UTF_8), late);
        } catch (IOException reset) {
            // A server may reset a connection whose request it dislikes; what it said before counts.
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
