package dev.throughline.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Stands before a server on this machine and gives each request a bearer token: for programs that cannot send one. The
 * rest of the request and the whole answer pass as they are, byte by byte, so that {@code Host} and {@code Origin} are
 * judged by the server. Each connection carries one request.
 */
final class TokenForwarder implements AutoCloseable {
    private static final int MAX_HEAD = 64 * 1024;
    private static final Set<String> REPLACED = Set.of("authorization", "connection");

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(TokenForwarder::thread);

    private TokenForwarder(ServerSocket socket) {
        this.socket = socket;
    }

    /** Listens on a free port; connections wait until it is told whereto. */
    static TokenForwarder listening() {
        try {
            return new TokenForwarder(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Begins to forward. */
    void forward(int target, String token) {
        threads.execute(() -> accept(target, token));
    }

    private void accept(int target, String token) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client, target, token));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client, int target, String token) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            server.getOutputStream().write(withToken(head(client.getInputStream()), token));
            threads.execute(() -> copy(client, server));
            transfer(server.getInputStream(), client.getOutputStream());
        } catch (IOException gone) {
            // Whoever hung up knows it; the other side learns it from the closed connection.
        }
    }

    /** The request's first line and headers, with the empty line that ends them. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0 || head.size() >= MAX_HEAD) {
                throw new IOException("This is no request");
            }
            head.write(next);
            boolean expected = next == "\r\n\r\n".charAt(matched);
            matched = expected ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] withToken(String head, String token) {
        List<String> lines = List.of(head.strip().split("\r\n"));
        String kept = lines.stream().filter(line -> !replaced(line)).collect(Collectors.joining("\r\n"));
        return (kept + "\r\nAuthorization: Bearer " + token + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean replaced(String line) {
        int colon = line.indexOf(':');
        return colon > 0 && REPLACED.contains(line.substring(0, colon).toLowerCase(Locale.ROOT));
    }

    private static void copy(Socket from, Socket to) {
        try {
            transfer(from.getInputStream(), to.getOutputStream());
        } catch (IOException gone) {
            // The answer is through, or there will be none.
        }
    }

    /** Each piece at once: streams of events must not wait for more. */
    private static void transfer(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "token-forwarder");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
