package dev.throughline.out.entra;

import com.github.benmanes.caffeine.cache.Expiry;
import dev.throughline.delegation.Delegation;
import java.time.Clock;
import java.time.Duration;

/**
 * How long an answer of the token endpoint is used again: a token for ten minutes at most and never near its end, a
 * failure not at all.
 */
final class TokenExpiry implements Expiry<TokenKey, Delegation> {
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Clock clock;

    TokenExpiry(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long expireAfterCreate(TokenKey key, Delegation delegation, long currentTime) {
        return delegation instanceof Delegation.Issued issued
                ? reuse(Duration.between(clock.instant(), issued.token().expiresAt()))
                        .toNanos()
                : 0;
    }

    private static Duration reuse(Duration life) {
        Duration half = life.dividedBy(2);
        Duration untilMargin = life.minus(MARGIN);
        Duration reuse = half.compareTo(untilMargin) > 0 ? half : untilMargin;
        return reuse.compareTo(LONGEST) < 0 ? reuse : LONGEST;
    }

    @Override
    public long expireAfterUpdate(TokenKey key, Delegation delegation, long currentTime, long currentDuration) {
        return expireAfterCreate(key, delegation, currentTime);
    }

    @Override
    public long expireAfterRead(TokenKey key, Delegation delegation, long currentTime, long currentDuration) {
        return currentDuration;
    }
}
