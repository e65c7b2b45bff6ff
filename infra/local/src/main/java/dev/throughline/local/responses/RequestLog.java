package dev.throughline.local.responses;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The last requests to the project, for tests to look at; nothing of it can be reached over HTTP. */
public final class RequestLog {
    private static final int REMEMBERED = 200;
    private static final int LONGEST_BODY = 64 * 1024;

    private final Clock clock;
    private final Deque<ReceivedRequest> received = new ArrayDeque<>();

    public RequestLog(Clock clock) {
        this.clock = clock;
    }

    public synchronized List<ReceivedRequest> received() {
        return List.copyOf(received);
    }

    /** Remembers a request, whose body can still be read afterwards. */
    public void record(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY);
        exchange.setStreams(new SequenceInputStream(new ByteArrayInputStream(body), exchange.getRequestBody()), null);
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.computeIfAbsent(
                                name.toLowerCase(Locale.ROOT), first -> new ArrayList<>())
                        .addAll(values.stream().map(RequestLog::sha256).toList()));
        add(new ReceivedRequest(
                clock.instant(),
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                headers,
                new String(body, StandardCharsets.UTF_8)));
    }

    private synchronized void add(ReceivedRequest request) {
        if (received.size() >= REMEMBERED) {
            received.removeFirst();
        }
        received.add(request);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
