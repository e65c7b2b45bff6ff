package dev.throughline.in.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.access.Scope;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.FailedRun;
import dev.throughline.conversation.RunListener;
import dev.throughline.conversation.ToolCall;
import dev.throughline.in.http.Json;
import dev.throughline.in.http.Problem;
import dev.throughline.trail.Hop;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tells a run while it happens, in the events of AG-UI 1.0 (docs.ag-ui.com, concepts/events). Messages and tool calls
 * that were started are ended before the run is.
 */
final class EventStream implements RunListener {
    private final EventSink sink;
    private final String correlationId;
    private final Set<String> openCalls = new LinkedHashSet<>();
    private Optional<String> openMessage = Optional.empty();
    private String thread = "";
    private String run = "";
    private boolean ended;

    EventStream(EventSink sink, String correlationId) {
        this.sink = sink;
        this.correlationId = correlationId;
    }

    @Override
    public void started(ConversationId conversation, String runId) {
        thread = conversation.toString();
        run = runId;
        send(event("RUN_STARTED").with("threadId", thread).with("runId", run));
    }

    @Override
    public void agentKnown(String agent, AgentMode mode) {
        custom("agent", new ChatAnswer.AgentInfo(agent, mode.wire()));
    }

    @Override
    public void text(String messageId, String delta) {
        if (!openMessage.equals(Optional.of(messageId))) {
            endMessage();
            openMessage = Optional.of(messageId);
            send(event("TEXT_MESSAGE_START").with("messageId", messageId).with("role", "assistant"));
        }
        if (!delta.isEmpty()) {
            send(event("TEXT_MESSAGE_CONTENT").with("messageId", messageId).with("delta", delta));
        }
    }

    @Override
    public void toolStarted(String callId, String tool) {
        endMessage();
        openCalls.add(callId);
        send(event("TOOL_CALL_START").with("toolCallId", callId).with("toolCallName", tool));
    }

    @Override
    public void toolFinished(ToolCall call) {
        if (!openCalls.contains(call.id())) {
            toolStarted(call.id(), call.name());
        }
        send(event("TOOL_CALL_ARGS").with("toolCallId", call.id()).with("delta", Json.text(call.arguments())));
        openCalls.remove(call.id());
        endCall(call.id());
        send(event("TOOL_CALL_RESULT")
                .with("messageId", UUID.randomUUID().toString())
                .with("toolCallId", call.id())
                .with("content", call.output().orElse(""))
                .with("role", "tool")
                .with("status", call.status()));
    }

    @Override
    public void hop(Hop hop) {
        custom("identity.hop", WireHop.of(hop));
    }

    @Override
    public void consentAsked(String id, String agent, Set<Scope> scopes, URI link) {
        WireConsent consent = WireConsent.of(id, agent, scopes, link);
        finished(new Outcome("interrupt", Optional.of(List.of(Interrupt.of(consent)))));
    }

    @Override
    public void finished() {
        finished(new Outcome("success", Optional.empty()));
    }

    @Override
    public void failed(FailedRun failed) {
        error(failed.reason().sentence(), failed.reason().code());
    }

    /** Ends the stream of a run that broke, unless it had ended before. */
    void broken(Problem problem) {
        if (!ended) {
            error(problem.detail(), problem.reason());
        }
    }

    private void finished(Outcome outcome) {
        endAll();
        send(event("RUN_FINISHED").with("threadId", thread).with("runId", run).with("outcome", outcome));
    }

    private void error(String message, String code) {
        endAll();
        send(event("RUN_ERROR").with("message", message).with("code", code).with("correlationId", correlationId));
    }

    private void endAll() {
        endMessage();
        openCalls.forEach(this::endCall);
        openCalls.clear();
        ended = true;
    }

    private void endMessage() {
        openMessage.ifPresent(messageId -> send(event("TEXT_MESSAGE_END").with("messageId", messageId)));
        openMessage = Optional.empty();
    }

    private void endCall(String callId) {
        send(event("TOOL_CALL_END").with("toolCallId", callId));
    }

    private void custom(String name, Object value) {
        send(event("CUSTOM").with("name", name).with("value", value));
    }

    private void send(Event event) {
        sink.event(event.type(), Json.text(event.members()));
    }

    private static Event event(String type) {
        return new Event(type, new LinkedHashMap<>()).with("type", type);
    }

    /** An event whose members keep their order; AG-UI's names are not spelled like the rest of our JSON. */
    private record Event(String type, Map<String, Object> members) {
        Event with(String name, Object value) {
            members.put(name, value);
            return this;
        }
    }

    private record Outcome(
            String type,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<Interrupt>> interrupts) {}

    private record Interrupt(String id, String reason, String message, Metadata metadata) {
        static Interrupt of(WireConsent consent) {
            return new Interrupt(
                    consent.id(),
                    "consent",
                    consent.agent() + " asks to use the order desk in your name.",
                    new Metadata(consent.agent(), consent.scopes(), consent.consentLink()));
        }
    }

    private record Metadata(String agent, List<String> scopes, String consentLink) {}
}
