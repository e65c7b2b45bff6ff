package dev.throughline.out.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.throughline.access.User;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Delegated tokens from Entra, each asked for once: whoever wants the same token meanwhile waits for the same answer.
 * The exchange belongs to none of them, so that one who is interrupted harms nobody else. Tokens are kept in memory
 * only, at most 10,000 of them, and never beyond what {@link KeptDelegation} allows.
 */
public final class EntraDelegatedTokens implements DelegatedTokens {
    private static final System.Logger LOG = System.getLogger(EntraDelegatedTokens.class.getName());
    private static final int MOST_TOKENS = 10_000;
    private static final Delegation UNAVAILABLE = new Delegation.Unavailable(Optional.empty());

    private final OnBehalfOfExchange exchange;
    private final Clock clock;
    private final Duration longestWait;
    private final Cache<TokenKey, KeptDelegation> kept;
    private final ConcurrentMap<TokenKey, CompletableFuture<Delegation>> underWay = new ConcurrentHashMap<>();
    private final Executor threads = ExchangeThreads.create();

    public EntraDelegatedTokens(EntraSettings settings) {
        this(
                settings,
                ClientAuthentication.of(settings, Clock.systemUTC()),
                Clock.systemUTC(),
                Ticker.systemTicker(),
                Duration.ofSeconds(10));
    }

    /** @param patience how long an exchange may take, from the first byte sent to the last one read */
    EntraDelegatedTokens(
            EntraSettings settings, ClientAuthentication client, Clock clock, Ticker ticker, Duration patience) {
        this.exchange = new OnBehalfOfExchange(settings, client, new CircuitBreaker(ticker::read), clock, patience);
        this.clock = clock;
        // The exchange has its own deadline; this is for one that has to wait for a thread first.
        this.longestWait = patience.multipliedBy(2);
        this.kept = Caffeine.newBuilder()
                .maximumSize(MOST_TOKENS)
                .ticker(ticker)
                .expireAfter(Expiry.<TokenKey, KeptDelegation>writing(
                        (key, delegation) -> Duration.between(clock.instant(), delegation.until())))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Delegation onBehalfOf(User user, UserAssertion assertion, String audience) {
        TokenKey key = TokenKey.of(user, assertion, audience);
        return kept(key).orElseGet(() -> await(shared(key, assertion)));
    }

    /** Looked at by the clock, too: a machine that was asleep has missed the end of what it holds. */
    private Optional<Delegation> kept(TokenKey key) {
        return Optional.ofNullable(kept.getIfPresent(key))
                .filter(delegation -> delegation.holdsAt(clock.instant()))
                .map(KeptDelegation::delegation);
    }

    private CompletableFuture<Delegation> shared(TokenKey key, UserAssertion assertion) {
        CompletableFuture<Delegation> mine = new CompletableFuture<>();
        CompletableFuture<Delegation> first = underWay.putIfAbsent(key, mine);
        if (first != null) {
            return first;
        }
        try {
            threads.execute(() -> ask(key, assertion, mine));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "Too many token exchanges at once");
            underWay.remove(key, mine);
            mine.complete(UNAVAILABLE);
        }
        return mine;
    }

    private void ask(TokenKey key, UserAssertion assertion, CompletableFuture<Delegation> answer) {
        try {
            // Somebody else's exchange may have ended since the asker looked.
            Delegation delegation = kept(key).orElseGet(() -> exchanged(key, assertion));
            underWay.remove(key, answer);
            answer.complete(delegation);
        } catch (RuntimeException | Error bug) {
            underWay.remove(key, answer);
            answer.completeExceptionally(bug);
        }
    }

    private Delegation exchanged(TokenKey key, UserAssertion assertion) {
        Delegation delegation = exchange.perform(assertion, key.audience());
        KeptDelegation.of(delegation, assertion, clock.instant()).ifPresent(reusable -> kept.put(key, reusable));
        return delegation;
    }

    private Delegation await(CompletableFuture<Delegation> answer) {
        try {
            return answer.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "A token exchange was not over in time");
            return UNAVAILABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNAVAILABLE;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The token exchange broke", e.getCause());
        }
    }
}
