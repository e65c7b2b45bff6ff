package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * 32 clients write without a pause while the server, or its database, is killed again and again, and each keeps a
 * journal. In the end the rows are held against the journals: nothing that was acknowledged is lost, nothing is there
 * twice, and what nobody answered for was done or not, but not by half. In full, with 200 kills of the server and 50 of
 * the database, which takes most of an hour:
 *
 * <pre>{@code
 * mvn -B -ntp verify -Dit.test=CrashIT -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dfailsafe.failIfNoSpecifiedTests=false -Dcrash.server=200 -Dcrash.database=50
 * }</pre>
 */
class CrashIT {
    private static final int SERVER_KILLS = Integer.getInteger("crash.server", 3);
    private static final int DATABASE_KILLS = Integer.getInteger("crash.database", 3);
    private static final long SEED = Long.getLong("crash.seed", 20_261_126L);
    private static final int CLIENTS = 32;
    private static final int MOST_SHOWN = 20;

    /** How long the server may take to find a database that is back. */
    private static final double SECONDS_TO_RECOVER = 5;

    private static final long MILLIS_TO_WRITE = 60_000;

    private static LocalStack stack;

    private final Random random = new Random(SEED);
    private final WritingClient.Progress progress = new WritingClient.Progress();
    private final List<WritingClient> clients = new ArrayList<>();
    private final List<Double> recoveries = new ArrayList<>();

    @BeforeAll
    static void a_stack_to_break() {
        stack = Running.another("crash");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void a_server_that_is_killed_loses_nothing_and_does_nothing_twice() throws Exception {
        whileClientsWrite(() -> {
            for (int kill = 0; kill < SERVER_KILLS; kill++) {
                awaitWrites();
                stack.server().kill();
                stack.startServer();
                stack.awaitReady();
                awaitWrites(System.nanoTime());
            }
        });
        assertTruthful("server", SERVER_KILLS);
    }

    @Test
    void a_database_that_is_killed_loses_nothing_and_is_found_again_without_a_restart() throws Exception {
        long server = stack.server().handle().pid();
        whileClientsWrite(() -> {
            for (int kill = 0; kill < DATABASE_KILLS; kill++) {
                awaitWrites();
                stack.database().kill();
                pause(random.nextInt(1000));
                stack.restartDatabase();
                awaitWrites(System.nanoTime());
            }
        });
        assertEquals(server, stack.server().handle().pid());
        assertTrue(stack.server().alive());
        assertTruthful("database", DATABASE_KILLS);
        assertTrue(
                recoveries.stream().allMatch(seconds -> seconds <= SECONDS_TO_RECOVER),
                "Seconds until somebody could write again: " + recoveries);
    }

    private interface Breaking {
        void run() throws InterruptedException;
    }

    private void whileClientsWrite(Breaking breaking) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                WritingClient client = new WritingClient(stack, progress, SEED + i);
                clients.add(client);
                running.add(threads.submit(client));
            }
            try {
                breaking.run();
                awaitWrites();
            } finally {
                clients.forEach(WritingClient::stop);
            }
            for (Future<?> client : running) {
                client.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A moment of undisturbed writing, never the same. */
    private void awaitWrites() throws InterruptedException {
        awaitAcknowledged(CLIENTS);
        pause(500 + random.nextInt(1500));
    }

    /** Returns when somebody has written again, and notes how long that took. */
    private void awaitWrites(long since) throws InterruptedException {
        awaitAcknowledged(1);
        recoveries.add(Math.max(0, (progress.lastAcknowledged() - since) / 1e9));
    }

    private void awaitAcknowledged(long more) throws InterruptedException {
        long wanted = progress.acknowledged() + more;
        for (int waited = 0; progress.acknowledged() < wanted; waited += 5) {
            assertTrue(waited < MILLIS_TO_WRITE && complaints().isEmpty(), () -> "Nobody can write: " + complaints());
            pause(5);
        }
    }

    private static void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    private void assertTruthful(String killed, int kills) {
        Rows rows = new Rows(stack);
        List<String> contradictions = new ArrayList<>();
        long made = 0;
        boolean audited = audited(rows);
        for (WritingClient client : clients) {
            List<String> theirs = rows.find(Journal.query(client.owner));
            contradictions.addAll(client.journal.contradictions(theirs));
            made += client.journal.madeUnanswered(theirs);
            if (audited) {
                assertEquals(client.journal.effects(theirs), records(rows, client.owner), client.owner);
            }
        }
        System.out.printf(
                "%d kills of the %s: %d writes acknowledged, %d lost, doubled or altered; %d not answered for, of which"
                        + " %d were made; %d connections refused, %d broken, %d answers of 503; seconds until the next"
                        + " write: %.2f at most, %.2f at the median%n",
                kills,
                killed,
                sum(client -> client.journal.acknowledged()),
                contradictions.size(),
                sum(client -> client.journal.unanswered()),
                made,
                sum(WritingClient::refusedConnections),
                sum(WritingClient::brokenConnections),
                sum(WritingClient::unavailable),
                recoveries.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                recoveries.stream()
                        .sorted()
                        .skip(recoveries.size() / 2)
                        .findFirst()
                        .orElse(0.0));
        assertEquals(List.of(), contradictions.stream().limit(MOST_SHOWN).toList());
        assertEquals(List.of(), complaints());
    }

    private List<String> complaints() {
        return clients.stream()
                .flatMap(client -> client.complaints.stream())
                .limit(MOST_SHOWN)
                .toList();
    }

    private long sum(ToLongFunction<WritingClient> figure) {
        return clients.stream().mapToLong(figure).sum();
    }

    private static boolean audited(Rows rows) {
        return rows.find("select to_regclass('public.audit_record') is not null")
                .contains("t");
    }

    /** How many effects the audit log holds of each of a person's orders, by its number. */
    private static Map<Long, Long> records(Rows rows, String owner) {
        return rows
                .find("select substr(resource, 5) || '=' || count(*) from audit_record where user_id = '" + owner
                        + "' and body ->> 'outcome' = 'done' and body ->> 'action' in ('create-order', 'update-order',"
                        + " 'delete-order') group by resource")
                .stream()
                .map(record -> record.split("="))
                .collect(Collectors.toMap(
                        record -> Long.valueOf(record[0]), record -> Long.valueOf(record[1]), Long::sum, TreeMap::new));
    }
}
