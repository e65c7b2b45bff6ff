package dev.throughline.delegation;

/** What came of asking for a delegated token. */
public sealed interface Delegation {

    /** We hold a token for the person and the audience. */
    record Issued(DelegatedToken token) implements Delegation {}

    /** We hold none. */
    record NotIssued(Failure failure) implements Delegation {}

    /** Why a token was not issued, by what a person can do about it. */
    enum Failure {
        /** The person, or their administrator, has not consented to us calling that audience for them. */
        CONSENT_NEEDED,
        /** The person must sign in again with more (multi-factor authentication, say). */
        STEP_UP_NEEDED,
        /** The person's own token is no longer good for an exchange: they must sign in again. */
        ASSERTION_REJECTED,
        /** The person is not assigned to the application behind the audience. */
        NOT_ASSIGNED,
        /** Our registration, credential or scope is wrong: only an operator can mend it. */
        MISCONFIGURED,
        /** The token endpoint did not answer in time, or is overloaded. */
        UNAVAILABLE
    }
}
