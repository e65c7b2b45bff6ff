package dev.throughline.conversation;

import dev.throughline.trail.Hop;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A run as it is kept for its person: what was said, what was done, and whose identity each hop carried.
 *
 * @param id the run
 * @param conversation its conversation
 * @param at when it began
 * @param message what the person said; empty where the run went on with what waited
 * @param text what the agent answered
 * @param tools the tools that were called
 * @param outcome {@code answered}, {@code waiting}, {@code declined}, {@code cancelled}, or the reason of a failure
 * @param detail what a person can do about a failure
 * @param hops the trail
 */
public record RunRecord(
        UUID id,
        ConversationId conversation,
        Instant at,
        Optional<String> message,
        String text,
        List<ToolLine> tools,
        String outcome,
        Optional<String> detail,
        List<Hop> hops) {
    /** A run that was answered. */
    public static final String ANSWERED = "answered";
    /** A run that waits for its person. */
    public static final String WAITING = "waiting";
    /** A run that the person ended instead of answering. */
    public static final String DECLINED = "declined";
    /** A run that nobody listened to any more. */
    public static final String CANCELLED = "cancelled";

    public RunRecord {
        tools = List.copyOf(tools);
        hops = List.copyOf(hops);
    }

    /**
     * A tool that was called.
     *
     * @param name the tool
     * @param status how it went, as {@link ToolCall#status()}
     */
    public record ToolLine(String name, String status) {}
}
