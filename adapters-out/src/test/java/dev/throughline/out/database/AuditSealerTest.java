package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.CheckpointFile;
import dev.throughline.out.audit.LogKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sealer on a database of its own: there is one chain in it. */
class AuditSealerTest {
    private static final LogKey KEY = LogKey.of(AuditBodies.TENANT, new byte[32]);
    private static TestDatabase database;
    private static Database application;

    @TempDir
    private Path folder;

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
    void empty() throws SQLException {
        log.empty();
        // The first transaction of all makes the persistence provider ready.
        growth().round(false);
    }

    @Test
    void records_are_sealed_within_a_second_and_signed_when_the_sealer_stops() throws Exception {
        try (AuditSealer sealer = sealer("one")) {
            long begun = System.nanoTime();
            AuditBodies.add(database, 3);
            await(() -> log.sealed() == 3);
            assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(1));
            await(() -> sealer.lag().toMillis() < 1000);
            assertTrue(sealer.holds());
            AuditBodies.add(database, 2);
        }
        assertEquals(5, log.sealed());
        assertEquals(5, lastCheckpoint().size());
        log.requireWhole();
    }

    @Test
    void the_lag_stays_below_a_second_while_records_come_in() throws Exception {
        try (AuditSealer sealer = sealer("one")) {
            long worst = 0;
            for (int i = 0; i < 50; i++) {
                AuditBodies.add(database, 20);
                worst = Math.max(worst, sealer.lag().toMillis());
                Thread.sleep(20);
            }
            assertTrue(worst < 1000, worst + " ms");
            await(() -> log.sealed() == 1000);
        }
        log.requireWhole();
    }

    @Test
    void several_sealers_make_one_chain() throws Exception {
        List<AuditSealer> sealers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sealers.add(sealer("instance-" + i));
        }
        for (int i = 0; i < 30; i++) {
            AuditBodies.add(database, 100);
            sealers.get(i % 3).sealNow();
        }
        sealers.forEach(AuditSealer::close);

        assertTrue(sealers.stream().allMatch(AuditSealer::holds));
        assertEquals(3000, log.sealed());
        assertEquals(3000, lastCheckpoint().size());
        log.requireWhole();
    }

    @Test
    void there_is_a_checkpoint_in_two_thousand_records_and_in_ten_seconds() throws SQLException {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-26T12:00:00Z"));
        ChainGrowth growth = new ChainGrowth(application, KEY, clock, Optional.empty());
        AuditBodies.add(database, 4_100);
        growUntilDone(growth);
        assertEquals(List.of(2000L, 4000L), sizes());

        clock.set(clock.instant().plusSeconds(8));
        growth.round(false);
        assertEquals(2, log.checkpoints().size());
        clock.set(clock.instant().plusSeconds(2));
        growth.round(false);
        assertEquals(List.of(2000L, 4000L, 4100L), sizes());

        // Where there is nothing new, there is nothing to sign.
        clock.set(clock.instant().plusSeconds(20));
        growth.round(true);
        assertEquals(3, log.checkpoints().size());
        log.requireWhole();
    }

    @Test
    void another_instances_clock_that_is_ahead_does_not_hold_checkpoints_up() throws SQLException {
        AuditBodies.add(database, 1);
        growUntilDone(new ChainGrowth(
                application, KEY, Clock.fixed(Instant.now().plusSeconds(3600), ZoneOffset.UTC), Optional.empty()));
        AuditBodies.add(database, 1);
        growUntilDone(growth());
        assertEquals(List.of(1L, 2L), sizes());
    }

    @Test
    void what_a_sealer_that_died_has_sealed_is_gone_on_from() throws SQLException {
        AuditBodies.add(database, 700);
        ChainGrowth first = growth();
        first.round(false);
        assertEquals(500, log.sealed());
        ChainGrowth second = growth();
        growUntilDone(second);
        AuditBodies.add(database, 10);
        growUntilDone(first);
        growUntilDone(growth());

        assertEquals(710, log.sealed());
        log.requireWhole();
    }

    @Test
    void a_transaction_that_does_not_come_to_its_end_leaves_nothing() throws SQLException {
        AuditBodies.add(database, 5);
        ChainGrowth growth = growth();
        Database dying = new Database(new Transactions() {
            @Override
            public <T> T call(RowIdentity identity, Function<jakarta.persistence.EntityManager, T> work) {
                return application.transaction(identity, entities -> {
                    work.apply(entities);
                    throw new IllegalStateException("killed");
                });
            }
        });
        ChainGrowth killed = new ChainGrowth(dying, KEY, Clock.systemUTC(), Optional.empty());
        assertThrows(IllegalStateException.class, () -> killed.round(true));
        assertEquals(0, log.sealed());
        assertEquals(5, log.waiting());
        growUntilDone(growth);
        assertEquals(5, log.sealed());
        log.requireWhole();
    }

    @Test
    void a_transaction_whose_end_was_not_heard_of_is_found_done() throws SQLException {
        AuditBodies.add(database, 5);
        boolean[] deaf = {true};
        Database deafened = new Database(new Transactions() {
            @Override
            public <T> T call(RowIdentity identity, Function<jakarta.persistence.EntityManager, T> work) {
                T result = application.transaction(identity, work);
                if (deaf[0]) {
                    throw new IllegalStateException("the line is dead");
                }
                return result;
            }
        });
        ChainGrowth growth = new ChainGrowth(deafened, KEY, Clock.systemUTC(), Optional.empty());
        assertThrows(IllegalStateException.class, () -> growth.round(true));
        assertEquals(5, log.sealed());
        deaf[0] = false;
        AuditBodies.add(database, 5);
        growUntilDone(growth);
        assertEquals(10, log.sealed());
        log.requireWhole();
    }

    @Test
    void records_of_a_transaction_that_takes_its_time_are_sealed_when_it_has_committed() throws SQLException {
        UUID early = AuditBodies.id();
        try (Connection slow = database.connectAs(RowIdentity.system())) {
            AuditBodies.insert(slow, early, AuditBodies.body(early, AuditBodies.TENANT, Optional.empty(), ""));
            AuditBodies.add(database, 2);
            growUntilDone(growth());
            assertEquals(2, log.sealed());
            slow.commit();
        }
        growUntilDone(growth());
        assertEquals(3, log.sealed());
        log.requireWhole();
    }

    @Test
    void every_checkpoint_is_outside_too() throws Exception {
        try (AuditSealer sealer = sealer("one")) {
            AuditBodies.add(database, 1);
            sealer.sealNow();
            AuditBodies.add(database, 1);
            sealer.sealNow();
        }
        StringBuilder notes = new StringBuilder();
        log.checkpoints().forEach(checkpoint -> notes.append(checkpoint.note()));
        assertEquals(notes.toString(), Files.readString(folder.resolve("one")));
        assertEquals(lastCheckpoint().note(), file("one").last().orElseThrow());
    }

    @Test
    void a_file_that_cannot_be_written_does_not_keep_records_from_being_sealed() throws Exception {
        Files.createDirectory(folder.resolve("two"));
        try (AuditSealer sealer = sealer("two/one")) {
            Files.createDirectory(folder.resolve("two/one"));
            AuditBodies.add(database, 1);
            sealer.sealNow();
            assertEquals(1, log.sealed());
            assertTrue(sealer.holds());
            Files.delete(folder.resolve("two/one"));
        }
        assertEquals(lastCheckpoint().note(), file("two/one").last().orElseThrow());
    }

    @Test
    void a_database_that_is_away_is_waited_for() throws Exception {
        boolean[] away = {true};
        Database nowhere = database.away();
        Database moody = new Database(new Transactions() {
            @Override
            public <T> T call(RowIdentity identity, Function<jakarta.persistence.EntityManager, T> work) {
                return (away[0] ? nowhere : application).transaction(identity, work);
            }
        });
        AuditBodies.add(database, 3);
        try (AuditSealer sealer = sealer(moody, "one")) {
            await(() -> sealer.lag().toMillis() > 1000);
            assertEquals(0, log.sealed());
            assertTrue(sealer.holds());
            away[0] = false;
            await(() -> log.sealed() == 3 && sealer.lag().toMillis() < 1000);
        }
        log.requireWhole();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete from audit_seal where seq > 3 | rolled_back seq=5",
                "delete from audit_seal where seq = 5 | rolled_back seq=5",
                "truncate audit_seal, audit_checkpoint | rolled_back seq=5",
                "update audit_seal set chain = sha256('') where seq = 5 | rewritten seq=5",
            })
    void a_chain_that_is_not_the_one_that_was_sealed_is_not_gone_on_with(String tampering, String reason)
            throws SQLException {
        AuditBodies.add(database, 5);
        ChainGrowth knows = growth();
        growUntilDone(knows);
        AuditBodies.add(database, 1);
        log.tamper(tampering);
        long before = log.sealed();

        BrokenChainException broken = assertThrows(BrokenChainException.class, () -> knows.round(true));

        assertEquals(reason, broken.getMessage());
        assertEquals(before, log.sealed());
        assertEquals(1, log.waiting());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "update audit_checkpoint set note = replace(note, 'chain', 'chain ') # checkpoint_changed seq=5",
                "update audit_checkpoint set at = at + interval '1 s' # checkpoint_changed seq=5",
                "update audit_checkpoint set size = 4 # checkpoint_changed seq=4",
                "update audit_checkpoint set frontier = sha256('') || sha256('') # checkpoint_changed seq=5",
                "update audit_checkpoint set frontier = sha256('') # checkpoint_changed seq=5",
                "delete from audit_seal where seq = 6 # seal_missing seq=6",
                "update audit_seal set leaf = sha256('') where seq = 7 # seal_changed seq=7",
                "delete from audit_record; # record_missing seq=8",
            })
    void nor_is_one_that_a_new_instance_finds_broken(String tampering, String reason) throws SQLException {
        AuditBodies.add(database, 5);
        growUntilDone(growth());
        AuditBodies.add(database, 2);
        growUntilDone(growth());
        assertEquals(List.of(5L), sizes());
        AuditBodies.add(database, 1);
        log.tamper(tampering);
        long before = log.sealed();

        BrokenChainException broken = assertThrows(BrokenChainException.class, () -> growth().round(true));

        assertEquals(reason, broken.getMessage());
        assertEquals(before, log.sealed());
    }

    @Test
    void a_database_of_yesterday_is_noticed_by_the_checkpoint_outside() throws Exception {
        AuditBodies.add(database, 5);
        try (AuditSealer sealer = sealer("one")) {
            sealer.sealNow();
        }
        log.tamper(
                "delete from audit_seal where seq > 3",
                "truncate audit_checkpoint",
                "delete from audit_record where id not in (select record from audit_seal)");
        AuditBodies.add(database, 1);
        try (AuditSealer unaware = sealer("another");
                AuditSealer sealer = sealer("one")) {
            await(() -> !sealer.holds());
            assertTrue(unaware.holds());
        }
    }

    @Test
    void a_sealer_that_found_the_chain_broken_goes_on_when_it_is_whole_again() throws Exception {
        AuditBodies.add(database, 2);
        ChainGrowth growth = growth();
        growUntilDone(growth);
        log.tamper("update audit_seal set chain = sha256(chain) where seq = 1");
        growth.round(true);
        log.tamper("update audit_seal set chain = decode('" + "00".repeat(32) + "', 'hex') where seq = 2");
        assertThrows(BrokenChainException.class, () -> growth.round(true));
        log.tamper("update audit_seal set chain = sha256('\\x02'::bytea || sha256('\\x02'::bytea || decode('"
                + "00".repeat(32) + "', 'hex') || (select leaf from audit_seal where seq = 1)) || leaf) where seq = 2");
        AuditBodies.add(database, 1);
        growUntilDone(growth);
        assertEquals(3, log.sealed());
    }

    @Test
    void a_file_of_another_log_stops_the_start() throws IOException {
        LogKey other = LogKey.of(AuditBodies.TENANT, Arrays.copyOf(new byte[] {1}, 32));
        file("one").append(Checkpoint.sign(other, ChainState.START.tree(), ChainState.START.chain(), Instant.now()));
        Files.writeString(folder.resolve("two"), "root:x:0:0:root:/root:/bin/sh\n");
        assertThrows(IllegalArgumentException.class, () -> sealer("one"));
        assertThrows(IllegalArgumentException.class, () -> sealer("two"));
        assertEquals("root:x:0:0:root:/root:/bin/sh\n", Files.readString(folder.resolve("two")));
    }

    /** What is read of it each time is its end. Fifty times the log would cost much more than three times as much. */
    @Test
    void sealing_does_not_slow_down_as_the_log_grows() throws SQLException {
        ChainGrowth growth = growth();
        AuditBodies.add(database, 2_000);
        growUntilDone(growth);
        long small = nanosToSeal(growth, 1_000);
        for (int i = 0; i < 24; i++) {
            AuditBodies.add(database, 2_000);
            growUntilDone(growth);
        }
        long large = nanosToSeal(growth, 1_000);
        assertEquals(52_000, log.sealed());
        assertTrue(large < 3 * small, small / 1_000_000 + " ms, later " + large / 1_000_000 + " ms");
    }

    private static long nanosToSeal(ChainGrowth growth, int records) throws SQLException {
        AuditBodies.add(database, records);
        long begun = System.nanoTime();
        growUntilDone(growth);
        return System.nanoTime() - begun;
    }

    private static ChainGrowth growth() {
        return new ChainGrowth(application, KEY, Clock.systemUTC(), Optional.empty());
    }

    private static void growUntilDone(ChainGrowth growth) {
        while (growth.round(false).more()) {
            // More of it.
        }
    }

    private List<Long> sizes() throws SQLException {
        return log.checkpoints().stream().map(Checkpoint::size).toList();
    }

    private Checkpoint lastCheckpoint() throws SQLException {
        List<Checkpoint> checkpoints = log.checkpoints();
        return checkpoints.get(checkpoints.size() - 1);
    }

    private AuditSealer sealer(String name) {
        return sealer(application, name);
    }

    private AuditSealer sealer(Database over, String name) {
        AuditSealer sealer = new AuditSealer(over, KEY, file(name), Clock.systemUTC(), Thread::new);
        sealer.start();
        return sealer;
    }

    private CheckpointFile file(String name) {
        return new CheckpointFile(folder.resolve(name));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "It takes too long");
            Thread.sleep(10);
        }
    }
}
