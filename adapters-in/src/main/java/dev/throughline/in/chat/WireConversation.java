package dev.throughline.in.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.MyConversations.Whole;
import dev.throughline.conversation.RunRecord;
import dev.throughline.conversation.ToolCall;
import dev.throughline.in.http.Representation;
import dev.throughline.in.wire.WireApproval;
import dev.throughline.in.wire.WireConsent;
import dev.throughline.in.wire.WireHop;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Conversations as their person sees them. */
final class WireConversation {
    private static final Set<String> NO_FAILURE =
            Set.of(RunRecord.ANSWERED, RunRecord.WAITING, RunRecord.DECLINED, RunRecord.CANCELLED);

    private WireConversation() {}

    /** A line of the list. */
    record Line(String id, String title, String agent, String createdAt, String changedAt, boolean waiting)
            implements Representation {
        static Line of(Conversation conversation) {
            return new Line(
                    conversation.id().toString(),
                    conversation.title(),
                    conversation.agent(),
                    conversation.createdAt().toString(),
                    conversation.changedAt().toString(),
                    conversation.waiting().isPresent());
        }
    }

    /** A whole conversation. */
    record Full(
            String id,
            String title,
            String agent,
            String createdAt,
            String changedAt,
            boolean waiting,
            List<Turn> turns,
            List<WireApproval> approvals,
            List<WireConsent> consents)
            implements Representation {
        static Full of(Whole whole, Instant now) {
            Line line = Line.of(whole.conversation());
            return new Full(
                    line.id(),
                    line.title(),
                    line.agent(),
                    line.createdAt(),
                    line.changedAt(),
                    line.waiting(),
                    turns(whole.runs()),
                    whole.asked().approvals().stream()
                            .map(approval -> WireApproval.of(approval, now, line.id()))
                            .toList(),
                    whole.asked().consents().stream().map(WireConsent::of).toList());
        }

        /** What was said once and went on after a consent or an approval is one turn. */
        private static List<Turn> turns(List<RunRecord> runs) {
            List<Turn> turns = new ArrayList<>();
            for (RunRecord run : runs) {
                if (run.message().isEmpty() && !turns.isEmpty()) {
                    turns.add(turns.remove(turns.size() - 1).goingOnWith(run));
                } else {
                    turns.add(Turn.of(run));
                }
            }
            return turns;
        }
    }

    /** What a person said and what came of it. */
    record Turn(
            String runId,
            String at,
            String message,
            String text,
            List<ChatAnswer.Tool> toolCalls,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Failure> error) {
        static Turn of(RunRecord run) {
            return new Turn(
                    run.id().toString(),
                    run.at().toString(),
                    run.message().orElse(""),
                    run.text(),
                    tools(run),
                    failure(run));
        }

        Turn goingOnWith(RunRecord run) {
            List<ChatAnswer.Tool> all = new ArrayList<>(toolCalls);
            tools(run).forEach(tool -> goOnWith(all, tool));
            String whole = text.isEmpty() || run.text().isEmpty() ? text + run.text() : text + "\n\n" + run.text();
            return new Turn(runId, at, message, whole, all, failure(run));
        }

        /** A call that waited for the person and went on in a later run is one call. */
        private static void goOnWith(List<ChatAnswer.Tool> all, ChatAnswer.Tool tool) {
            int waited = all.indexOf(new ChatAnswer.Tool(tool.name(), ToolCall.UNFINISHED));
            if (waited < 0) {
                all.add(tool);
            } else {
                all.set(waited, tool);
            }
        }

        private static List<ChatAnswer.Tool> tools(RunRecord run) {
            return run.tools().stream()
                    .map(tool -> new ChatAnswer.Tool(tool.name(), tool.status()))
                    .toList();
        }

        private static Optional<Failure> failure(RunRecord run) {
            return NO_FAILURE.contains(run.outcome())
                    ? Optional.empty()
                    : Optional.of(new Failure(run.outcome(), run.detail().orElse("")));
        }
    }

    /** Why a turn ended without an answer. */
    record Failure(String reason, String detail) {}

    /** The trail of all runs, to be exported as it is. */
    record Trail(String conversationId, String agent, List<RunTrail> runs) implements Representation {
        static Trail of(Whole whole) {
            return new Trail(
                    whole.conversation().id().toString(),
                    whole.conversation().agent(),
                    whole.runs().stream().map(RunTrail::of).toList());
        }
    }

    /**
     * The trail of one run. It can be handed on without what was said: the digest shows whoever knows a message that it
     * was this one.
     *
     * @param messageDigest the SHA-256 of the message in UTF-8, in lower-case hexadecimal; null where there was none
     */
    record RunTrail(String runId, String at, Optional<String> messageDigest, String outcome, List<WireHop> hops) {
        static RunTrail of(RunRecord run) {
            return new RunTrail(
                    run.id().toString(),
                    run.at().toString(),
                    run.message().map(RunTrail::digest),
                    run.outcome(),
                    run.hops().stream().map(WireHop::of).toList());
        }

        private static String digest(String message) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                return HexFormat.of().formatHex(digest.digest(message.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }
}
