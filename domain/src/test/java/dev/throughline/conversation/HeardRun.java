package dev.throughline.conversation;

import dev.throughline.access.Scope;
import dev.throughline.trail.Hop;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Remembers what a run told. */
final class RecordedRun implements RunListener {
    final List<String> events = new ArrayList<>();
    final List<Hop> hops = new ArrayList<>();
    Consumer<ConversationId> whenStarted = id -> {};
    Runnable whenFinished = () -> {};
    Runnable whenFailed = () -> {};
    private Optional<ConversationId> conversation = Optional.empty();

    /** The id that it was told. */
    ConversationId conversation() {
        return conversation.orElseThrow();
    }

    @Override
    public void started(ConversationId id, String run) {
        conversation = Optional.of(id);
        events.add("started");
        whenStarted.accept(id);
    }

    @Override
    public void agentKnown(String agent, AgentMode mode) {
        events.add("agent " + agent + " " + mode.wire());
    }

    @Override
    public void text(String messageId, String delta) {
        events.add("text " + delta);
    }

    @Override
    public void toolStarted(String callId, String tool) {
        events.add("tool " + tool);
    }

    @Override
    public void toolFinished(ToolCall call) {
        events.add("tool " + call.name() + " " + call.status());
    }

    @Override
    public void hop(Hop hop) {
        hops.add(hop);
    }

    @Override
    public void consentAsked(String id, String agent, Set<Scope> scopes, URI link) {
        events.add("consent " + link);
    }

    @Override
    public void finished() {
        events.add("finished");
        whenFinished.run();
    }

    @Override
    public void failed(RunFailure failure) {
        events.add("failed " + failure.code());
        whenFailed.run();
    }
}
