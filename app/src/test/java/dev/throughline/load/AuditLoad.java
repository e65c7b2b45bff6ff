package dev.throughline.load;

import dev.throughline.e2e.Running;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalStack;
import dev.throughline.local.run.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Measures what it costs to add a record to an audit log of 1,000 and of 1,000,000, and how fast it is sealed. */
public final class AuditLoad {
    private static final String INSERT = "insert into audit_record (id, body) values (?, ?::json)";
    private static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int PEOPLE = 10_000;
    private static final int TIMED = 2_000;
    private static final int BATCH = 1_000;
    private static final double GROWTH = 1.2;
    private static final double MICROS = 1_000;

    private AuditLoad() {}

    /** Takes some ten minutes; all that it starts has ended when it does. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("throughline.output"))), "audit-");
        try (LocalStack stack = LocalStack.of(
                                Installation.fromSystemProperties(),
                                LocalPorts.free(),
                                folder,
                                Running.NO_LIMITS,
                                Progress.to(System.out))
                        .start();
                Connection connection = stack.database().superuser()) {
            fill(connection, FEW + TIMED);
            awaitSealed(connection);
            double few = median(connection);
            long begin = System.nanoTime();
            fill(connection, MANY);
            awaitSealed(connection);
            double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
            double many = median(connection);
            System.out.printf("A record costs %.0f us among %,d and %.0f us among %,d%n", few, FEW, many, MANY);
            System.out.printf("%,d records were written and sealed in %.0f s%n", MANY, seconds);
            List<Promise> promises = List.of(new Promise(
                    "cost of a record among 1,000,000, relative to among 1,000; medians", many / few, GROWTH));
            promises.forEach(System.out::println);
            if (!promises.stream().allMatch(Promise::kept)) {
                throw new IllegalStateException("A promise was not kept.");
            }
        }
    }

    private static void fill(Connection connection, int records) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < records; i++) {
                parameters(insert, i);
                insert.addBatch();
                if ((i + 1) % BATCH == 0) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
            insert.executeBatch();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Microseconds of one record in a transaction of its own, as its writer waits for it. */
    private static double median(Connection connection) throws SQLException {
        double[] times = new double[TIMED];
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < TIMED; i++) {
                parameters(insert, i);
                long begin = System.nanoTime();
                insert.executeUpdate();
                times[i] = (System.nanoTime() - begin) / MICROS;
            }
        }
        Arrays.sort(times);
        return times[TIMED / 2];
    }

    private static void parameters(PreparedStatement insert, int number) throws SQLException {
        UUID random = UUID.randomUUID();
        UUID id = new UUID(
                System.currentTimeMillis() << 16 | 0x7000L | number & 0xfffL, random.getLeastSignificantBits());
        insert.setObject(1, id);
        insert.setString(
                2,
                "{\"id\":\"" + id + "\",\"at\":\"2026-11-26T12:00:00.000000Z\",\"instance\":\"load\",\"tenant\":\""
                        + TENANT
                        + "\",\"subject\":\"user\",\"user\":\"" + new UUID(0x4000, number % PEOPLE)
                        + "\",\"agent\":\"orders-assistant\",\"client\":\"load\",\"door\":\"mcp\","
                        + "\"action\":\"get-order\",\"resource\":\"ORD-" + (1_000 + number % PEOPLE)
                        + "\",\"version\":1,\"decision\":\"permit\",\"rule\":\"tenant_rows\",\"outcome\":\"done\","
                        + "\"policy\":\"load\",\"request\":\"" + random + "\"}");
    }

    private static void awaitSealed(Connection connection) throws Exception {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(30);
        while (waits(connection)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("The log is not being sealed.");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static boolean waits(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select exists (select from audit_unsealed)");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
