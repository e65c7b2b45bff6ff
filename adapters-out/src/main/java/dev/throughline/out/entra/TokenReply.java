package dev.throughline.out.entra;

import dev.throughline.delegation.Delegation;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of one request to the token endpoint.
 *
 * @param delegation what it means for who asked
 * @param sign what it shows of the endpoint
 * @param pause how long to wait before the same request is worth repeating; empty if it is not
 */
record TokenReply(Delegation delegation, CircuitBreaker.Sign sign, Optional<Duration> pause) {

    static TokenReply of(Delegation delegation, CircuitBreaker.Sign sign) {
        return new TokenReply(delegation, sign, Optional.empty());
    }

    /** There was none. */
    static TokenReply none(CircuitBreaker.Sign sign) {
        return of(new Delegation.Unavailable(Optional.empty()), sign);
    }

    /** How long the endpoint wants to be left alone, if it said so. */
    Optional<Duration> retryAfter() {
        return delegation instanceof Delegation.Unavailable unavailable ? unavailable.retryAfter() : Optional.empty();
    }
}
