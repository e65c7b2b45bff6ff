package dev.throughline.out.database;

import dev.throughline.access.ClientId;
import dev.throughline.access.User;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Optional;

/** The verified tool calls in PostgreSQL, where every instance finds them. */
@Dependent
class JpaToolCallLog implements ToolCallLog {
    private final Database database;

    @Inject
    JpaToolCallLog(Database database) {
        this.database = database;
    }

    @Override
    public void record(VerifiedToolCall call) {
        database.transaction(entities -> {
            entities.persist(ToolCallRow.of(call));
            return call.id();
        });
    }

    /** Whoever loses a call to somebody else waits for their commit, no longer sees it, and tries the next one. */
    @Override
    public Optional<VerifiedToolCall> claim(
            User user, ClientId client, String tool, String argumentsDigest, Instant since) {
        return database.transaction(entities -> {
            TypedQuery<ToolCallRow> oldest = entities.createQuery(
                            "select t from ToolCallRow t where t.tenant = :tenant and t.user = :user"
                                    + " and t.client = :client and t.tool = :tool and t.argumentsDigest = :digest"
                                    + " and t.at >= :since and t.claimed = false order by t.at, t.id",
                            ToolCallRow.class)
                    .setParameter("tenant", user.tenant().value())
                    .setParameter("user", user.id().value())
                    .setParameter("client", client.value())
                    .setParameter("tool", tool)
                    .setParameter("digest", argumentsDigest)
                    .setParameter("since", ToolCallRow.storable(since))
                    .setMaxResults(1);
            Optional<ToolCallRow> found = oldest.getResultStream().findFirst();
            while (found.isPresent() && !take(entities, found.get())) {
                found = oldest.getResultStream().findFirst();
            }
            return found.map(ToolCallRow::toCall);
        });
    }

    private static boolean take(EntityManager entities, ToolCallRow row) {
        return entities.createQuery("update ToolCallRow t set t.claimed = true where t.id = :id and t.claimed = false")
                        .setParameter("id", row.id())
                        .executeUpdate()
                == 1;
    }

    @Override
    public void forgetBefore(Instant moment) {
        database.transaction(entities -> entities.createQuery("delete from ToolCallRow t where t.at < :moment")
                .setParameter("moment", ToolCallRow.storable(moment))
                .executeUpdate());
    }
}
