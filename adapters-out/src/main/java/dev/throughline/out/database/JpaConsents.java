package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.AuditEntry;
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
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The consent ledger in PostgreSQL. Nothing of it is remembered here: what one instance writes, the next call on every
 * other sees.
 */
@Dependent
class JpaConsents implements Consents {
    private static final String OWN = "c.tenant = :tenant and c.owner = :owner";
    private static final String OF_AGENT = OWN + " and c.agent = :agent";

    private static final String INSERT = "insert into consent (id, tenant, owner, agent, scopes, state, changed_at)"
            + " values (cast(?1 as uuid), cast(?2 as uuid), cast(?3 as uuid), cast(?4 as text), cast(?5 as text),"
            + " cast(?6 as text), cast(?7 as timestamptz)) on conflict (tenant, owner, agent) do ";
    private static final String KEEP_WHAT_THERE_IS = "nothing";
    private static final String ASK_AGAIN_IF_DENIED =
            "update set scopes = excluded.scopes, state = excluded.state, changed_at = excluded.changed_at"
                    + " where consent.state = 'denied'";

    private final Database database;
    private final AuditTable audit;
    private final Clock clock;

    @Inject
    JpaConsents(Database database, AuditTable audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Every call of an agent asks this: one look into one index. */
    @Override
    public Consent state(TenantId tenant, UserId user, String agent) {
        return database.transaction(RowIdentity.of(tenant, user), entities -> state(entities, tenant, user, agent));
    }

    private static Consent state(EntityManager entities, TenantId tenant, UserId user, String agent) {
        return ofAgent(
                        tenant,
                        user,
                        agent,
                        entities.createQuery("select c.state from ConsentRow c where " + OF_AGENT, String.class))
                .getResultStream()
                .findFirst()
                .map(ConsentRow::toConsent)
                .orElse(Consent.NONE);
    }

    @Override
    public Optional<ConsentEntry> find(TenantId tenant, UserId user, String agent) {
        return database.transaction(RowIdentity.of(tenant, user), entities -> find(entities, tenant, user, agent));
    }

    private static Optional<ConsentEntry> find(EntityManager entities, TenantId tenant, UserId user, String agent) {
        return ofAgent(
                        tenant,
                        user,
                        agent,
                        entities.createQuery("select c from ConsentRow c where " + OF_AGENT, ConsentRow.class))
                .getResultStream()
                .findFirst()
                .map(ConsentRow::toEntry);
    }

    @Override
    public Optional<ConsentEntry> find(User user, ConsentId id) {
        return database.transaction(RowIdentity.of(user), entities -> find(entities, user, id));
    }

    private static Optional<ConsentEntry> find(EntityManager entities, User user, ConsentId id) {
        return own(
                        user.tenant(),
                        user.id(),
                        entities.createQuery(
                                "select c from ConsentRow c where c.id = :id and " + OWN, ConsentRow.class))
                .setParameter("id", id.value())
                .getResultStream()
                .findFirst()
                .map(ConsentRow::toEntry);
    }

    @Override
    public List<ConsentEntry> of(User user) {
        return database.transaction(
                RowIdentity.of(user),
                entities -> own(
                                user.tenant(),
                                user.id(),
                                entities.createQuery(
                                        "select c from ConsentRow c where " + OWN
                                                + " order by c.changedAt desc, c.id desc",
                                        ConsentRow.class))
                        .setMaxResults(MOST_SHOWN)
                        .getResultStream()
                        .map(ConsentRow::toEntry)
                        .toList());
    }

    @Override
    public Consent noteAllowed(Caller.Person caller, String agent, Set<Scope> scopes) {
        TenantId tenant = caller.tenant();
        UserId user = caller.user().id();
        return database.transaction(RowIdentity.of(tenant, user), entities -> {
            if (insert(entities, KEEP_WHAT_THERE_IS, tenant, user, agent, scopes, Consent.ALLOWED)) {
                ConsentEntry noted = find(entities, tenant, user, agent).orElseThrow();
                audit.add(entities, said(caller, "permit", "consent_elsewhere", "noted", noted));
            }
            return state(entities, tenant, user, agent);
        });
    }

    @Override
    public ConsentEntry ask(Caller.Person caller, String agent, Set<Scope> scopes) {
        TenantId tenant = caller.tenant();
        UserId user = caller.user().id();
        return database.transaction(RowIdentity.of(tenant, user), entities -> {
            boolean asked = insert(entities, ASK_AGAIN_IF_DENIED, tenant, user, agent, scopes, Consent.ASKED);
            ConsentEntry entry = find(entities, tenant, user, agent).orElseThrow();
            if (asked) {
                audit.add(entities, said(caller, "needs_consent", "consent_needed", AuditEntry.ASKED, entry));
            }
            return entry;
        });
    }

    private static AuditEntry said(Caller caller, String decision, String rule, String outcome, ConsentEntry entry) {
        return AuditEntry.of(caller, Action.CONSENT.tool(), decision, rule, outcome)
                .consent(entry.id(), entry.agent());
    }

    /** Whether anything was written. */
    private boolean insert(
            EntityManager entities,
            String otherwise,
            TenantId tenant,
            UserId user,
            String agent,
            Set<Scope> scopes,
            Consent state) {
        return entities.createNativeQuery(INSERT + otherwise)
                        .setParameter(1, UUID.randomUUID())
                        .setParameter(2, tenant.value())
                        .setParameter(3, user.value())
                        .setParameter(4, agent)
                        .setParameter(5, ConsentRow.text(scopes))
                        .setParameter(6, state.wire())
                        .setParameter(7, Storable.moment(clock.instant()).toString())
                        .executeUpdate()
                == 1;
    }

    @Override
    public Optional<ConsentEntry> decide(Permit permit, ConsentId id, Consent state) {
        User user = permit.user();
        if (state == Consent.NONE || state == Consent.ASKED) {
            throw new IllegalArgumentException("Nobody decides that a consent is " + state);
        }
        return database.transaction(RowIdentity.of(user), entities -> {
            own(
                            user.tenant(),
                            user.id(),
                            entities.createQuery("update ConsentRow c set c.state = :state, c.changedAt = :now"
                                    + " where c.id = :id and " + OWN
                                    + (state == Consent.DENIED ? " and c.state <> 'revoked'" : "")))
                    .setParameter("state", state.wire())
                    .setParameter("now", Storable.moment(clock.instant()))
                    .setParameter("id", id.value())
                    .executeUpdate();
            Optional<ConsentEntry> decided = find(entities, user, id);
            decided.ifPresent(entry -> audit.add(
                    entities,
                    AuditEntry.of(
                                    permit.caller(),
                                    Action.CONSENT,
                                    permit,
                                    entry.state().wire())
                            .consent(entry.id(), entry.agent())));
            return decided;
        });
    }

    private static <T> TypedQuery<T> ofAgent(TenantId tenant, UserId user, String agent, TypedQuery<T> query) {
        return own(tenant, user, query).setParameter("agent", agent);
    }

    private static <Q extends Query> Q own(TenantId tenant, UserId user, Q query) {
        query.setParameter("tenant", tenant.value()).setParameter("owner", user.value());
        return query;
    }
}
