package dev.throughline.conversation;

import dev.throughline.access.Scope;
import dev.throughline.trail.Hop;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Remembers what a run told. */
final class RecordedRun implements RunListener {
    final List<String> events = new ArrayList<>();
    final List<Hop> hops = new ArrayList<>();

    @Override
    public void started(ConversationId conversation, String run) {
        events.add("started");
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
    }

    @Override
    public void failed(RunFailure failure) {
        events.add("failed " + failure.code());
    }
}
