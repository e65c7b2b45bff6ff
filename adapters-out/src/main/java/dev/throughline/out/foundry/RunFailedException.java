package dev.throughline.out.foundry;

import dev.throughline.conversation.RunFailure;
import java.time.Duration;
import java.util.Optional;

/** What was asked of the service cannot be had; why has been logged. */
final class RunFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RunFailure failure;
    private final transient Optional<Duration> retryAfter;

    RunFailedException(RunFailure failure) {
        this(failure, Optional.empty());
    }

    RunFailedException(RunFailure failure, Optional<Duration> retryAfter) {
        super(failure.code(), null, false, false);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    RunFailure failure() {
        return failure;
    }

    /** How long the service wants to be left alone, if it said so. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
