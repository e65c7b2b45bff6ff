package dev.throughline.local.entra;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What tests script and look at; nothing of it can be reached over HTTP. */
final class TestControls {

    private static final int REMEMBERED = 1000;

    private final Clock clock;
    private final Deque<ScriptedAnswer> nextOnBehalfOf = new ArrayDeque<>();
    private final Deque<ReceivedRequest> received = new ArrayDeque<>();

    /** Stands in for the ordinary answer; one that does not answer only delays it. */
    @FunctionalInterface
    interface ScriptedAnswer {
        /** @return whether the request is answered with this */
        boolean answer(Exchange exchange) throws IOException, InterruptedException;
    }

    TestControls(Clock clock) {
        this.clock = clock;
    }

    synchronized void nextOnBehalfOf(ScriptedAnswer answer) {
        if (nextOnBehalfOf.size() >= REMEMBERED) {
            throw new IllegalStateException("Too many answers are scripted");
        }
        nextOnBehalfOf.add(answer);
    }

    static ScriptedAnswer refusal(AadError error) {
        return exchange -> {
            throw new AadException(error);
        };
    }

    static ScriptedAnswer raw(int status, String type, String body) {
        return exchange -> {
            exchange.send(status, type, body);
            return true;
        };
    }

    static ScriptedAnswer delay(Duration delay) {
        return exchange -> {
            Thread.sleep(delay.toMillis());
            return false;
        };
    }

    synchronized Optional<ScriptedAnswer> scriptedFor(String grantType) {
        return grantType.equals(TokenEndpoint.ON_BEHALF_OF)
                ? Optional.ofNullable(nextOnBehalfOf.poll())
                : Optional.empty();
    }

    synchronized List<ReceivedRequest> received() {
        return new ArrayList<>(received);
    }

    synchronized void record(Tenant tenant, Exchange exchange, Parameters form) {
        if (received.size() >= REMEMBERED) {
            received.removeFirst();
        }
        Map<String, String> digests = new TreeMap<>();
        form.values().forEach((name, value) -> digests.put(name, sha256(value)));
        Map<String, String> headers = new TreeMap<>();
        exchange.requestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), sha256(values.get(0))));
        received.add(new ReceivedRequest(
                clock.instant(),
                tenant.id(),
                form.optional("grant_type").orElse(""),
                form.optional("client_id").orElse(""),
                form.optional("scope").orElse(""),
                digests,
                headers));
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(TokenFactory.sha256(text));
    }
}
