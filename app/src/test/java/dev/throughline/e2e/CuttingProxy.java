package dev.throughline.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network that fails between a client and one server: some requests it does not deliver, some it delivers but hangs
 * up on both ends at once, and of some it has the whole answer, that is, the server is done, and yet delivers none or
 * half of it. To its clients all of these look alike.
 */
final class CuttingProxy implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");

    /** What becomes of a request. */
    enum Fate {
        DELIVERED,
        LOST_BEFORE,
        CUT_WHILE_RUNNING,
        CUT_AFTER,
        CUT_IN_THE_MIDDLE
    }

    private final ServerSocket listener;
    private final int server;
    private final Random random;
    private final Map<Fate, Integer> fates = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * @param server the port of the server
     * @param seed decides on the fates
     */
    CuttingProxy(int server, long seed) throws IOException {
        this.server = server;
        this.random = new Random(seed);
        this.listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        threads.execute(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many requests had each fate. */
    Map<Fate, Integer> fates() {
        return Map.copyOf(fates);
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

    private void listen() {
        try {
            while (true) {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // Nobody is served any more.
        }
    }

    private void serve(Socket accepted) {
        try (Socket client = accepted) {
            byte[] request = request(client.getInputStream());
            Fate fate = fate();
            fates.merge(fate, 1, Integer::sum);
            if (fate == Fate.LOST_BEFORE) {
                return;
            }
            try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
                upstream.getOutputStream().write(request);
                if (fate == Fate.CUT_WHILE_RUNNING) {
                    return;
                }
                byte[] answer = upstream.getInputStream().readAllBytes();
                OutputStream back = client.getOutputStream();
                if (fate == Fate.CUT_IN_THE_MIDDLE) {
                    back.write(Arrays.copyOf(answer, answer.length / 2));
                } else if (fate == Fate.DELIVERED) {
                    back.write(answer);
                }
            }
        } catch (IOException hungUp) {
            // As networks do.
        }
    }

    private synchronized Fate fate() {
        int drawn = random.nextInt(10);
        return drawn < 4 ? Fate.DELIVERED : Fate.values()[1 + drawn % 4];
    }

    /** One request, addressed to the server itself, which is to hang up when it is done: so its answer is whole. */
    private byte[] request(InputStream from) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = from.read();
            if (next < 0) {
                throw new IOException("No request came");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        byte[] body = from.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                text.replaceFirst("(?im)^host: [^\r\n]*", "Host: localhost:" + server + "\r\nConnection: close")
                        .getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }
}
