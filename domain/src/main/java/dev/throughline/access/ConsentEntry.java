package dev.throughline.access;

import java.time.Instant;
import java.util.Set;

/**
 * What a person has said to one agent: there is one entry for each tenant, person and agent.
 *
 * @param id names it
 * @param tenant the person's tenant
 * @param user the person
 * @param agent the agent's name in the registry; where none is known, the client it came through
 * @param scopes what it asked to be allowed
 * @param state what the person said last
 * @param changedAt when that was
 */
public record ConsentEntry(
        ConsentId id, TenantId tenant, UserId user, String agent, Set<Scope> scopes, Consent state, Instant changedAt) {
    public ConsentEntry {
        scopes = Set.copyOf(scopes);
    }
}
