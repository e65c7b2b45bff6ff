package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Approvals;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Proposal;
import dev.throughline.access.Questions;
import dev.throughline.access.User;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Approvals in PostgreSQL. Every statement says whose they are. */
@Dependent
class JpaApprovals implements Approvals {
    private static final String OWN = "a.tenant = :tenant and a.owner = :owner";
    private static final String OF_AGENT = OWN + " and a.agent = :agent and a.expiresAt > :now";
    private static final String SAME = OF_AGENT + " and a.action = :action and a.argumentsDigest = :digest";

    /**
     * Lets those who ask the same person for the same agent ask one after the other, at whichever instance, until their
     * transaction ends. Neither "one question about the same" nor "not more than so many" can be left to an index: what
     * waits stops waiting by the mere passing of time. Whoever shares a number by chance waits in vain for a moment.
     */
    private static final String TAKE_TURNS =
            "select 1 from (select pg_advisory_xact_lock(hashtextextended(cast(?1 as text), 0))) as turn";

    private final Database database;
    private final AuditTable audit;
    private final StoredJson json = new StoredJson();

    @Inject
    JpaApprovals(Database database, AuditTable audit) {
        this.database = database;
        this.audit = audit;
    }

    @Override
    public Optional<Approval> about(Proposal proposal, Instant now) {
        return database.transaction(
                own(proposal),
                entities -> exactly(
                                proposal,
                                now,
                                entities.createQuery(
                                        "select a from ApprovalRow a where " + SAME + " and (a.state = 'denied'"
                                                + " or (a.state in ('approved', 'pending') and " + exactly(proposal)
                                                + "))"
                                                + " order by case when a.state = 'denied' then 0"
                                                + " when a.state = 'approved' then 1 else 2 end, a.askedAt desc",
                                        ApprovalRow.class))
                        .setMaxResults(1)
                        .getResultStream()
                        .findFirst()
                        .map(row -> row.toApproval(json)));
    }

    @Override
    public Optional<Approval> ask(Caller caller, Approval question, Instant now) {
        if (question.state() != Approval.State.PENDING) {
            throw new IllegalArgumentException("Nobody is asked what has been answered");
        }
        Proposal proposal = question.proposal();
        return database.transaction(own(proposal), entities -> {
            entities.createNativeQuery(TAKE_TURNS)
                    .setParameter(1, proposal.tenant() + "/" + proposal.user() + "/" + proposal.agent())
                    .getSingleResult();
            Optional<ApprovalRow> same = waiting(entities, proposal, now);
            if (same.isPresent() || waitingOf(entities, proposal, now) >= MOST_PENDING) {
                Optional<Approval> waits = same.map(row -> row.toApproval(json));
                waits.ifPresent(asked -> audit.add(entities, Questions.asked(caller, asked)));
                return waits;
            }
            ApprovalRow row = ApprovalRow.of(question, now, json);
            entities.persist(row);
            Approval asked = row.toApproval(json);
            audit.add(entities, Questions.asked(caller, asked));
            return Optional.of(asked);
        });
    }

    private static Optional<ApprovalRow> waiting(EntityManager entities, Proposal proposal, Instant now) {
        return exactly(
                        proposal,
                        now,
                        entities.createQuery(
                                "select a from ApprovalRow a where " + SAME + " and a.state = 'pending' and "
                                        + exactly(proposal),
                                ApprovalRow.class))
                .getResultStream()
                .findFirst();
    }

    private static long waitingOf(EntityManager entities, Proposal proposal, Instant now) {
        return ofAgent(
                        proposal,
                        now,
                        entities.createQuery(
                                "select count(a) from ApprovalRow a where " + OF_AGENT + " and a.state = 'pending'",
                                Long.class))
                .getSingleResult();
    }

    @Override
    public Optional<Approval> find(User user, ApprovalId id) {
        return database.transaction(
                RowIdentity.of(user),
                entities -> own(
                                user,
                                entities.createQuery(
                                        "select a from ApprovalRow a where a.id = :id and " + OWN, ApprovalRow.class))
                        .setParameter("id", id.value())
                        .getResultStream()
                        .findFirst()
                        .map(row -> row.toApproval(json)));
    }

    @Override
    public List<Approval> of(User user, Instant since) {
        return database.transaction(
                RowIdentity.of(user),
                entities -> own(
                                user,
                                entities.createQuery(
                                        "select a from ApprovalRow a where " + OWN + " and a.askedAt >= :since"
                                                + " order by a.askedAt desc, a.id desc",
                                        ApprovalRow.class))
                        .setParameter("since", Storable.moment(since))
                        .setMaxResults(MOST_SHOWN)
                        .getResultStream()
                        .map(row -> row.toApproval(json))
                        .toList());
    }

    @Override
    public void withdraw(Permit permit, ApprovalId id, Instant now) {
        User user = permit.user();
        database.transaction(RowIdentity.of(user), entities -> {
            int withdrawn = own(
                            user,
                            entities.createQuery("update ApprovalRow a set a.state = :denied where a.id = :id and "
                                    + OWN + " and a.state = 'approved' and a.expiresAt > :now"))
                    .setParameter("denied", ApprovalRow.name(Approval.State.DENIED))
                    .setParameter("id", id.value())
                    .setParameter("now", Storable.moment(now))
                    .executeUpdate();
            if (withdrawn == 1) {
                audit.add(entities, said(permit, id, "withdrawn"));
            }
            return withdrawn;
        });
    }

    @Override
    public boolean answer(Permit permit, ApprovalId id, Approval.State state, Instant now) {
        if (state != Approval.State.APPROVED && state != Approval.State.DENIED) {
            throw new IllegalArgumentException("Nobody answers with " + state);
        }
        User user = permit.user();
        int answered = database.transaction(RowIdentity.of(user), entities -> {
            int updated = own(
                            user,
                            entities.createQuery("update ApprovalRow a set a.state = :answer where a.id = :id and "
                                    + OWN + " and a.state = 'pending' and a.expiresAt > :now"))
                    .setParameter("answer", ApprovalRow.name(state))
                    .setParameter("id", id.value())
                    .setParameter("now", Storable.moment(now))
                    .executeUpdate();
            if (updated == 1) {
                audit.add(entities, said(permit, id, ApprovalRow.name(state)));
            }
            return updated;
        });
        return answered == 1;
    }

    @Override
    public void forgetBefore(Instant moment) {
        database.transaction(
                RowIdentity.system(),
                entities -> entities.createQuery("delete from ApprovalRow a where a.expiresAt < :moment")
                        .setParameter("moment", Storable.moment(moment))
                        .executeUpdate());
    }

    /** By whatever use case the person says it. */
    private static AuditEntry said(Permit permit, ApprovalId id, String outcome) {
        return AuditEntry.of(permit.caller(), Action.APPROVE, permit, outcome).approval(Optional.of(id));
    }

    private static String exactly(Proposal proposal) {
        return "a.policyVersion = :policyVersion and "
                + (proposal.version().isPresent() ? "a.version = :version" : "a.version is null");
    }

    private static <T> TypedQuery<T> exactly(Proposal proposal, Instant now, TypedQuery<T> query) {
        proposal.version().ifPresent(version -> query.setParameter("version", version));
        return ofAgent(proposal, now, query)
                .setParameter("action", proposal.action().tool())
                .setParameter("digest", proposal.argumentsDigest())
                .setParameter("policyVersion", proposal.policyVersion());
    }

    private static <T> TypedQuery<T> ofAgent(Proposal proposal, Instant now, TypedQuery<T> query) {
        return query.setParameter("tenant", proposal.tenant().value())
                .setParameter("owner", proposal.user().value())
                .setParameter("agent", proposal.agent())
                .setParameter("now", Storable.moment(now));
    }

    private static RowIdentity own(Proposal proposal) {
        return RowIdentity.of(proposal.tenant(), proposal.user());
    }

    private static <Q extends Query> Q own(User user, Q query) {
        query.setParameter("tenant", user.tenant().value())
                .setParameter("owner", user.id().value());
        return query;
    }
}
