package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * mvn -B -ntp verify -Dit.test=CrashIT -Dtest=JournalTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dfailsafe.failIfNoSpecifiedTests=false -Dcrash.server=200 -Dcrash.database=50
 * }</pre>
 */
class CrashIT {
    private static final int SERVER_KILLS = Integer.getInteger("crash.server", 2);
    private static final int DATABASE_KILLS = Integer.getInteger("crash.database", 3);
    private static final long SEED = Long.getLong("crash.seed", 20_261_126L);
    private static final int CLIENTS = 32;

    /** How long the server may take to find a database that is back. */
    private static final double SECONDS_TO_RECOVER = 5;

    private static LocalStack stack;

    private final Random random = new Random(SEED);
    private final WritingClients clients = new WritingClients(stack, CLIENTS, SEED);

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
        clients.writeDuring(() -> {
            for (int kill = 0; kill < SERVER_KILLS; kill++) {
                letWrite();
                stack.server().kill();
                stack.startServer();
                stack.awaitReady();
                clients.awaitRecovery();
            }
            letWrite();
        });

        clients.assertTruthful(SERVER_KILLS + " kills of the server");
    }

    @Test
    void a_database_that_is_killed_loses_nothing_and_is_found_again_without_a_restart() throws Exception {
        long server = stack.server().handle().pid();

        clients.writeDuring(() -> {
            for (int kill = 0; kill < DATABASE_KILLS; kill++) {
                letWrite();
                stack.database().kill();
                clients.awaitRefused(1);
                pause(random.nextInt(1000));
                stack.restartDatabase();
                clients.awaitRecovery();
            }
            letWrite();
        });

        clients.assertTruthful(DATABASE_KILLS + " kills of the database");
        assertEquals(server, stack.server().handle().pid());
        assertTrue(stack.server().alive());
        assertTrue(
                clients.recoveries().stream().allMatch(seconds -> seconds <= SECONDS_TO_RECOVER),
                clients.recoveries().toString());
    }

    /** A moment of undisturbed writing, never the same. */
    private void letWrite() throws InterruptedException {
        clients.awaitAcknowledged(CLIENTS);
        pause(500 + random.nextInt(1500));
    }

    private static void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
