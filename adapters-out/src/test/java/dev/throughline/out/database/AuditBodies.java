package dev.throughline.out.database;

import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Records as they are written. */
final class AuditBodies {
    static final TenantId TENANT = new TenantId(UUID.fromString("c0ffee00-0000-4000-8000-000000000001"));

    private static final String INSERT = "insert into audit_record (id, body) values (?, ?::json)";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static long last;

    private AuditBodies() {}

    /** Each later than the one before. */
    static synchronized UUID id() {
        last = Math.max(last + 1, System.currentTimeMillis() << 12);
        return new UUID(last >>> 12 << 16 | 0x7000 | last & 0xfff, RANDOM.nextLong() >>> 2 | 0x8000000000000000L);
    }

    static String body(UUID id, TenantId tenant, Optional<UserId> user, String more) {
        return "{\"id\":\"" + id + "\",\"at\":\"2026-11-26T12:00:00.000000Z\",\"instance\":\"i1\",\"tenant\":\""
                + tenant
                + "\",\"subject\":\"" + (user.isPresent() ? "user" : "agent") + "\""
                + user.map(person -> ",\"user\":\"" + person + "\"").orElse("")
                + more + ",\"action\":\"list-orders\",\"outcome\":\"done\"}";
    }

    static void insert(Connection connection, UUID id, String body) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, id);
            insert.setString(2, body);
            insert.executeUpdate();
        }
    }

    /** Adds so many records in one transaction; answers the last one's id. */
    static UUID add(TestDatabase database, int count) throws SQLException {
        UUID id = id();
        try (Connection connection = database.connectAs(RowIdentity.system());
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < count; i++) {
                id = id();
                insert.setObject(1, id);
                insert.setString(2, body(id, TENANT, Optional.empty(), ",\"resource\":\"ORD-" + (100 + i) + "\""));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
        return id;
    }

    static Instant made(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
