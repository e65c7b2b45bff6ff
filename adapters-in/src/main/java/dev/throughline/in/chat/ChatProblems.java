package dev.throughline.in.chat;

import dev.throughline.conversation.FailedRun;
import dev.throughline.in.http.Problem;

/** Why there is no run. */
final class ChatProblems {
    static final Problem NO_SUCH_CONVERSATION =
            Problem.of(404, "conversation_not_found", "There is no such conversation; start a new one.");
    static final Problem NO_SUCH_AGENT = Problem.of(404, "agent_not_found", "There is no such agent to talk to.");
    static final Problem NOTHING_WAITS =
            Problem.of(409, "nothing_waits", "This conversation does not wait for anything; send a message.");
    static final Problem AUTHENTICATION_OFF = Problem.of(
            503,
            "authentication_off",
            "Authentication is off here, so there is nobody in whose name an agent could answer.");
    static final Problem TOO_MANY_RUNS =
            Problem.of(503, "busy", "Too many agents are answering at the moment; try again shortly.");

    private static final long SHORTLY = 5;

    private ChatProblems() {}

    /** How many seconds to wait before trying again: no less than we were asked to, where a wait was asked for. */
    static long retryAfter(FailedRun failed) {
        return failed.retryAfter()
                .map(wait -> Math.max(1, wait.plusNanos(999_999_999).toSeconds()))
                .orElse(SHORTLY);
    }
}
