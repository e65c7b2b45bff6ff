package dev.throughline.in.fakes;

import dev.throughline.Unavailable;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A consent ledger in a list, whose time goes on by a second with each entry that is written. */
public final class InMemoryConsents implements Consents {
    private final List<ConsentEntry> entries = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-01T08:00:00Z");
    private boolean disconnected;
    private int lookups;

    /** Lets the next calls fail. */
    public void disconnect() {
        disconnected = true;
    }

    /** How often the ledger was asked anything. */
    public int lookups() {
        return lookups;
    }

    /** All entries, the first that was made first. */
    public List<ConsentEntry> all() {
        return List.copyOf(entries);
    }

    /** Writes what a person says, whatever there was. */
    public ConsentEntry put(User user, String agent, Set<Scope> scopes, Consent state) {
        Optional<ConsentEntry> known = known(user.tenant(), user.id(), agent);
        now = now.plusSeconds(1);
        ConsentEntry entry = new ConsentEntry(
                known.map(ConsentEntry::id).orElseGet(() -> new ConsentId(UUID.randomUUID())),
                user.tenant(),
                user.id(),
                agent,
                scopes,
                state,
                now);
        known.ifPresent(entries::remove);
        entries.add(entry);
        return entry;
    }

    @Override
    public Consent state(TenantId tenant, UserId user, String agent) {
        return find(tenant, user, agent).map(ConsentEntry::state).orElse(Consent.NONE);
    }

    @Override
    public Optional<ConsentEntry> find(TenantId tenant, UserId user, String agent) {
        connect();
        return known(tenant, user, agent);
    }

    @Override
    public Optional<ConsentEntry> find(User user, ConsentId id) {
        connect();
        return entries.stream()
                .filter(entry -> entry.id().equals(id) && isOf(user, entry))
                .findFirst();
    }

    @Override
    public List<ConsentEntry> of(User user) {
        connect();
        return entries.stream()
                .filter(entry -> isOf(user, entry))
                .sorted(Comparator.comparing(ConsentEntry::changedAt).reversed())
                .limit(MOST_SHOWN)
                .toList();
    }

    @Override
    public Consent noteAllowed(Caller.Person caller, String agent, Set<Scope> scopes) {
        return find(caller.tenant(), caller.user().id(), agent)
                .orElseGet(() -> put(caller.user(), agent, scopes, Consent.ALLOWED))
                .state();
    }

    @Override
    public ConsentEntry ask(Caller.Person caller, String agent, Set<Scope> scopes) {
        return find(caller.tenant(), caller.user().id(), agent)
                .filter(entry -> entry.state() != Consent.DENIED)
                .orElseGet(() -> put(caller.user(), agent, scopes, Consent.ASKED));
    }

    @Override
    public Optional<ConsentEntry> decide(Permit permit, ConsentId id, Consent state) {
        return decide(permit.user(), id, state);
    }

    /** Decides as that person. */
    public Optional<ConsentEntry> decide(User user, ConsentId id, Consent state) {
        return find(user, id).map(entry -> put(user, entry.agent(), entry.scopes(), state));
    }

    private Optional<ConsentEntry> known(TenantId tenant, UserId user, String agent) {
        return entries.stream()
                .filter(entry -> entry.tenant().equals(tenant)
                        && entry.user().equals(user)
                        && entry.agent().equals(agent))
                .findFirst();
    }

    private static boolean isOf(User user, ConsentEntry entry) {
        return entry.tenant().equals(user.tenant()) && entry.user().equals(user.id());
    }

    private void connect() {
        lookups++;
        if (disconnected) {
            throw new Unavailable("database", new IllegalStateException("secret detail"));
        }
    }
}
