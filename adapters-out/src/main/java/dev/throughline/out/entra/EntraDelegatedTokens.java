package dev.throughline.out.entra;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.throughline.access.User;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Delegated tokens from Entra, each asked for once: whoever wants the same token meanwhile waits for the same answer.
 * Tokens are kept in memory only, at most 10,000 of them, and never beyond what {@link TokenExpiry} allows.
 */
public final class EntraDelegatedTokens implements DelegatedTokens {
    private static final int MOST_TOKENS = 10_000;

    private final OnBehalfOfExchange exchange;
    private final AsyncCache<TokenKey, Delegation> tokens;

    public EntraDelegatedTokens(EntraSettings settings) {
        this(settings, Clock.systemUTC(), Ticker.systemTicker(), Duration.ofSeconds(10));
    }

    /** @param patience how long the endpoint may take to answer, from the first byte sent to the last one read */
    EntraDelegatedTokens(EntraSettings settings, Clock clock, Ticker ticker, Duration patience) {
        exchange = new OnBehalfOfExchange(settings, clock, patience);
        tokens = Caffeine.newBuilder()
                .maximumSize(MOST_TOKENS)
                .ticker(ticker)
                .expireAfter(new TokenExpiry(clock))
                .executor(Runnable::run)
                .buildAsync();
    }

    @Override
    public Delegation onBehalfOf(User user, UserAssertion assertion, String audience) {
        CompletableFuture<Delegation> mine = new CompletableFuture<>();
        CompletableFuture<Delegation> first =
                tokens.get(TokenKey.of(user, assertion, audience), (key, executor) -> mine);
        if (first == mine) {
            ask(assertion, audience, mine);
        }
        return first.join();
    }

    private void ask(UserAssertion assertion, String audience, CompletableFuture<Delegation> answer) {
        try {
            answer.complete(exchange.perform(assertion, audience));
        } catch (RuntimeException | Error bug) {
            answer.completeExceptionally(bug);
            throw bug;
        }
    }
}
