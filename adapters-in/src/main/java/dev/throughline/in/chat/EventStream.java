package dev.throughline.in.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.FailedRun;
import dev.throughline.conversation.RunListener;
import dev.throughline.conversation.ToolCall;
import dev.throughline.in.http.Json;
import dev.throughline.in.http.Problem;
import dev.throughline.in.wire.WireApproval;
import dev.throughline.in.wire.WireConsent;
import dev.throughline.in.wire.WireHop;
import dev.throughline.trail.Hop;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Tells a run while it happens, in the events of AG-UI 1.0 (docs.ag-ui.com, concepts/events). Messages and tool calls
 * that were started are ended before the run is.
 */
final class EventStream implements RunListener {
    private final EventSink sink;
    private final String correlationId;
    private final Function<Refusal, String> words;
    private final Clock clock;
    private final Set<String> openCalls = new LinkedHashSet<>();
    private Optional<String> openMessage = Optional.empty();
    private String thread = "";
    private String run = "";
    private boolean ended;

    /** @param words says what a refusal means, and tells operators of it */
    EventStream(EventSink sink, String correlationId, Function<Refusal, String> words, Clock clock) {
        this.sink = sink;
        this.words = words;
        this.clock = clock;
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

    /** A run that is refused never starts; its error is then its only event, since a stream begins with its run. */
    @Override
    public void hop(Hop hop) {
        if (thread.isEmpty()) {
            return;
        }
        custom("identity.hop", WireHop.of(hop));
    }

    @Override
    public void waits(Asked asked) {
        List<Interrupt> interrupts = new ArrayList<>();
        asked.approvals()
                .forEach(approval -> interrupts.add(Interrupt.of(WireApproval.of(approval, clock.instant(), thread))));
        asked.consents().forEach(consent -> interrupts.add(Interrupt.of(WireConsent.of(consent))));
        finished(new Outcome("interrupt", Optional.of(interrupts)));
    }

    @Override
    public void finished() {
        finished(new Outcome("success", Optional.empty()));
    }

    @Override
    public void refused(Refusal refusal) {
        error(words.apply(refusal), refusal.rule());
    }

    @Override
    public void failed(FailedRun failed) {
        Event event = failure(failed.reason().sentence(), failed.reason().code());
        failed.claims().ifPresent(claims -> event.with("claims", claims.base64()));
        send(event);
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
        send(failure(message, code));
    }

    private Event failure(String message, String code) {
        endAll();
        return event("RUN_ERROR").with("message", message).with("code", code).with("correlationId", correlationId);
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

    /** The question's id is the interrupt's. */
    private record ConsentMetadata(
            String agent,
            List<String> scopes,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> consentLink) {}

    private record Interrupt(String id, String reason, String message, Object metadata) {
        static Interrupt of(WireConsent consent) {
            return new Interrupt(
                    consent.id(),
                    "consent",
                    consent.agent() + " asks to use the order desk in your name.",
                    new ConsentMetadata(consent.agent(), consent.scopes(), consent.consentLink()));
        }

        static Interrupt of(WireApproval approval) {
            return new Interrupt(
                    approval.id(),
                    "approval",
                    approval.agent() + " wants to call " + approval.tool() + " for you.",
                    approval);
        }
    }
}
