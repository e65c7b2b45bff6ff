package dev.throughline.conversation;

import dev.throughline.access.Agent;
import dev.throughline.access.User;
import dev.throughline.trail.ArgumentsDigest;
import dev.throughline.trail.Hop;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import java.time.Instant;
import java.util.Optional;

/**
 * Joins a tool call that the agent service reported to the one that our own endpoint verified: same tenant, person,
 * agent's client, tool and arguments, since this run began, and not yet another report's partner. There is no other
 * channel, since the service offers none. What finds no partner stays a report.
 */
final class ToolCallWitness {
    private final User user;
    private final Agent agent;
    private final ToolCallLog log;
    private final Instant since;

    ToolCallWitness(User user, Agent agent, ToolCallLog log, Instant since) {
        this.user = user;
        this.agent = agent;
        this.log = log;
        this.since = since;
    }

    Hop hopOf(ToolCall reported) {
        return verified(reported).map(Hops::verifiedToolCall).orElseGet(() -> Hops.reportedToolCall(agent.name()));
    }

    private Optional<VerifiedToolCall> verified(ToolCall reported) {
        String digest = ArgumentsDigest.of(reported.arguments());
        return agent.client().flatMap(client -> log.claim(user, client, reported.name(), digest, since));
    }
}
