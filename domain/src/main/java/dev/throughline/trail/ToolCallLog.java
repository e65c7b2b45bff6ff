package dev.throughline.trail;

import dev.throughline.Unavailable;
import dev.throughline.access.ClientId;
import dev.throughline.access.User;
import java.time.Instant;
import java.util.Optional;

/** Port: the tool calls that our MCP endpoint verified lately, shared by all instances. */
public interface ToolCallLog {

    /** Keeps a call; afterwards every instance can find it. */
    void record(VerifiedToolCall call);

    /**
     * Keeps a call that changes nothing, without waiting until it is on disk: it is there within 200 milliseconds. A
     * crash within them loses it; an orderly stop does not.
     *
     * @throws Unavailable if earlier ones could not be kept, or too many wait
     */
    void recordSoon(VerifiedToolCall call);

    /**
     * Takes the oldest call that nobody has claimed yet, of a person through a client to a tool with arguments of this
     * {@link ArgumentsDigest}, since a moment. Each call is claimed once, whoever asks at whichever instance.
     */
    Optional<VerifiedToolCall> claim(User user, ClientId client, String tool, String argumentsDigest, Instant since);

    /** Forgets the calls before a moment. */
    void forgetBefore(Instant moment);
}
