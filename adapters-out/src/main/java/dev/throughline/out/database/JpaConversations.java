package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.User;
import dev.throughline.conversation.Conversation;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.ConversationPage;
import dev.throughline.conversation.ConversationPage.Place;
import dev.throughline.conversation.Conversations;
import dev.throughline.conversation.RunRecord;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Conversations and their runs in PostgreSQL. Every statement says whose they are. */
@Dependent
class JpaConversations implements Conversations {
    private static final String OWN = "c.tenant = :tenant and c.owner = :owner";

    /** The conversation is held until the run is in, so that it is not deleted between looking and writing. */
    private static final String KEEP = "insert into run"
            + " (id, conversation, tenant, owner, at, message, answer, tools, outcome, detail, hops)"
            + " (select cast(?1 as uuid), c.id, c.tenant, c.owner, cast(?5 as timestamptz), cast(?6 as text), cast(?7 as text),"
            + " cast(?8 as text), cast(?9 as text), cast(?10 as text), cast(?11 as text)"
            + " from conversation c where c.id = cast(?2 as uuid)"
            + " and c.tenant = cast(?3 as uuid) and c.owner = cast(?4 as uuid) for key share)"
            + " on conflict (id) do update set at = excluded.at, message = excluded.message, answer = excluded.answer,"
            + " tools = excluded.tools, outcome = excluded.outcome, detail = excluded.detail, hops = excluded.hops"
            + " where run.conversation = excluded.conversation";

    /** What nobody is shown any more is not kept. */
    private static final String FORGET_THE_OLDEST = "delete from run where conversation = cast(?1 as uuid)"
            + " and (at, id) < (select r.at, r.id from run r where r.conversation = cast(?1 as uuid)"
            + " order by r.at desc, r.id desc offset " + (MOST_RUNS - 1) + " limit 1)";

    private final Database database;
    private final AuditTable audit;
    private final WaitingJson waiting;
    private final RunJson runs;

    @Inject
    JpaConversations(Database database, AuditTable audit) {
        this.audit = audit;
        StoredJson json = new StoredJson();
        this.database = database;
        this.waiting = new WaitingJson(json);
        this.runs = new RunJson(json);
    }

    @Override
    public Optional<Conversation> find(User owner, ConversationId id) {
        return database.transaction(
                RowIdentity.of(owner),
                entities -> own(
                                owner,
                                entities.createQuery(
                                        "select c from ConversationRow c where c.id = :id and " + OWN,
                                        ConversationRow.class))
                        .setParameter("id", id.value())
                        .getResultStream()
                        .findFirst()
                        .map(row -> row.toConversation(waiting)));
    }

    @Override
    public ConversationPage list(User owner, int limit, Optional<Place> after) {
        List<Conversation> found = database.transaction(
                RowIdentity.of(owner),
                entities -> behind(entities, owner, after)
                        .setMaxResults(limit + 1)
                        .getResultStream()
                        .map(row -> row.toConversation(waiting))
                        .toList());
        if (found.size() <= limit) {
            return new ConversationPage(found, Optional.empty());
        }
        Conversation last = found.get(limit - 1);
        return new ConversationPage(found.subList(0, limit), Optional.of(new Place(last.changedAt(), last.id())));
    }

    private static TypedQuery<ConversationRow> behind(EntityManager entities, User owner, Optional<Place> after) {
        // The first condition says nothing new, but it is the one by which the index can be entered at the place.
        String behind = after.isPresent() ? " and c.changedAt <= :at and (c.changedAt < :at or c.id < :id)" : "";
        TypedQuery<ConversationRow> page = own(
                owner,
                entities.createQuery(
                        "select c from ConversationRow c where " + OWN + behind
                                + " order by c.changedAt desc, c.id desc",
                        ConversationRow.class));
        after.ifPresent(place -> page.setParameter("at", Storable.moment(place.changedAt()))
                .setParameter("id", place.id().value()));
        return page;
    }

    @Override
    public void add(Conversation conversation) {
        database.transaction(of(conversation), entities -> {
            entities.persist(ConversationRow.of(conversation, waiting));
            return conversation.id();
        });
    }

    /** A conversation never changes hands: another person's is one that is not there. */
    @Override
    public boolean replace(Conversation changed) {
        int replaced = database.transaction(
                of(changed),
                entities -> entities.createQuery("update ConversationRow c set c.agent = :agent, c.title = :title,"
                                + " c.lastResponse = :lastResponse, c.waiting = :waiting, c.changedAt = :changedAt,"
                                + " c.version = c.version + 1 where c.id = :id and c.version = :version and " + OWN)
                        .setParameter("agent", changed.agent())
                        .setParameter("title", Storable.text(changed.title()))
                        .setParameter("lastResponse", changed.lastResponse().orElse(null))
                        .setParameter(
                                "waiting", changed.waiting().map(waiting::write).orElse(null))
                        .setParameter("changedAt", Storable.moment(changed.changedAt()))
                        .setParameter("id", changed.id().value())
                        .setParameter("version", changed.version())
                        .setParameter("tenant", changed.tenant().value())
                        .setParameter("owner", changed.owner().value())
                        .executeUpdate());
        return replaced == 1;
    }

    @Override
    public void keep(Permit permit, String agent, RunRecord run) {
        User owner = permit.user();
        database.transaction(RowIdentity.of(owner), entities -> {
            int kept = entities.createNativeQuery(KEEP)
                    .setParameter(1, run.id())
                    .setParameter(2, run.conversation().value())
                    .setParameter(3, owner.tenant().value())
                    .setParameter(4, owner.id().value())
                    .setParameter(5, Storable.moment(run.at()).toString())
                    .setParameter(6, run.message().map(Storable::text).orElse(null))
                    .setParameter(7, Storable.text(run.text()))
                    .setParameter(8, runs.tools(run.tools()))
                    .setParameter(9, run.outcome())
                    .setParameter(10, run.detail().map(Storable::text).orElse(null))
                    .setParameter(11, runs.hops(run.hops()))
                    .executeUpdate();
            audit.add(
                    entities,
                    AuditEntry.of(permit.caller(), Action.CHAT, permit, run.outcome())
                            .naming(agent)
                            .in(run.conversation().value(), run.id()));
            return kept == 0
                    ? kept
                    : entities.createNativeQuery(FORGET_THE_OLDEST)
                            .setParameter(1, run.conversation().value())
                            .executeUpdate();
        });
    }

    @Override
    public List<RunRecord> runs(User owner, ConversationId id) {
        List<RunRecord> newestFirst = database.transaction(
                RowIdentity.of(owner),
                entities -> own(
                                owner,
                                entities.createQuery(
                                        "select r from RunRow r, ConversationRow c where c.id = :id and " + OWN
                                                + " and r.conversation = c.id order by r.at desc, r.id desc",
                                        RunRow.class))
                        .setParameter("id", id.value())
                        .setMaxResults(MOST_RUNS)
                        .getResultStream()
                        .map(row -> row.toRun(runs))
                        .toList());
        List<RunRecord> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }

    /** Its runs go with it: the table says so. */
    @Override
    public boolean delete(Permit permit, ConversationId id) {
        User owner = permit.user();
        int deleted = database.transaction(RowIdentity.of(owner), entities -> {
            int rows = own(owner, entities.createQuery("delete from ConversationRow c where c.id = :id and " + OWN))
                    .setParameter("id", id.value())
                    .executeUpdate();
            if (rows == 1) {
                audit.add(
                        entities,
                        AuditEntry.of(permit.caller(), Action.CONVERSATIONS, permit, "deleted")
                                .in(id.value()));
            }
            return rows;
        });
        return deleted == 1;
    }

    private static RowIdentity of(Conversation conversation) {
        return RowIdentity.of(conversation.tenant(), conversation.owner());
    }

    private static <Q extends Query> Q own(User owner, Q query) {
        query.setParameter("tenant", owner.tenant().value())
                .setParameter("owner", owner.id().value());
        return query;
    }
}
