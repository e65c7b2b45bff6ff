package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.LogKey;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody who rules the database changes one thing in a log that holds; three records lie between checkpoints. */
class AuditIntervalTest {
    private static final LogKey KEY = LogKey.of(AuditBodies.TENANT, new byte[32]);
    private static TestDatabase database;
    private static Database application;

    private final TestChain log = new TestChain(database, KEY);

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        application = database.asApplication();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void nine_records_between_four_ends() throws SQLException {
        log.empty();
        ChainGrowth growth = new ChainGrowth(application, KEY, Clock.systemUTC(), Optional.empty());
        for (int i = 0; i < 3; i++) {
            AuditBodies.add(database, 3);
            growth.round(true);
        }
        assertEquals(
                List.of(3L, 6L, 9L),
                log.checkpoints().stream().map(Checkpoint::size).toList());
        assertEquals(List.of(), faults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "update audit_record set body = replace(body::text, 'done', 'gone')::json where id = (select record from"
                        + " audit_seal where seq = 5) # [4-6 record_changed]",
                "update audit_record set body = (replace(body::text, 'i1', 'i2'))::json where id ="
                        + " (select record from audit_seal where seq = 5) # [4-6 record_changed]",
                "delete from audit_record where id = (select record from audit_seal where seq = 5) # [4-6 record_missing]",
                "delete from audit_seal where seq = 5 # [4-6 seal_missing]",
                "delete from audit_seal where seq = 4 # [4-6 seal_missing]",
                "delete from audit_seal where seq = 9 # [7-9 seal_missing]",
                "update audit_seal set leaf = sha256('') where seq = 5 # [4-6 record_changed]",
                "update audit_seal set chain = sha256('') where seq = 5 # [4-6 seal_changed]",
                "update audit_seal set record = gen_random_uuid() where seq = 5 # [4-6 record_missing]",
                "update audit_checkpoint set note = replace(note, ' ', '  ') where size = 6"
                        + " # [4-6 checkpoint_changed, 7-9 checkpoint_changed]",
                "update audit_checkpoint set at = at + interval '1 us' where size = 6"
                        + " # [4-6 checkpoint_changed, 7-9 checkpoint_changed]",
                "update audit_checkpoint set frontier = reverse(frontier) where size = 3"
                        + " # [1-3 checkpoint_changed, 4-6 checkpoint_changed]",
                "update audit_checkpoint set note = (select note from audit_checkpoint where size = 3) where size = 6"
                        + " # [4-6 checkpoint_changed, 7-9 checkpoint_changed]",
                "delete from audit_checkpoint where size = 6 # []",
            })
    void a_change_is_found_where_it_is(String tampering, String faults) throws SQLException {
        log.tamper(tampering.replace("reverse(frontier)", "substr(frontier, 33) || substr(frontier, 1, 32)"));
        assertEquals(faults, faults().toString());
    }

    /** Everything but the signature can be made anew by whoever knows how. */
    @Test
    void a_record_that_was_changed_with_all_that_follows_from_it_is_found_by_the_signature() throws SQLException {
        log.tamper(
                "alter table audit_record drop constraint audit_record_is_one",
                "update audit_record set body = replace(body::text, 'done', 'gone')::json"
                        + " where id = (select record from audit_seal where seq = 5)",
                "update audit_seal s set leaf = sha256('\\x00'::bytea || convert_to(r.body::text, 'UTF8'))"
                        + " from audit_record r where r.id = s.record",
                "do $$ declare c bytea := decode(repeat('00', 32), 'hex'); s record; begin"
                        + " for s in select * from audit_seal order by seq loop"
                        + " c := sha256('\\x02'::bytea || c || s.leaf);"
                        + " update audit_seal set chain = c where seq = s.seq; end loop; end $$",
                "alter table audit_record add constraint audit_record_is_one check (audit_record_is_one(id, body))");
        assertEquals("[4-6 rewritten, 7-9 seal_changed]", faults().toString());
    }

    @Test
    void a_checkpoint_of_another_key_does_not_help() throws SQLException {
        LogKey other = LogKey.of(AuditBodies.TENANT, "0123456789abcdef0123456789abcdef".getBytes());
        ChainState state = read(connection ->
                new ChainTables(connection).checkpointFrom(6).orElseThrow().signed(KEY));
        String note = Checkpoint.sign(other, state.tree(), state.chain(), Instant.now())
                .note();
        log.tamper("update audit_checkpoint set note = '" + note + "' where size = 6");
        assertEquals("[4-6 checkpoint_changed, 7-9 checkpoint_changed]", faults().toString());
    }

    @Test
    void what_is_not_signed_yet_is_held_against_the_chain() throws SQLException {
        AuditBodies.add(database, 2);
        new ChainGrowth(application, KEY, Clock.systemUTC(), Optional.empty()).round(false);
        assertEquals(11, log.sealed());
        assertEquals(List.of(), faults());
        log.tamper("update audit_seal set chain = sha256('') where seq = 11");
        assertEquals("[10-11 seal_changed]", faults().toString());
    }

    /** Of each stretch between checkpoints, as whoever looks for a record in it. */
    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        long size = log.sealed() + (log.sealed() == 8 ? 1 : 0);
        for (long seq = 1; seq <= size; ) {
            long from = seq;
            AuditInterval interval = interval(seq, size);
            fault(interval).ifPresent(fault -> faults.add(from + "-" + interval.end() + " " + fault));
            seq = interval.end() + 1;
        }
        return faults;
    }

    private static AuditInterval interval(long seq, long size) {
        return read(connection -> AuditInterval.around(connection, seq, size));
    }

    private static Optional<String> fault(AuditInterval interval) {
        return read(connection -> interval.fault(connection, KEY));
    }

    private static <T> T read(Jdbc.Work<T> work) {
        return application.transaction(RowIdentity.system(), entities -> Jdbc.call(entities, work));
    }
}
