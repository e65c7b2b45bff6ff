package dev.throughline.out.database;

import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.ConsentId;
import dev.throughline.access.Consents;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Scope;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A consent ledger that is forgotten with the test. */
final class InMemoryConsents implements Consents {
    private final Map<Key, ConsentEntry> entries = new HashMap<>();
    private final Clock clock;

    private record Key(TenantId tenant, UserId user, String agent) {}

    InMemoryConsents(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Consent state(TenantId tenant, UserId user, String agent) {
        return find(tenant, user, agent).map(ConsentEntry::state).orElse(Consent.NONE);
    }

    @Override
    public synchronized Optional<ConsentEntry> find(TenantId tenant, UserId user, String agent) {
        return Optional.ofNullable(entries.get(new Key(tenant, user, agent)));
    }

    @Override
    public Optional<ConsentEntry> find(User user, ConsentId id) {
        return of(user).stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    @Override
    public synchronized List<ConsentEntry> of(User user) {
        return entries.values().stream()
                .filter(entry ->
                        entry.tenant().equals(user.tenant()) && entry.user().equals(user.id()))
                .sorted(Comparator.comparing(ConsentEntry::changedAt).reversed())
                .limit(MOST_SHOWN)
                .toList();
    }

    @Override
    public synchronized Consent noteAllowed(Caller.Person caller, String agent, Set<Scope> scopes) {
        TenantId tenant = caller.tenant();
        UserId user = caller.user().id();
        return entries.computeIfAbsent(
                        new Key(tenant, user, agent), key -> entry(key, newId(), scopes, Consent.ALLOWED))
                .state();
    }

    @Override
    public synchronized ConsentEntry ask(Caller.Person caller, String agent, Set<Scope> scopes) {
        TenantId tenant = caller.tenant();
        UserId user = caller.user().id();
        return entries.compute(new Key(tenant, user, agent), (key, known) -> {
            if (known == null) {
                return entry(key, newId(), scopes, Consent.ASKED);
            }
            return known.state() == Consent.DENIED ? entry(key, known.id(), scopes, Consent.ASKED) : known;
        });
    }

    @Override
    public synchronized Optional<ConsentEntry> decide(Permit permit, ConsentId id, Consent state) {
        User user = permit.user();
        if (state == Consent.NONE || state == Consent.ASKED) {
            throw new IllegalArgumentException("Nobody decides that a consent is " + state);
        }
        return find(user, id)
                .map(known -> state == Consent.DENIED && known.state() == Consent.REVOKED
                        ? known
                        : entries.compute(
                                new Key(known.tenant(), known.user(), known.agent()),
                                (key, before) -> entry(key, known.id(), known.scopes(), state)));
    }

    private ConsentEntry entry(Key key, ConsentId id, Set<Scope> scopes, Consent state) {
        return new ConsentEntry(id, key.tenant(), key.user(), key.agent(), scopes, state, clock.instant());
    }

    private static ConsentId newId() {
        return new ConsentId(UUID.randomUUID());
    }
}
