package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The database's disk is full: who writes is told to wait, nothing is half-done, and when there is room again all goes
 * on. It needs a small file system of its own, for which the machine must let it mount one; {@code -Ddisk.full=skip}
 * leaves it out.
 */
@DisabledIfSystemProperty(named = "disk.full", matches = "skip", disabledReason = "-Ddisk.full=skip")
class DiskFullIT {
    private static final int MEGABYTES = 160;
    private static final int CLIENTS = 8;
    private static final double SECONDS_TO_RECOVER = 10;
    private static final Map<String, Object> ORDER = Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2);

    private static SmallDisk disk;
    private static LocalStack stack;

    private final Api api = new Api(stack);
    private final WritingClients clients = new WritingClients(stack, CLIENTS, 1);

    @BeforeAll
    static void a_database_on_a_small_disk() throws Exception {
        disk = SmallDisk.of(MEGABYTES);
        Path data = Running.emptyFolder("disk-full");
        Files.createSymbolicLink(data.resolve("postgres"), disk.folder());
        stack = Running.in(data, Running.NO_LIMITS);
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void without_room_for_rows_who_writes_has_to_wait_and_who_reads_goes_on() throws Exception {
        long server = stack.server().handle().pid();
        clients.writeDuring(() -> {
            clients.awaitAcknowledged(CLIENTS);
            disk.fill();
            clients.awaitRefused(20);

            HttpResponse<String> read = api.get(Person.VIC, Api.ORDERS);
            assertEquals(200, read.statusCode(), read.body());
            assertEquals(200, Http.send(api.anonymous("/health/live")).statusCode());

            disk.makeRoom();
            clients.awaitRecovery();
            clients.awaitAcknowledged(20L * CLIENTS);
        });

        clients.assertTruthful("A disk without room for rows");
        assertRecovered(server);
    }

    @Test
    void without_room_for_its_log_the_database_ends_and_nothing_is_lost() throws Exception {
        long server = stack.server().handle().pid();
        clients.writeDuring(() -> {
            clients.awaitAcknowledged(CLIENTS);
            disk.fill();
            assertThrows(SQLException.class, DiskFullIT::fillLog);
            clients.awaitRefused(20);

            HttpResponse<String> write = api.post(Person.PAT, Api.ORDERS, ORDER);
            assertProblem(503, "unavailable", write);
            assertTrue(write.headers().firstValue("Retry-After").isPresent());
            assertEquals(200, Http.send(api.anonymous("/health/live")).statusCode());

            disk.makeRoom();
            if (!stack.database().alive()) {
                // As whoever watches over a database would.
                stack.database().close();
                stack.restartDatabase();
            }
            clients.awaitRecovery();
            clients.awaitAcknowledged(20L * CLIENTS);
        });

        clients.assertTruthful("A disk without room for the database's log");
        assertRecovered(server);
    }

    /** Writes to the database's log, as much as a disk of this size can never hold. */
    private static void fillLog() throws SQLException {
        try (Connection connection = stack.database().superuser();
                Statement statement = connection.createStatement()) {
            for (int megabyte = 0; megabyte < MEGABYTES; megabyte++) {
                statement.execute("select pg_logical_emit_message(true, 'ballast', repeat('x', 1 << 20))");
            }
        }
    }

    private void assertRecovered(long server) {
        assertEquals(server, stack.server().handle().pid(), "The server was not restarted");
        assertTrue(stack.server().alive());
        assertTrue(
                clients.recoveries().stream().allMatch(seconds -> seconds <= SECONDS_TO_RECOVER),
                clients.recoveries().toString());
        assertEquals(200, Http.send(api.anonymous("/health/ready")).statusCode());
        assertEquals(201, api.post(Person.PAT, Api.ORDERS, ORDER).statusCode());
    }
}
