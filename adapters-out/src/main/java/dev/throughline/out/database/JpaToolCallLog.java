package dev.throughline.out.database;

import dev.throughline.access.ClientId;
import dev.throughline.access.User;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** The verified tool calls in PostgreSQL, where every instance finds them. */
@Dependent
class JpaToolCallLog implements ToolCallLog {
    private static final int MOST = 100;

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

    @Override
    public List<VerifiedToolCall> since(User user, ClientId client, Instant moment) {
        return database.transaction(entities -> entities.createQuery(
                        "select t from ToolCallRow t where t.tenant = :tenant and t.user = :user"
                                + " and t.client = :client and t.at >= :moment order by t.at, t.id",
                        ToolCallRow.class)
                .setParameter("tenant", user.tenant().value())
                .setParameter("user", user.id().value())
                .setParameter("client", client.value())
                .setParameter("moment", ToolCallRow.storable(moment))
                .setMaxResults(MOST)
                .getResultStream()
                .map(ToolCallRow::toCall)
                .toList());
    }

    @Override
    public void forgetBefore(Instant moment) {
        database.transaction(entities -> entities.createQuery("delete from ToolCallRow t where t.at < :moment")
                .setParameter("moment", ToolCallRow.storable(moment))
                .executeUpdate());
    }
}
