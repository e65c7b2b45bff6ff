package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Role;
import dev.throughline.access.User;
import dev.throughline.order.CustomerName;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import dev.throughline.out.People;
import dev.throughline.out.audit.AuditForm;
import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.CheckpointFile;
import dev.throughline.out.audit.LogKey;
import dev.throughline.trail.AuditQuery;
import dev.throughline.trail.AuditRecord;
import dev.throughline.trail.AuditVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log in its tables: what is written, chained and signed for, and what can be done to it. */
class AuditLogTest {
    private static final AuditQuery ALL =
            new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static TestDatabase database;

    @TempDir
    private Path folder;

    private final User ada = People.someone(People.someTenant(), Role.ADMIN);
    private final Permit reading = People.permit(ada, Action.READ_AUDIT);
    private final LogKey key = new LogKey("throughline-audit/" + ada.tenant(), new byte[32]);
    private final List<JpaAuditLog> logs = new ArrayList<>();
    private JpaAuditLog log;
    private JpaAuditRecords records;

    @BeforeAll
    static void startDatabase() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    /** What one test does to the log the next must not meet. */
    @BeforeEach
    void start() throws SQLException {
        chain().empty();
        change("delete from orders");
        log = log();
        records = new JpaAuditRecords(database.asApplication(), log, key);
    }

    @AfterEach
    void stop() {
        logs.forEach(JpaAuditLog::close);
    }

    private TestChain chain() {
        return new TestChain(database, key);
    }

    private JpaAuditLog log() {
        JpaAuditLog made = new JpaAuditLog(
                database.asApplication(),
                new AuditTable(new AuditForm("one", Clock.systemUTC())),
                key,
                new CheckpointFile(folder.resolve("checkpoints.txt")),
                Clock.systemUTC(),
                Thread::new);
        logs.add(made);
        made.start();
        return made;
    }

    @Test
    void what_is_recorded_is_there_and_gets_its_place_within_a_second() throws Exception {
        log.record(entry("done"));
        log.recordSoon(entry("listed"));
        Thread.sleep(1_000);

        List<AuditRecord> found =
                records.page(reading, ALL, Optional.empty(), 20).items();
        assertEquals(2, found.size());
        assertTrue(found.stream().allMatch(record -> record.seq().isPresent()), found.toString());
        assertTrue(log.lag().isZero(), log.lag().toString());
        assertTrue(log.holds());
    }

    @Test
    void what_has_no_place_yet_is_shown_without_one() throws SQLException {
        UUID id = AuditBodies.id();
        String body = AuditBodies.body(id, ada.tenant(), Optional.empty(), "");
        change("insert into audit_record (id, body) values ('" + id + "', '" + body + "'); delete from audit_unsealed");

        AuditRecord only =
                records.page(reading, ALL, Optional.empty(), 20).items().get(0);
        assertTrue(only.seq().isEmpty(), only.toString());
        AuditVerdict verdict = records.verify(reading, ALL);
        assertEquals(List.of(1, 0), List.of(verdict.records(), verdict.sealed()));
    }

    @Test
    void an_orderly_stop_loses_nothing_and_signs_for_all() throws Exception {
        for (int i = 0; i < 100; i++) {
            log.recordSoon(entry("done"));
        }
        log.close();

        assertEquals(List.of("100", "100", "0"), counts());
        String last = lastNote();
        assertEquals("100", last.split("\n")[1]);
        assertTrue(Checkpoint.open(key, last).isPresent());
        assertTrue(Files.readString(folder.resolve("checkpoints.txt")).endsWith(last));
    }

    @Test
    void two_instances_make_one_chain() throws Exception {
        JpaAuditLog other = log();
        List<Thread> writers = new ArrayList<>();
        for (JpaAuditLog one : List.of(log, other)) {
            Thread writer = new Thread(() -> {
                for (int i = 0; i < 1_500; i++) {
                    one.recordSoon(entry("done"));
                }
            });
            writer.start();
            writers.add(writer);
        }
        for (Thread writer : writers) {
            writer.join();
        }
        log.sealNow();
        other.sealNow();

        assertEquals(List.of("3000", "3000", "0"), counts());
        AuditVerdict verdict = records.verify(reading, ALL);
        assertEquals(Optional.empty(), verdict.fault());
        assertEquals(3_000, verdict.size());
        assertEquals(3_000, verdict.checkpoint().orElseThrow().size());
    }

    @Test
    void the_export_begins_and_ends_with_what_was_signed() throws IOException {
        for (int i = 0; i < 25; i++) {
            log.record(entry("done"));
        }
        List<String> lines = new ArrayList<>();
        records.export(reading).writeTo(lines::add);

        String note = lines.get(0).substring("{\"log\":\"throughline-audit-1\",\"checkpoint\":".length());
        assertTrue(lines.get(lines.size() - 1).endsWith(",\"checkpoint\":" + note), lines.get(lines.size() - 1));
        assertEquals(
                25, lines.stream().filter(line -> line.contains("\"record\":{")).count());
        assertTrue(lines.get(1).matches("\\{\"seq\":\\d+,.*"), lines.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "record_changed, update audit_record set body = replace(body::text; chr(100) || chr(111) || chr(110) || chr(101); chr(103))::json"
                + " where id = (select record from audit_seal where seq = 5)",
        "record_missing, delete from audit_record where id = (select record from audit_seal where seq = 5)",
        "seal_changed, update audit_seal set chain = sha256(chain) where seq = 5",
        "record_changed, update audit_seal set leaf = sha256(leaf) where seq = 5",
        "seal_missing, delete from audit_seal where seq = 5",
        "checkpoint_changed, update audit_checkpoint set frontier = substr(frontier || frontier; 2; length(frontier))"
                + " where size >= 10",
        "checkpoint_changed, update audit_checkpoint set note = replace(note; chr(97) || chr(116) || chr(32) || chr(50); chr(97) || chr(116) || chr(32) || chr(49))"
                + " where size >= 10",
    })
    void what_the_administrator_of_the_database_changes_is_found(String reason, String tampering) throws SQLException {
        for (int i = 0; i < 10; i++) {
            log.record(entry("done"));
        }
        assertEquals(Optional.empty(), records.verify(reading, ALL).fault());

        chain().tamper(tampering.replace(';', ','));

        assertEquals(Optional.of(reason), records.verify(reading, ALL).fault());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_record set body = body",
                "delete from audit_record",
                "truncate audit_record",
                "update audit_seal set chain = chain",
                "delete from audit_seal",
                "truncate audit_seal",
                "update audit_checkpoint set note = note",
                "delete from audit_checkpoint",
                "truncate audit_checkpoint"
            })
    void nobody_changes_or_removes_anything_neither_the_application_nor_the_owner(String statement)
            throws SQLException {
        log.record(entry("done"));
        log.sealNow();
        List<String> before = counts();

        try (Connection application = database.connectAs(RowIdentity.system());
                Statement trying = application.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> trying.execute(statement));
            assertTrue(refused.getMessage().contains("permission denied"), refused.getMessage());
        }
        try (Connection superuser = database.postgres().superuser();
                Statement trying = superuser.createStatement()) {
            trying.execute("set role throughline_owner");
            SQLException refused = assertThrows(SQLException.class, () -> trying.execute(statement));
            assertTrue(refused.getMessage().contains("only ever added to"), refused.getMessage());
        }
        assertEquals(before, counts());
    }

    @Test
    void nobody_records_in_somebody_elses_name() throws SQLException {
        UUID id = AuditBodies.id();
        User vic = People.someone(ada.tenant());
        String insert = "insert into audit_record (id, body) values ('" + id + "', '"
                + AuditBodies.body(id, vic.tenant(), Optional.of(vic.id()), "") + "')";

        for (RowIdentity other : List.of(RowIdentity.of(ada), RowIdentity.of(People.someone(People.someTenant())))) {
            try (Connection connection = database.connectAs(other);
                    Statement statement = connection.createStatement()) {
                SQLException refused = assertThrows(SQLException.class, () -> statement.execute(insert));
                assertTrue(refused.getMessage().contains("row-level security"), refused.getMessage());
            }
        }
        try (Connection connection = database.connectAs(RowIdentity.of(vic));
                Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate(insert));
        }
    }

    @Test
    void only_an_administrator_of_the_tenant_sees_records() throws SQLException {
        log.record(entry("done"));
        User elsewhere = People.someone(People.someTenant(), Role.ADMIN);

        assertEquals(1, seen(RowIdentity.of(reading.caller())));
        assertEquals(0, seen(RowIdentity.of(ada)));
        assertEquals(0, seen(RowIdentity.of(People.person(People.as(Role.PM, ada)))));
        assertEquals(0, seen(RowIdentity.of(People.person(elsewhere))));
    }

    @Test
    void a_change_that_cannot_be_recorded_is_not_made() throws SQLException {
        JpaOrders orders = new JpaOrders(database.asApplication(), TestDatabase.audit(), Clock.systemUTC());
        Permit permit = People.permit(ada, Action.CREATE_ORDER);
        NewOrder lamp = new NewOrder(new CustomerName("Zoe"), new Product("Lamp"), new Quantity(1));
        change("revoke insert (id, body) on audit_record from throughline_app");

        assertThrows(RuntimeException.class, () -> orders.add(permit, lamp));
        assertThrows(RuntimeException.class, () -> log.record(entry("done")));
        assertEquals("0", one("select count(*) from orders"));

        change("grant insert (id, body) on audit_record to throughline_app");
        orders.add(permit, lamp);
        assertEquals("1", one("select count(*) from orders"));
        assertEquals("1", one("select count(*) from audit_record where resource is not null"));
    }

    @Test
    void records_are_found_by_what_they_are_about_a_page_at_a_time() {
        for (int i = 0; i < 5; i++) {
            log.record(entry("done").about("ORD-00" + i % 2, i));
        }
        AuditQuery order = new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.of("ORD-000"), Optional.empty(), Optional.empty());

        var first = records.page(reading, order, Optional.empty(), 2);
        var second = records.page(reading, order, first.next(), 2);
        assertEquals(2, first.items().size());
        assertEquals(1, second.items().size());
        assertEquals(Optional.empty(), second.next());
        assertTrue(first.items().get(0).body().contains("\"version\":4"));
        assertTrue(second.items().get(0).body().contains("\"version\":0"));
        assertFalse(first.items().get(1).body().contains("ORD-001"));
    }

    private AuditEntry entry(String outcome) {
        return AuditEntry.of(reading.caller(), Action.READ_ORDER, reading, outcome);
    }

    private int seen(RowIdentity identity) throws SQLException {
        try (Connection connection = database.connectAs(identity);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from audit_record")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static List<String> counts() throws SQLException {
        return List.of(
                one("select count(*) from audit_record"),
                one("select count(*) from audit_seal"),
                one("select count(*) from audit_unsealed"));
    }

    private static String lastNote() throws SQLException {
        return one("select note from audit_checkpoint order by size desc limit 1");
    }

    private static void change(String sql) throws SQLException {
        try (Connection connection = database.postgres().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(String sql) throws SQLException {
        try (Connection connection = database.postgres().superuser();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
