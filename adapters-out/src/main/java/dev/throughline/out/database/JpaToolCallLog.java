package dev.throughline.out.database;

import dev.throughline.access.AuditEntry;
import dev.throughline.access.Caller;
import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The verified tool calls in PostgreSQL, where every instance finds them. Those of which nothing was written elsewhere
 * are written together a moment later.
 */
@ApplicationScoped
class JpaToolCallLog implements ToolCallLog {
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final int MOST_WAITING = 10_000;

    /** Of an answer that is already being told: on a busy server it is better late than broken off. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Database database;
    private final AuditTable audit;
    private final WriteBehind<VerifiedToolCall> soon;

    /** For the container's proxy, which only passes calls on. */
    protected JpaToolCallLog() {
        this.database = null;
        this.audit = null;
        this.soon = null;
    }

    @Inject
    JpaToolCallLog(Database database, AuditTable audit, ManagedThreadFactory threads) {
        this(database, audit, (ThreadFactory) threads);
    }

    JpaToolCallLog(Database database, AuditTable audit, ThreadFactory threads) {
        this.database = database;
        this.audit = audit;
        this.soon = new WriteBehind<>(this::store, threads, MOST_WAITING, DELAY);
    }

    @PreDestroy
    void close() {
        soon.close();
    }

    @Override
    public void record(VerifiedToolCall call) {
        store(of(call.tenant(), call.user()), List.of(call));
    }

    @Override
    public void recordSoon(VerifiedToolCall call) {
        soon.add(call);
    }

    /** Those of many people at once are nobody's. */
    private void store(List<VerifiedToolCall> calls) {
        store(RowIdentity.system(), calls);
    }

    private void store(RowIdentity identity, List<VerifiedToolCall> calls) {
        database.transaction(identity, entities -> {
            calls.forEach(call -> entities.persist(ToolCallRow.of(call)));
            return calls.size();
        });
    }

    /** What another instance took a moment ago is not here yet: it is worth a second look. */
    @Override
    public Optional<VerifiedToolCall> claim(Caller caller, Sought call, Instant since) {
        soon.flush(PATIENCE);
        Optional<VerifiedToolCall> found = claimKept(caller, call, since);
        if (found.isEmpty()) {
            pause();
            found = claimKept(caller, call, since);
        }
        return found;
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(DELAY.multipliedBy(2).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever loses a call to somebody else waits for their commit, no longer sees it, and tries the next one. */
    private Optional<VerifiedToolCall> claimKept(Caller caller, Sought call, Instant since) {
        return database.transaction(of(call.tenant(), call.user()), entities -> {
            TypedQuery<ToolCallRow> oldest = oldest(entities, call, since);
            Optional<ToolCallRow> found = oldest.getResultStream().findFirst();
            while (found.isPresent() && !take(entities, found.get())) {
                found = oldest.getResultStream().findFirst();
            }
            Optional<VerifiedToolCall> claimed = found.map(ToolCallRow::toCall);
            claimed.ifPresent(joined -> audit.add(entities, joined(caller, joined)));
            return claimed;
        });
    }

    /** By this the records of the call's own request are found among those of the turn. */
    private static AuditEntry joined(Caller caller, VerifiedToolCall call) {
        return AuditEntry.of(caller, "tool-call-joined", "permit", "same_call", "joined")
                .digest(Optional.of(call.argumentsDigest()))
                .approval(call.approval())
                .joins(call.request());
    }

    private static TypedQuery<ToolCallRow> oldest(EntityManager entities, Sought call, Instant since) {
        String user = call.user().isPresent() ? "t.user = :user" : "t.user is null";
        TypedQuery<ToolCallRow> oldest = entities.createQuery(
                        "select t from ToolCallRow t where t.tenant = :tenant and " + user
                                + " and t.client = :client and t.tool = :tool and t.argumentsDigest = :digest"
                                + " and t.at >= :since and t.claimed = false order by t.at, t.id",
                        ToolCallRow.class)
                .setParameter("tenant", call.tenant().value())
                .setParameter("client", call.client().value())
                .setParameter("tool", call.tool())
                .setParameter("digest", call.argumentsDigest())
                .setParameter("since", Storable.moment(since))
                .setMaxResults(1);
        call.user().ifPresent(person -> oldest.setParameter("user", person.value()));
        return oldest;
    }

    private static boolean take(EntityManager entities, ToolCallRow row) {
        return entities.createQuery("update ToolCallRow t set t.claimed = true where t.id = :id and t.claimed = false")
                        .setParameter("id", row.id())
                        .executeUpdate()
                == 1;
    }

    /** The calls of an agent as itself have no person whose they could be. */
    private static RowIdentity of(TenantId tenant, Optional<UserId> user) {
        return user.map(person -> RowIdentity.of(tenant, person)).orElseGet(RowIdentity::system);
    }

    @Override
    public void forgetBefore(Instant moment) {
        database.transaction(
                RowIdentity.system(),
                entities -> entities.createQuery("delete from ToolCallRow t where t.at < :moment")
                        .setParameter("moment", Storable.moment(moment))
                        .executeUpdate());
    }
}
