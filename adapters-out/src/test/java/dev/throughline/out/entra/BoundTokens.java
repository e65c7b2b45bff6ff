package dev.throughline.out.entra;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token endpoint whose tokens say for which assertion and which scope they were issued. It writes each answer at
 * once: the JDK's server writes head and body apart, which costs 40 milliseconds of waiting for an acknowledgement.
 */
final class BoundTokens implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong issued = new AtomicLong();
    private final ServerSocket listener;

    BoundTokens() {
        try {
            listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::listen);
    }

    URI address() {
        return URI.create("http://localhost:" + listener.getLocalPort() + "/token");
    }

    long issued() {
        return issued.get();
    }

    /** The token that only this assertion gets for this audience. */
    static String tokenFor(String assertion, String audience) {
        return assertion + "." + audience.replaceAll("[^a-z]", "-");
    }

    private void listen() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connection.setTcpNoDelay(true);
                threads.execute(() -> serve(connection));
            }
        } catch (IOException closed) {
            Thread.yield();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                Matcher length = LENGTH.matcher(head);
                if (!length.find()) {
                    throw new IllegalStateException("A request without a length: " + head);
                }
                String body = new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1);
                connection.getOutputStream().write(answer(body).getBytes(ISO_8859_1));
            }
        } catch (IOException clientIsGone) {
            Thread.yield();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int read = in.read(); read >= 0; read = in.read()) {
            head.append((char) read);
            if (read == '\n' && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                break;
            }
        }
        return head.toString();
    }

    private String answer(String body) {
        Map<String, String> form = TokenWire.form(body);
        String audience = form.get("scope").replace("/.default", "");
        String token = TokenWire.token(tokenFor(form.get("assertion"), audience), 3599);
        issued.incrementAndGet();
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + token.length() + "\r\n\r\n"
                + token;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
