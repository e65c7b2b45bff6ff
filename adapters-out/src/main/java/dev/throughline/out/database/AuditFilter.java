package dev.throughline.out.database;

import dev.throughline.access.TenantId;
import dev.throughline.trail.AuditQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statement that finds records, with what it has to be told. */
final class AuditFilter {
    /** An order's records, and those by which the requests that touched it were joined to a turn. */
    private static final String OF_ORDER = " and r.id in (select o.id from audit_record o where o.tenant = ?"
            + " and o.resource = ? union select j.id from audit_record j where j.joins in"
            + " (select o.request from audit_record o where o.tenant = ? and o.resource = ?))";

    /** A turn's records, and those of the requests that were joined to it. */
    private static final String OF_TURN = " and r.id in (select t.id from audit_record t where t.tenant = ?"
            + " and t.%1$s = ? union select q.id from audit_record q where q.request in"
            + " (select t.joins from audit_record t where t.tenant = ? and t.%1$s = ? and t.joins is not null))";

    private final StringBuilder where = new StringBuilder("r.tenant = ?");
    private final List<Object> values = new ArrayList<>();
    private final UUID tenant;

    AuditFilter(TenantId tenant, AuditQuery query, Optional<UUID> before) {
        this.tenant = tenant.value();
        values.add(this.tenant);
        query.user().ifPresent(user -> and(" and r.user_id = ?", user.value()));
        query.agent().ifPresent(agent -> and(" and r.agent = ?", agent));
        query.order().ifPresent(order -> and(OF_ORDER, this.tenant, order, this.tenant, order));
        query.run().ifPresent(run -> turn("run", run));
        query.conversation().ifPresent(conversation -> turn("conversation", conversation));
        before.ifPresent(id -> and(" and r.id < ?", id));
    }

    private void turn(String column, UUID id) {
        and(OF_TURN.formatted(column), tenant, id, tenant, id);
    }

    private void and(String condition, Object... with) {
        where.append(condition);
        values.addAll(List.of(with));
    }

    /** Id, body and place of each, the newest first. */
    PreparedStatement select(Connection connection, int most) throws SQLException {
        PreparedStatement select = connection.prepareStatement(
                "select r.id, r.body::text, s.seq from audit_record r left join audit_seal s"
                        + " on s.record = r.id where " + where + " order by r.id desc limit ?");
        Jdbc.bind(select, values);
        select.setInt(values.size() + 1, most);
        return select;
    }
}
