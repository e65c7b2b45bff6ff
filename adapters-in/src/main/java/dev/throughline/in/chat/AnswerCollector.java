package dev.throughline.in.chat;

import dev.throughline.access.Decision.Refusal;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.FailedRun;
import dev.throughline.conversation.RunListener;
import dev.throughline.conversation.ToolCall;
import dev.throughline.in.chat.ChatAnswer.AgentInfo;
import dev.throughline.in.chat.ChatAnswer.Failure;
import dev.throughline.in.chat.ChatAnswer.Tool;
import dev.throughline.in.wire.WireApproval;
import dev.throughline.in.wire.WireConsent;
import dev.throughline.in.wire.WireHop;
import dev.throughline.trail.Hop;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Hears a run to its end, for those who want it told at once. */
final class AnswerCollector implements RunListener {
    private final String correlationId;
    private final Function<Refusal, String> words;
    private final Clock clock;
    private final Map<String, StringBuilder> messages = new LinkedHashMap<>();
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final List<WireApproval> approvals = new ArrayList<>();
    private final List<WireConsent> consents = new ArrayList<>();
    private final List<WireHop> trail = new ArrayList<>();
    private Optional<String> conversation = Optional.empty();
    private Optional<AgentInfo> agent = Optional.empty();
    private Optional<FailedRun> failure = Optional.empty();
    private Optional<Refusal> refusal = Optional.empty();

    /** @param words says what a refusal means, and tells operators of it */
    AnswerCollector(String correlationId, Function<Refusal, String> words, Clock clock) {
        this.correlationId = correlationId;
        this.words = words;
        this.clock = clock;
    }

    /** Why the run ended without an answer, if it did. */
    Optional<FailedRun> failure() {
        return failure;
    }

    /** Everything that was heard. */
    ChatAnswer answer() {
        return new ChatAnswer(
                conversation,
                agent,
                String.join("\n\n", messages.values()),
                List.copyOf(tools.values()),
                List.copyOf(approvals),
                List.copyOf(consents),
                failure.map(FailedRun::reason)
                        .map(why -> new Failure(why.code(), why.sentence(), correlationId))
                        .or(() -> refusal.map(why -> new Failure(why.rule(), words.apply(why), correlationId))),
                List.copyOf(trail));
    }

    @Override
    public void started(ConversationId id, String run) {
        conversation = Optional.of(id.toString());
    }

    @Override
    public void agentKnown(String name, AgentMode mode) {
        agent = Optional.of(new AgentInfo(name, mode.wire()));
    }

    @Override
    public void text(String messageId, String delta) {
        messages.computeIfAbsent(messageId, id -> new StringBuilder()).append(delta);
    }

    @Override
    public void toolStarted(String callId, String tool) {
        tools.put(callId, new Tool(tool, ToolCall.UNFINISHED));
    }

    @Override
    public void toolFinished(ToolCall call) {
        tools.put(call.id(), new Tool(call.name(), call.status()));
    }

    @Override
    public void hop(Hop hop) {
        trail.add(WireHop.of(hop));
    }

    @Override
    public void waits(Asked asked) {
        asked.approvals()
                .forEach(approval ->
                        approvals.add(WireApproval.of(approval, clock.instant(), conversation.orElseThrow())));
        asked.consents().forEach(consent -> consents.add(WireConsent.of(consent)));
    }

    @Override
    public void finished() {
        // Nothing to keep: an answer without an error is one that was finished.
    }

    @Override
    public void refused(Refusal why) {
        refusal = Optional.of(why);
    }

    @Override
    public void failed(FailedRun run) {
        failure = Optional.of(run);
    }
}
