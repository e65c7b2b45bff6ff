package dev.throughline.in.chat;

import dev.throughline.access.Scope;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.FailedRun;
import dev.throughline.conversation.RunFailure;
import dev.throughline.conversation.RunListener;
import dev.throughline.conversation.ToolCall;
import dev.throughline.in.chat.ChatAnswer.AgentInfo;
import dev.throughline.in.chat.ChatAnswer.Failure;
import dev.throughline.in.chat.ChatAnswer.Tool;
import dev.throughline.trail.Hop;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hears a run to its end, for those who want it told at once. */
final class AnswerCollector implements RunListener {
    private static final String UNFINISHED = "in_progress";

    private final String correlationId;
    private final Map<String, StringBuilder> messages = new LinkedHashMap<>();
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final List<WireConsent> consents = new ArrayList<>();
    private final List<WireHop> trail = new ArrayList<>();
    private Optional<String> conversation = Optional.empty();
    private Optional<AgentInfo> agent = Optional.empty();
    private Optional<RunFailure> failure = Optional.empty();

    AnswerCollector(String correlationId) {
        this.correlationId = correlationId;
    }

    /** Why the run ended without an answer, if it did. */
    Optional<RunFailure> failure() {
        return failure;
    }

    /** Everything that was heard. */
    ChatAnswer answer() {
        return new ChatAnswer(
                conversation,
                agent,
                String.join("\n\n", messages.values()),
                List.copyOf(tools.values()),
                List.of(),
                List.copyOf(consents),
                failure.map(why -> new Failure(why.code(), why.sentence(), correlationId)),
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
        tools.put(callId, new Tool(tool, UNFINISHED));
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
    public void consentAsked(String id, String agentName, Set<Scope> scopes, URI link) {
        consents.add(WireConsent.of(id, agentName, scopes, link));
    }

    @Override
    public void finished() {
        // Nothing to keep: an answer without an error is one that was finished.
    }

    @Override
    public void failed(FailedRun run) {
        failure = Optional.of(run.reason());
    }
}
