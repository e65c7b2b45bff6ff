package dev.throughline.conversation;

import dev.throughline.access.DenyReason;
import dev.throughline.access.User;
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

/** Keeps what becomes of a run, before whoever listens hears of its end: they can look it up at once. */
final class RecordedRun implements Run {
    private static final int LONGEST_TEXT = 200_000;
    private static final int MOST_HOPS = 500;
    private static final int MOST_TOOLS = 200;

    private final Run run;
    private final Conversations conversations;
    private final User owner;
    private final Optional<String> message;
    private final Clock clock;

    RecordedRun(Run run, Conversations conversations, User owner, Optional<String> message, Clock clock) {
        this.run = run;
        this.conversations = conversations;
        this.owner = owner;
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

    /** Notes everything within bounds, and passes it on. */
    private final class Recorder implements RunListener {
        private final RunListener listener;
        private final Instant begin = clock.instant();
        private final Map<String, StringBuilder> messages = new LinkedHashMap<>();
        private final Map<String, ToolLine> tools = new LinkedHashMap<>();
        private final List<Hop> hops = new ArrayList<>();
        private Optional<ConversationId> conversation = Optional.empty();
        private UUID id = UUID.randomUUID();
        private int length;
        private boolean kept;

        Recorder(RunListener listener) {
            this.listener = listener;
        }

        @Override
        public void started(ConversationId begun, String started) {
            conversation = Optional.of(begun);
            id = UUID.fromString(started);
            listener.started(begun, started);
        }

        @Override
        public void agentKnown(String agent, AgentMode mode) {
            listener.agentKnown(agent, mode);
        }

        @Override
        public void text(String messageId, String delta) {
            // From the first piece that does not fit, nothing is kept: a text with gaps could say something else.
            length += length <= LONGEST_TEXT ? delta.length() : 0;
            if (length <= LONGEST_TEXT) {
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
        public void refused(DenyReason reason) {
            keep(reason.code(), Optional.of(reason.sentence()));
            listener.refused(reason);
        }

        @Override
        public void failed(RunFailure failure) {
            keep(failure.code(), Optional.of(failure.sentence()));
            listener.failed(failure);
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
            if (kept || conversation.isEmpty()) {
                return;
            }
            kept = true;
            conversations.keep(
                    owner,
                    new RunRecord(
                            id,
                            conversation.get(),
                            begin,
                            message,
                            String.join("\n\n", messages.values()),
                            List.copyOf(tools.values()),
                            outcome,
                            detail,
                            hops));
        }
    }
}
