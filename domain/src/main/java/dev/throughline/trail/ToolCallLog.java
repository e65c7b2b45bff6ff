package dev.throughline.trail;

import dev.throughline.access.ClientId;
import dev.throughline.access.User;
import java.time.Instant;
import java.util.List;

/** Port: the tool calls that our MCP endpoint verified lately, shared by all instances. */
public interface ToolCallLog {

    /** Keeps a call; afterwards every instance can find it. */
    void record(VerifiedToolCall call);

    /** The calls of a person through a client since a moment, oldest first, at most 100. */
    List<VerifiedToolCall> since(User user, ClientId client, Instant moment);

    /** Forgets the calls before a moment. */
    void forgetBefore(Instant moment);
}
