package dev.throughline.conversation;

import dev.throughline.delegation.ClaimsChallenge;
import dev.throughline.delegation.Delegation;
import java.time.Duration;
import java.util.Optional;

/**
 * A run that ended without an answer, and what a client needs in order to try again.
 *
 * @param reason why it did
 * @param claims what the person's next sign-in must bring along; only where a stronger one is needed
 * @param retryAfter how long to wait before trying again; only where something does not answer
 */
public record FailedRun(RunFailure reason, Optional<ClaimsChallenge> claims, Optional<Duration> retryAfter) {
    public FailedRun {
        if (claims.isPresent() && reason != RunFailure.STEP_UP_NEEDED) {
            throw new IllegalArgumentException("Only a stronger sign-in has claims");
        }
        if (retryAfter.isPresent() && reason != RunFailure.AGENT_UNAVAILABLE) {
            throw new IllegalArgumentException("Only what does not answer is worth waiting for");
        }
    }

    /** One about which there is nothing more to say. */
    public static FailedRun because(RunFailure reason) {
        return new FailedRun(reason, Optional.empty(), Optional.empty());
    }

    /** What a person can do about it that there is no token for the agent service. */
    static FailedRun of(Delegation.NotIssued none) {
        if (none instanceof Delegation.StepUpNeeded stepUp) {
            return stepUpNeeded(stepUp.claims());
        }
        if (none instanceof Delegation.Unavailable unavailable) {
            return unavailable(unavailable.retryAfter());
        }
        return because(
                switch (((Delegation.Refused) none).failure()) {
                    case CONSENT_NEEDED -> RunFailure.CONSENT_OF_ADMINISTRATOR_NEEDED;
                    case ASSERTION_REJECTED -> RunFailure.SIGN_IN_AGAIN;
                    case NOT_ASSIGNED -> RunFailure.NOT_ASSIGNED;
                    case MISCONFIGURED -> RunFailure.AGENT_MISCONFIGURED;
                });
    }

    /** The agent service gave no answer. */
    static FailedRun of(AgentGateway.Failed failed) {
        return new FailedRun(failed.failure(), Optional.empty(), failed.retryAfter());
    }

    static FailedRun stepUpNeeded(Optional<ClaimsChallenge> claims) {
        return new FailedRun(RunFailure.STEP_UP_NEEDED, claims, Optional.empty());
    }

    static FailedRun unavailable(Optional<Duration> retryAfter) {
        return new FailedRun(RunFailure.AGENT_UNAVAILABLE, Optional.empty(), retryAfter);
    }
}
