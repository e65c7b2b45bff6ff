package dev.throughline.trail;

import dev.throughline.Unavailable;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
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
     * Takes the oldest such call since a moment that nobody has claimed yet. Each call is claimed once, whoever asks at
     * whichever instance; that it belongs to the turn is on record in the same transaction.
     *
     * @param caller the person, through the agent, in the turn that claims it
     */
    Optional<VerifiedToolCall> claim(Caller caller, Sought call, Instant since);

    /**
     * What is known of a call from elsewhere.
     *
     * @param tenant the tenant
     * @param user the person; empty where an agent calls as itself
     * @param client the client that calls
     * @param tool the tool
     * @param argumentsDigest its arguments' {@link ArgumentsDigest}
     */
    record Sought(TenantId tenant, Optional<UserId> user, ClientId client, String tool, String argumentsDigest) {}

    /** Forgets the calls before a moment. */
    void forgetBefore(Instant moment);
}
