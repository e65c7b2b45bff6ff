package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.Decision.Permit;
import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.LogKey;
import dev.throughline.out.audit.SealedLog;
import dev.throughline.trail.AuditPage;
import dev.throughline.trail.AuditQuery;
import dev.throughline.trail.AuditRecord;
import dev.throughline.trail.AuditRecords;
import dev.throughline.trail.AuditVerdict;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The audit log in PostgreSQL, to be looked at by administrators. */
@Dependent
class JpaAuditRecords implements AuditRecords {
    private static final int AT_ONCE = 1_000;
    private static final String LAST = "select coalesce(max(seq), 0) from audit_seal";
    private static final String RECORDS = "select s.seq, s.chain, r.body::text, c.note from audit_seal s"
            + " left join audit_record r on r.id = s.record left join audit_checkpoint c on c.size = s.seq"
            + " where s.seq > ? and s.seq <= ? order by s.seq";

    private final Database database;
    private final SealedLog log;
    private final LogKey key;

    @Inject
    JpaAuditRecords(Database database, SealedLog log, LogKey key) {
        this.database = database;
        this.log = log;
        this.key = key;
    }

    @Override
    public AuditPage page(Permit permit, AuditQuery query, Optional<UUID> before, int limit) {
        List<AuditRecord> found = read(permit, connection -> find(connection, permit, query, before, limit + 1));
        if (found.size() <= limit) {
            return new AuditPage(found, Optional.empty());
        }
        List<AuditRecord> page = found.subList(0, limit);
        return new AuditPage(page, Optional.of(page.get(limit - 1).id()));
    }

    private static List<AuditRecord> find(
            Connection connection, Permit permit, AuditQuery query, Optional<UUID> before, int most)
            throws SQLException {
        AuditFilter filter = new AuditFilter(permit.rows().tenant(), query, before);
        List<AuditRecord> found = new ArrayList<>();
        try (PreparedStatement select = filter.select(connection, most);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                long seq = rows.getLong(3);
                OptionalLong place = rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(seq);
                found.add(new AuditRecord(rows.getObject(1, UUID.class), rows.getString(2), place));
            }
        }
        return found;
    }

    /** Each stretch between checkpoints in a transaction of its own: there can be many. */
    @Override
    public AuditVerdict verify(Permit permit, AuditQuery query) {
        permit.requireFor(Action.READ_AUDIT);
        log.sealNow();
        List<AuditRecord> found =
                read(permit, connection -> find(connection, permit, query, Optional.empty(), MOST_VERIFIED));
        long size = read(permit, JpaAuditRecords::size);
        List<Long> places = found.stream()
                .flatMap(record -> record.seq().stream().boxed())
                .sorted()
                .toList();
        return new AuditVerdict(fault(permit, places, size), found.size(), places.size(), size, last(permit));
    }

    private Optional<String> fault(Permit permit, List<Long> places, long size) {
        long covered = 0;
        for (long place : places) {
            if (place > covered) {
                AuditInterval around = read(permit, connection -> AuditInterval.around(connection, place, size));
                Optional<String> fault = read(permit, connection -> around.fault(connection, key));
                if (fault.isPresent()) {
                    return fault;
                }
                covered = around.end();
            }
        }
        return Optional.empty();
    }

    private Optional<AuditVerdict.Signed> last(Permit permit) {
        return read(permit, AuditSealer::lastSigned)
                .flatMap(stored -> Checkpoint.open(key, stored.note()))
                .map(said -> new AuditVerdict.Signed(said.size(), said.at(), said.note()));
    }

    private static long size(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LAST);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public Export export(Permit permit) {
        permit.requireFor(Action.READ_AUDIT);
        log.sealNow();
        StoredCheckpoint end = read(permit, AuditSealer::lastSigned)
                .orElseThrow(() -> new IllegalStateException("The audit log has not been signed for yet"));
        return lines -> {
            lines.line("{\"log\":\"throughline-audit-1\",\"checkpoint\":" + quoted(end.note()) + "}");
            for (long from = 0; from < end.size(); from += AT_ONCE) {
                long after = from;
                long to = Math.min(from + AT_ONCE, end.size());
                for (String line : read(permit, connection -> lines(connection, after, to))) {
                    lines.line(line);
                }
            }
        };
    }

    private static List<String> lines(Connection connection, long after, long to) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(RECORDS)) {
            select.setLong(1, after);
            select.setLong(2, to);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String start = "{\"seq\":" + rows.getLong(1);
                    lines.add(start + ",\"chain\":\"" + HexFormat.of().formatHex(rows.getBytes(2)) + "\",\"record\":"
                            + rows.getString(3) + "}");
                    String note = rows.getString(4);
                    if (note != null) {
                        lines.add(start + ",\"checkpoint\":" + quoted(note) + "}");
                    }
                }
            }
        }
        return lines;
    }

    /** A note holds nothing else that JSON would escape. */
    private static String quoted(String note) {
        return "\"" + note.replace("\n", "\\n") + "\"";
    }

    @Override
    public String key(Permit permit) {
        permit.requireFor(Action.READ_AUDIT);
        return key.verifier();
    }

    private <T> T read(Permit permit, Jdbc.Work<T> reading) {
        permit.requireFor(Action.READ_AUDIT);
        return database.transaction(RowIdentity.of(permit.caller()), entities -> Jdbc.call(entities, reading));
    }
}
