package dev.throughline.conversation;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.trail.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Remembers what a run told. */
final class HeardRun implements RunListener {
    final List<String> events = new ArrayList<>();
    final List<Hop> hops = new ArrayList<>();
    final List<String> outputs = new ArrayList<>();
    Consumer<ConversationId> whenStarted = id -> {};
    Runnable whenToolFinished = () -> {};
    Runnable whenWaiting = () -> {};
    Runnable whenFinished = () -> {};
    Runnable whenFailed = () -> {};
    private Optional<ConversationId> conversation = Optional.empty();
    Optional<FailedRun> failed = Optional.empty();
    private Optional<Asked> asked = Optional.empty();

    /** The id that it was told. */
    ConversationId conversation() {
        return conversation.orElseThrow();
    }

    /** What it waits for. */
    Asked asked() {
        return asked.orElseThrow(() -> new AssertionError(events.toString()));
    }

    /** The one approval that it waits for. */
    ApprovalId approval() {
        if (asked().approvals().size() != 1) {
            throw new AssertionError(asked().toString());
        }
        return asked().approvals().get(0).id();
    }

    String last() {
        return events.get(events.size() - 1);
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
        outputs.add(call.output().orElse(""));
        whenToolFinished.run();
    }

    @Override
    public void hop(Hop hop) {
        hops.add(hop);
    }

    @Override
    public void waits(Asked what) {
        asked = Optional.of(what);
        events.add("waits for " + what.approvals().size() + " approvals, "
                + what.consents().size() + " consents");
        whenWaiting.run();
    }

    @Override
    public void finished() {
        events.add("finished");
        whenFinished.run();
    }

    @Override
    public void refused(Refusal refusal) {
        events.add("refused " + refusal.rule());
    }

    @Override
    public void failed(FailedRun run) {
        failed = Optional.of(run);
        events.add("failed " + run.reason().code());
        whenFailed.run();
    }
}
