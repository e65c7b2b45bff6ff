package dev.throughline.in.security;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The keys of all issuers, renewed when it is time, whether or not anybody calls. */
final class KeyRing implements AutoCloseable {
    private static final long SOONEST_MILLIS = 250;

    private final Map<String, SigningKeys> keys = new LinkedHashMap<>();
    private volatile boolean closed;

    KeyRing(
            TokenSettings settings,
            Function<TokenIssuer, KeySource> sources,
            GateMetrics metrics,
            Clock clock,
            Executor background) {
        for (TokenIssuer issuer : settings.issuers()) {
            PublishedKeys reader = new PublishedKeys(issuer, settings.tenant(), metrics);
            SigningKeys ofIssuer = new SigningKeys(sources.apply(issuer), reader, metrics, clock, background);
            keys.put(issuer.name(), ofIssuer);
            metrics.watchKeyAge(
                    issuer.name(),
                    () -> ofIssuer.age()
                            .map(Duration::toSeconds)
                            .map(Long::doubleValue)
                            .orElse(Double.NaN));
        }
    }

    /** Fetches the keys and goes on renewing them until closed. */
    void start(ScheduledExecutorService timer) {
        keys.values().forEach(ofIssuer -> renewFromNowOn(ofIssuer, timer));
    }

    SigningKeys of(TokenIssuer issuer) {
        return keys.get(issuer.name());
    }

    /** Whether the tokens of most callers can be verified: those of the first issuer. */
    boolean ready() {
        return keys.values().iterator().next().ready();
    }

    private void renewFromNowOn(SigningKeys ofIssuer, ScheduledExecutorService timer) {
        if (!closed) {
            ofIssuer.renewIfDue();
            long millis = Math.max(SOONEST_MILLIS, ofIssuer.untilDue().toMillis());
            timer.schedule(() -> renewFromNowOn(ofIssuer, timer), millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
