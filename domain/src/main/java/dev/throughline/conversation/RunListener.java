package dev.throughline.conversation;

import dev.throughline.access.Approval;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Scope;
import dev.throughline.trail.Hop;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Hears a run while it happens: one method an event, so that no adapter can forget one. A run ends with exactly one of
 * {@link #finished()}, {@link #waits}, {@link #refused} and {@link #failed}.
 */
public interface RunListener {

    void started(ConversationId conversation, String run);

    void agentKnown(String agent, AgentMode mode);

    /** A piece of the answer; pieces of the same message belong together. */
    void text(String messageId, String delta);

    void toolStarted(String callId, String tool);

    void toolFinished(ToolCall call);

    void hop(Hop hop);

    /** The run waits until the person has answered all of this. */
    void waits(Asked asked);

    void finished();

    /** The person may not talk to this agent; it has not been called. */
    void refused(Refusal refusal);

    void failed(FailedRun run);

    /**
     * What a person is asked, each thing once: several calls can wait for the same answer.
     *
     * @param approvals changes to approve
     * @param consents agents to consent to
     */
    record Asked(List<Approval> approvals, List<ConsentAsked> consents) {
        public Asked {
            approvals = approvals.stream().distinct().toList();
            consents = List.copyOf(consents);
        }
    }

    /**
     * A consent that a person is asked for.
     *
     * @param id names the question; where there is no link, the entry of our ledger
     * @param agent who wants to act for them
     * @param scopes what it wants to be allowed
     * @param link where to consent; empty where we ask ourselves
     */
    record ConsentAsked(String id, String agent, Set<Scope> scopes, Optional<URI> link) {
        public ConsentAsked {
            scopes = Set.copyOf(scopes);
        }
    }
}
