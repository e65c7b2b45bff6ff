package dev.throughline.out.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.throughline.access.User;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.Delegation.Failure;
import dev.throughline.delegation.UserAssertion;
import java.time.Clock;
import java.time.Duration;
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
 * only, at most 10,000 of them, and never beyond what {@link TokenExpiry} allows.
 */
public final class EntraDelegatedTokens implements DelegatedTokens {
    private static final System.Logger LOG = System.getLogger(EntraDelegatedTokens.class.getName());
    private static final int MOST_TOKENS = 10_000;

    private final OnBehalfOfExchange exchange;
    private final Duration longestWait;
    private final Cache<TokenKey, Delegation> tokens;
    private final ConcurrentMap<TokenKey, CompletableFuture<Delegation>> underWay = new ConcurrentHashMap<>();
    private final Executor threads = ExchangeThreads.create();

    public EntraDelegatedTokens(EntraSettings settings) {
        this(settings, Clock.systemUTC(), Ticker.systemTicker(), Duration.ofSeconds(10));
    }

    /** @param patience how long the endpoint may take to answer, from the first byte sent to the last one read */
    EntraDelegatedTokens(EntraSettings settings, Clock clock, Ticker ticker, Duration patience) {
        exchange = new OnBehalfOfExchange(settings, clock, patience);
        // The exchange has its own deadlines; this is for one that has to wait for a thread first.
        longestWait = patience.multipliedBy(2);
        tokens = Caffeine.newBuilder()
                .maximumSize(MOST_TOKENS)
                .ticker(ticker)
                .expireAfter(new TokenExpiry(clock))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Delegation onBehalfOf(User user, UserAssertion assertion, String audience) {
        TokenKey key = TokenKey.of(user, assertion, audience);
        Delegation kept = tokens.getIfPresent(key);
        return kept != null ? kept : await(shared(key, assertion));
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
            mine.complete(new Delegation.NotIssued(Failure.UNAVAILABLE));
        }
        return mine;
    }

    private void ask(TokenKey key, UserAssertion assertion, CompletableFuture<Delegation> answer) {
        try {
            // Somebody else's exchange may have ended since the asker looked.
            Delegation kept = tokens.getIfPresent(key);
            Delegation delegation = kept != null ? kept : exchanged(key, assertion);
            underWay.remove(key, answer);
            answer.complete(delegation);
        } catch (RuntimeException | Error bug) {
            underWay.remove(key, answer);
            answer.completeExceptionally(bug);
        }
    }

    private Delegation exchanged(TokenKey key, UserAssertion assertion) {
        Delegation delegation = exchange.perform(assertion, key.audience());
        if (delegation instanceof Delegation.Issued) {
            tokens.put(key, delegation);
        }
        return delegation;
    }

    private Delegation await(CompletableFuture<Delegation> answer) {
        try {
            return answer.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "A token exchange was not over in time");
            return new Delegation.NotIssued(Failure.UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delegation.NotIssued(Failure.UNAVAILABLE);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The token exchange broke", e.getCause());
        }
    }
}
