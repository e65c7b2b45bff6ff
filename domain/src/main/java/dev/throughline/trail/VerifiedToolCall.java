package dev.throughline.trail;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.ClientId;
import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A tool call as our own MCP endpoint verified it.
 *
 * @param id tells it from every other call
 * @param tenant the tenant of the verified token
 * @param user the person of the verified token; empty where an agent called as itself
 * @param agent the registered agent that its client belongs to, if any
 * @param client the client of the verified token
 * @param audience the audience of the verified token
 * @param scopes the scopes of the verified token
 * @param tool the tool that was called, or the MCP method by which a resource was listed or read
 * @param argumentsDigest see {@link ArgumentsDigest}
 * @param decision the name of a {@link dev.throughline.access.Decision}
 * @param rule the rule that decided; {@code arguments_invalid} where the policy permitted what could not be understood
 * @param approval the person's approval that was used, if any
 * @param at when it was decided
 * @param request the request that brought it, as the records of it say; empty where it was kept by an older version
 */
public record VerifiedToolCall(
        UUID id,
        TenantId tenant,
        Optional<UserId> user,
        Optional<String> agent,
        ClientId client,
        String audience,
        Set<String> scopes,
        String tool,
        String argumentsDigest,
        String decision,
        String rule,
        Optional<ApprovalId> approval,
        Instant at,
        Optional<UUID> request) {
    public VerifiedToolCall {
        scopes = Set.copyOf(scopes);
    }
}
