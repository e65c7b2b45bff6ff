package dev.throughline.out.entra;

import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An answer of the token endpoint that may be used again: a token for ten minutes at most, never near its end and never
 * beyond the end of the assertion that it was got for; a wish to be left alone for a moment; nothing else.
 *
 * @param until when it may no longer
 */
record KeptDelegation(Delegation delegation, Instant until) {
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(30);

    static Optional<KeptDelegation> of(Delegation delegation, UserAssertion assertion, Instant now) {
        return reuse(delegation, now)
                .map(now::plus)
                .map(end -> end.isAfter(assertion.expiresAt()) ? assertion.expiresAt() : end)
                .filter(now::isBefore)
                .map(end -> new KeptDelegation(delegation, end));
    }

    boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }

    private static Optional<Duration> reuse(Delegation delegation, Instant now) {
        if (delegation instanceof Delegation.Issued issued) {
            return Optional.of(
                    shorter(reuse(Duration.between(now, issued.token().expiresAt())), LONGEST));
        }
        return delegation instanceof Delegation.Unavailable unavailable
                ? unavailable.retryAfter().map(wait -> shorter(wait, LONGEST_REFUSAL))
                : Optional.empty();
    }

    private static Duration reuse(Duration life) {
        Duration half = life.dividedBy(2);
        Duration untilMargin = life.minus(MARGIN);
        return half.compareTo(untilMargin) > 0 ? half : untilMargin;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
