package dev.throughline.in.chat;

import dev.throughline.access.Scope;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.RunFailure;
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
        send("RUN_STARTED", Map.of("threadId", thread, "runId", run));
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
            send("TEXT_MESSAGE_START", Map.of("messageId", messageId, "role", "assistant"));
        }
        if (!delta.isEmpty()) {
            send("TEXT_MESSAGE_CONTENT", Map.of("messageId", messageId, "delta", delta));
        }
    }

    @Override
    public void toolStarted(String callId, String tool) {
        endMessage();
        openCalls.add(callId);
        send("TOOL_CALL_START", Map.of("toolCallId", callId, "toolCallName", tool));
    }

    @Override
    public void toolFinished(ToolCall call) {
        if (!openCalls.contains(call.id())) {
            toolStarted(call.id(), call.name());
        }
        send("TOOL_CALL_ARGS", Map.of("toolCallId", call.id(), "delta", Json.text(call.arguments())));
        endCall(call.id());
        openCalls.remove(call.id());
        send(
                "TOOL_CALL_RESULT",
                Map.of(
                        "messageId",
                        UUID.randomUUID().toString(),
                        "toolCallId",
                        call.id(),
                        "content",
                        call.output().orElse(""),
                        "role",
                        "tool"));
    }

    @Override
    public void hop(Hop hop) {
        custom("identity.hop", WireHop.of(hop));
    }

    @Override
    public void consentAsked(String id, String agent, Set<Scope> scopes, URI link) {
        WireConsent consent = WireConsent.of(id, agent, scopes, link);
        finished(Map.of(
                "type",
                "interrupt",
                "interrupts",
                List.of(Map.of(
                        "id",
                        consent.id(),
                        "reason",
                        "consent",
                        "message",
                        agent + " asks to use the order desk in your name.",
                        "metadata",
                        Map.of(
                                "agent",
                                consent.agent(),
                                "scopes",
                                consent.scopes(),
                                "consent_link",
                                consent.consentLink())))));
    }

    @Override
    public void finished() {
        finished(Map.of("type", "success"));
    }

    @Override
    public void failed(RunFailure failure) {
        error(failure.sentence(), failure.code());
    }

    /** Ends the stream of a run that broke, unless it had ended before. */
    void broken(Problem problem) {
        if (!ended) {
            error(problem.detail(), problem.reason());
        }
    }

    private void finished(Map<String, Object> outcome) {
        endMessage();
        openCalls.forEach(this::endCall);
        openCalls.clear();
        ended = true;
        send("RUN_FINISHED", Map.of("threadId", thread, "runId", run, "outcome", outcome));
    }

    private void error(String message, String code) {
        ended = true;
        send("RUN_ERROR", Map.of("message", message, "code", code, "correlationId", correlationId));
    }

    private void endMessage() {
        openMessage.ifPresent(messageId -> send("TEXT_MESSAGE_END", Map.of("messageId", messageId)));
        openMessage = Optional.empty();
    }

    private void endCall(String callId) {
        send("TOOL_CALL_END", Map.of("toolCallId", callId));
    }

    private void custom(String name, Object value) {
        send("CUSTOM", Map.of("name", name, "value", value));
    }

    private void send(String type, Map<String, Object> members) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", type);
        event.putAll(members);
        sink.event(type, Json.text(event));
    }
}
