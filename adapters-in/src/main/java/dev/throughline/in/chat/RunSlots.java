package dev.throughline.in.chat;

import dev.throughline.in.http.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;

/** How many runs there may be at once in this instance; each holds a thread and a call to the agent service. */
@ApplicationScoped
class RunSlots {
    private static final int MAX_RUNS = 200;

    private final Semaphore free = new Semaphore(MAX_RUNS);

    /** @throws ProblemException with status 503 if none is free */
    void take() {
        if (!free.tryAcquire()) {
            throw new ProblemException(ChatProblems.TOO_MANY_RUNS);
        }
    }

    void giveBack() {
        free.release();
    }
}
