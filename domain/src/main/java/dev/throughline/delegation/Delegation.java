package dev.throughline.delegation;

import java.time.Duration;
import java.util.Optional;

/** What came of asking for a delegated token. */
public sealed interface Delegation {

    /** We hold a token for the person and the audience. */
    record Issued(DelegatedToken token) implements Delegation {}

    /** We hold none. */
    sealed interface NotIssued extends Delegation {}

    /** We hold none, and asking again alone changes nothing. */
    record Refused(Failure failure) implements NotIssued {}

    /**
     * The person must sign in again with more (multi-factor authentication, say).
     *
     * @param claims what the sign-in must bring along; empty if the authority did not say, or not intelligibly
     */
    record StepUpNeeded(Optional<ClaimsChallenge> claims) implements NotIssued {}

    /**
     * The token endpoint, or what we prove ourselves to it by, did not answer in time, or is overloaded.
     *
     * @param retryAfter how long to wait before asking again, if known
     */
    record Unavailable(Optional<Duration> retryAfter) implements NotIssued {}

    /** Why a token was refused, by what a person can do about it. */
    enum Failure {
        /** The person, or their administrator, has not consented to us calling that audience for them. */
        CONSENT_NEEDED,
        /** The person's own token is no longer good for an exchange: they must sign in again. */
        ASSERTION_REJECTED,
        /** The person is not assigned to the application behind the audience. */
        NOT_ASSIGNED,
        /** Our registration, credential or scope is wrong: only an operator can mend it. */
        MISCONFIGURED
    }
}
