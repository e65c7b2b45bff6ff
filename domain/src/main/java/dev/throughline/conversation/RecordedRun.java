package dev.throughline.conversation;

import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.conversation.RunRecord.ToolLine;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.trail.Hop;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps what becomes of a run, before whoever listens hears of its end: they can look it up at once. */
final class RecordedRun implements Run {
    private static final int LONGEST_TEXT = 200_000;
    private static final int MOST_HOPS = 500;
    private static final int MOST_TOOLS = 200;

    private final Run run;
    private final Conversations conversations;
    private final Permit permit;
    private final String agent;
    private final Optional<String> message;
    private final Clock clock;

    RecordedRun(
            Run run, Conversations conversations, Permit permit, String agent, Optional<String> message, Clock clock) {
        this.run = run;
        this.conversations = conversations;
        this.permit = permit;
        this.agent = agent;
        this.message = message;
        this.clock = clock;
    }

    @Override
    public void execute(UserAssertion assertion, String correlationId, RunListener listener) {
        Recorder recorder = new Recorder(listener);
        try {
            run.execute(assertion, correlationId, recorder);
        } catch (RuntimeException | Error broken) {
            recorder.brokenBy(broken);
            throw broken;
        }
    }

    @Override
    public void abandon() {
        run.abandon();
    }

    /** Which run it is, once that is told. */
    private record Begun(ConversationId conversation, UUID id) {}

    /** Notes everything within bounds, and passes it on. */
    private final class Recorder implements RunListener {
        private final RunListener listener;
        private final Instant begin = clock.instant();
        private final Map<String, StringBuilder> messages = new LinkedHashMap<>();
        private final Map<String, ToolLine> tools = new LinkedHashMap<>();
        private final List<Hop> hops = new ArrayList<>();
        private final AtomicReference<Optional<Begun>> begun = new AtomicReference<>(Optional.empty());
        private final AtomicInteger length = new AtomicInteger();
        private final AtomicBoolean kept = new AtomicBoolean();

        Recorder(RunListener listener) {
            this.listener = listener;
        }

        @Override
        public void started(ConversationId conversation, String started) {
            begun.set(Optional.of(new Begun(conversation, UUID.fromString(started))));
            listener.started(conversation, started);
        }

        @Override
        public void agentKnown(String agent, AgentMode mode) {
            listener.agentKnown(agent, mode);
        }

        @Override
        public void text(String messageId, String delta) {
            // From the first piece that does not fit, nothing is kept: a text with gaps could say something else.
            int soFar = length.accumulateAndGet(
                    delta.length(), (before, more) -> before <= LONGEST_TEXT ? before + more : before);
            if (soFar <= LONGEST_TEXT) {
                messages.computeIfAbsent(messageId, first -> new StringBuilder())
                        .append(delta);
            }
            listener.text(messageId, delta);
        }

        @Override
        public void toolStarted(String callId, String tool) {
            note(callId, new ToolLine(tool, ToolCall.UNFINISHED));
            listener.toolStarted(callId, tool);
        }

        @Override
        public void toolFinished(ToolCall call) {
            note(call.id(), new ToolLine(call.name(), call.status()));
            listener.toolFinished(call);
        }

        @Override
        public void hop(Hop hop) {
            if (hops.size() < MOST_HOPS) {
                hops.add(hop);
            }
            listener.hop(hop);
        }

        @Override
        public void waits(Asked asked) {
            keep(RunRecord.WAITING, Optional.empty());
            listener.waits(asked);
        }

        @Override
        public void finished() {
            keep(run instanceof DeclinedRun ? RunRecord.DECLINED : RunRecord.ANSWERED, Optional.empty());
            listener.finished();
        }

        @Override
        public void refused(Refusal refusal) {
            keep(refusal.rule(), Optional.empty());
            listener.refused(refusal);
        }

        @Override
        public void failed(FailedRun failed) {
            keep(failed.reason().code(), Optional.of(failed.reason().sentence()));
            listener.failed(failed);
        }

        /** What broke the run is what its caller must hear of. */
        void brokenBy(Throwable broken) {
            try {
                keep(RunRecord.CANCELLED, Optional.empty());
            } catch (RuntimeException e) {
                broken.addSuppressed(e);
            }
        }

        private void note(String callId, ToolLine line) {
            if (tools.size() < MOST_TOOLS || tools.containsKey(callId)) {
                tools.put(callId, line);
            }
        }

        private void keep(String outcome, Optional<String> detail) {
            begun.get()
                    .filter(run -> kept.compareAndSet(false, true))
                    .ifPresent(run -> conversations.keep(
                            permit,
                            agent,
                            new RunRecord(
                                    run.id(),
                                    run.conversation(),
                                    begin,
                                    message,
                                    String.join("\n\n", messages.values()),
                                    List.copyOf(tools.values()),
                                    outcome,
                                    detail,
                                    hops)));
        }
    }
}
