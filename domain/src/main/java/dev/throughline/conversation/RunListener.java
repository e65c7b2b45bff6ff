package dev.throughline.conversation;

import dev.throughline.access.Scope;
import dev.throughline.trail.Hop;
import java.net.URI;
import java.util.Set;

/**
 * Hears a run while it happens: one method an event, so that no adapter can forget one. A run ends with exactly one of
 * {@link #finished()}, {@link #consentAsked} and {@link #failed}.
 */
public interface RunListener {

    void started(ConversationId conversation, String run);

    void agentKnown(String agent, AgentMode mode);

    /** A piece of the answer; pieces of the same message belong together. */
    void text(String messageId, String delta);

    void toolStarted(String callId, String tool);

    void toolFinished(ToolCall call);

    void hop(Hop hop);

    /** The run waits until the person has consented. */
    void consentAsked(String id, String agent, Set<Scope> scopes, URI link);

    void finished();

    void failed(FailedRun run);
}
