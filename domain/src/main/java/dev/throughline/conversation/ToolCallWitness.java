package dev.throughline.conversation;

import dev.throughline.access.Agent;
import dev.throughline.access.ClientId;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.ConsentId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.trail.ArgumentsDigest;
import dev.throughline.trail.Hop;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.ToolCallLog.Sought;
import dev.throughline.trail.VerifiedToolCall;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Joins a tool call that the agent service reported to the one that our own endpoint verified: same tenant, person,
 * client, tool and arguments, since this run began, and not yet another report's partner. There is no other channel,
 * since the service offers none. What finds no partner stays a report.
 */
final class ToolCallWitness {
    private final Acting acting;
    private final Set<ClientId> passthroughClients;
    private final ToolCallLog log;
    private final Instant since;

    ToolCallWitness(Acting acting, Set<ClientId> passthroughClients, ToolCallLog log, Instant since) {
        this.acting = acting;
        this.passthroughClients = passthroughClients;
        this.log = log;
        this.since = since;
    }

    Hop hopOf(ToolCall reported) {
        return verified(reported)
                .map(call -> Hops.verifiedToolCall(call, consent(call)))
                .orElseGet(() -> Hops.reportedToolCall(acting.agent().name()));
    }

    private Optional<VerifiedToolCall> verified(ToolCall reported) {
        User user = acting.user();
        String digest = ArgumentsDigest.of(reported.arguments());
        return clients()
                .map(client -> new Sought(user.tenant(), caller(user), client, reported.name(), digest))
                .flatMap(sought -> log.claim(acting.caller(), sought, since).stream())
                .findFirst();
    }

    private Stream<ClientId> clients() {
        return acting.agent().route() == Agent.Route.PASSTHROUGH
                ? passthroughClients.stream()
                : acting.agent().client().stream();
    }

    private Optional<UserId> caller(User user) {
        return acting.agent().actsAsItself() ? Optional.empty() : Optional.of(user.id());
    }

    /** Of whom the call came from: a token that was passed through names a client and no agent. */
    private Optional<ConsentId> consent(VerifiedToolCall call) {
        return acting.entry(call.agent().orElse(call.client().value())).map(ConsentEntry::id);
    }
}
