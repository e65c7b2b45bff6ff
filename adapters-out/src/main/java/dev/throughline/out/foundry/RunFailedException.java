package dev.throughline.out.foundry;

import dev.throughline.conversation.RunFailure;

/** What was asked of the service cannot be had; why has been logged. */
final class RunFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RunFailure failure;

    RunFailedException(RunFailure failure) {
        super(failure.code(), null, false, false);
        this.failure = failure;
    }

    RunFailure failure() {
        return failure;
    }
}
