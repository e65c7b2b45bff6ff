package dev.throughline.battery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP/1.1 by hand, a connection for each request: a decent client would neither send a foreign {@code Host} nor two
 * {@code Authorization} headers.
 */
final class Wire {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int MAX_ANSWER = 4 * 1024 * 1024;

    private Wire() {}

    static Answer send(Request request) {
        try (Socket socket = connect(request.uri())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(bytes(request));
            socket.getOutputStream().flush();
            return parse(read(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException("No answer from " + request.uri().getRawAuthority(), e);
        }
    }

    private static Socket connect(URI uri) throws IOException {
        boolean secure = "https".equals(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        return secure
                ? SSLSocketFactory.getDefault().createSocket(uri.getHost(), port)
                : new Socket(uri.getHost(), port);
    }

    private static byte[] bytes(Request request) {
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(request.method() + " " + target(request.uri()) + " HTTP/1.1\r\n");
        request.headers()
                .forEach(header -> head.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        if (request.method().equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static String target(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** All that comes until the server closes; a stream that stays open is cut off when nothing more comes. */
    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            for (int length = in.read(part); length >= 0 && all.size() < MAX_ANSWER; length = in.read(part)) {
                all.write(part, 0, length);
            }
        } catch (SocketTimeoutException e) {
            if (all.size() == 0) {
                throw e;
            }
        }
        return all.toByteArray();
    }

    private static Answer parse(byte[] all) throws IOException {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.")) {
            return new Answer(0, Map.of(), "");
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n"));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        byte[] body = java.util.Arrays.copyOfRange(all, end + 4, all.length);
        boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
        return new Answer(
                Integer.parseInt(lines.get(0).substring(9, 12)),
                headers,
                new String(chunked ? unchunked(body) : body, StandardCharsets.UTF_8));
    }

    private static byte[] unchunked(byte[] body) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(body);
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            plain.writeBytes(in.readNBytes(size));
            in.skipNBytes(Math.min(2, in.available()));
        }
        return plain.toByteArray();
    }

    private static int chunk(InputStream in) {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.append((char) next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String size = line.toString().strip().replaceFirst(";.*", "");
        return size.matches("[0-9A-Fa-f]{1,7}") ? Integer.parseInt(size, 16) : 0;
    }
}
