package dev.throughline.access;

import dev.throughline.access.Decision.Permit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The consent ledger in memory, kept as the port says. */
public final class BookOfConsents implements Consents {
    /** The entry that changed last is the last one. */
    private final Map<ConsentId, ConsentEntry> entries = new LinkedHashMap<>();

    /** Writes an entry as if the person had said so. */
    public ConsentEntry put(User user, String agent, Consent state) {
        ConsentEntry entry = find(user.tenant(), user.id(), agent)
                .orElseGet(() -> entry(user.tenant(), user.id(), agent, Set.of(Scope.ORDERS_READ), state));
        return change(entry, state);
    }

    @Override
    public Consent state(TenantId tenant, UserId user, String agent) {
        return find(tenant, user, agent).map(ConsentEntry::state).orElse(Consent.NONE);
    }

    @Override
    public Optional<ConsentEntry> find(TenantId tenant, UserId user, String agent) {
        return entries.values().stream()
                .filter(entry -> entry.tenant().equals(tenant)
                        && entry.user().equals(user)
                        && entry.agent().equals(agent))
                .findFirst();
    }

    @Override
    public Optional<ConsentEntry> find(User user, ConsentId id) {
        return Optional.ofNullable(entries.get(id))
                .filter(entry ->
                        entry.tenant().equals(user.tenant()) && entry.user().equals(user.id()));
    }

    @Override
    public List<ConsentEntry> of(User user) {
        List<ConsentEntry> own = new ArrayList<>(entries.values().stream()
                .filter(entry ->
                        entry.tenant().equals(user.tenant()) && entry.user().equals(user.id()))
                .toList());
        Collections.reverse(own);
        return own;
    }

    @Override
    public Consent noteAllowed(Caller.Person caller, String agent, Set<Scope> scopes) {
        TenantId tenant = caller.tenant();
        UserId user = caller.user().id();
        return find(tenant, user, agent)
                .orElseGet(() -> change(entry(tenant, user, agent, scopes, Consent.ALLOWED), Consent.ALLOWED))
                .state();
    }

    @Override
    public ConsentEntry ask(Caller.Person caller, String agent, Set<Scope> scopes) {
        TenantId tenant = caller.tenant();
        UserId user = caller.user().id();
        Optional<ConsentEntry> known = find(tenant, user, agent);
        return known.isPresent() && known.get().state() != Consent.DENIED
                ? known.get()
                : change(known.orElseGet(() -> entry(tenant, user, agent, scopes, Consent.ASKED)), Consent.ASKED);
    }

    @Override
    public Optional<ConsentEntry> decide(Permit permit, ConsentId id, Consent state) {
        return find(permit.user(), id).map(entry -> change(entry, state));
    }

    private static ConsentEntry entry(TenantId tenant, UserId user, String agent, Set<Scope> scopes, Consent state) {
        return new ConsentEntry(new ConsentId(UUID.randomUUID()), tenant, user, agent, scopes, state, TestCallers.NOW);
    }

    private ConsentEntry change(ConsentEntry entry, Consent state) {
        ConsentEntry changed = new ConsentEntry(
                entry.id(), entry.tenant(), entry.user(), entry.agent(), entry.scopes(), state, TestCallers.NOW);
        entries.remove(entry.id());
        entries.put(changed.id(), changed);
        return changed;
    }
}
