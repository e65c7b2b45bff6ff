package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.LogKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain as somebody sees it who rules the database, and who computes it as the definitions say, without the code
 * that made it.
 */
final class TestChain {
    private static final List<String> TABLES =
            List.of("audit_record", "audit_unsealed", "audit_seal", "audit_checkpoint");

    private final TestDatabase database;
    private final LogKey key;

    TestChain(TestDatabase database, LogKey key) {
        this.database = database;
        this.key = key;
    }

    /** Does what nobody but the superuser can, and they only after they have taken the triggers away. */
    void tamper(String... statements) throws SQLException {
        try (Connection connection = database.postgres().superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String table : TABLES) {
                statement.execute("alter table " + table + " disable trigger all");
            }
            for (String sql : statements) {
                statement.execute(sql);
            }
            for (String table : TABLES) {
                statement.execute("alter table " + table + " enable trigger all");
            }
            connection.commit();
        }
    }

    void empty() throws SQLException {
        tamper("truncate audit_record, audit_unsealed, audit_seal, audit_checkpoint");
    }

    long sealed() {
        return count("audit_seal");
    }

    long waiting() {
        return count("audit_unsealed");
    }

    private long count(String table) {
        try (Connection connection = database.postgres().superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The checkpoints, each signed by the key. */
    List<Checkpoint> checkpoints() throws SQLException {
        List<Checkpoint> checkpoints = new ArrayList<>();
        try (Connection connection = database.postgres().superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select size, note from audit_checkpoint order by size")) {
            while (rows.next()) {
                Checkpoint checkpoint = Checkpoint.open(key, rows.getString(2)).orElseThrow();
                assertEquals(rows.getLong(1), checkpoint.size());
                checkpoints.add(checkpoint);
            }
        }
        return checkpoints;
    }

    /** Every record is sealed once, without gaps, and every hash and checkpoint is what it is defined to be. */
    void requireWhole() throws SQLException {
        List<byte[]> leaves = new ArrayList<>();
        List<byte[]> links = new ArrayList<>();
        try (Connection connection = database.postgres().superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select s.seq, s.leaf, s.chain, r.body::text from audit_seal s"
                        + " join audit_record r on r.id = s.record order by s.seq")) {
            byte[] chain = new byte[32];
            while (rows.next()) {
                assertEquals(leaves.size() + 1, rows.getLong(1));
                byte[] leaf = sha256((byte) 0, rows.getString(4).getBytes(StandardCharsets.UTF_8));
                chain = sha256((byte) 2, chain, leaf);
                assertArrayEquals(leaf, rows.getBytes(2));
                assertArrayEquals(chain, rows.getBytes(3));
                leaves.add(leaf);
                links.add(chain);
            }
        }
        assertEquals(count("audit_record"), leaves.size() + waiting());
        long before = 0;
        for (Checkpoint checkpoint : checkpoints()) {
            int size = (int) checkpoint.size();
            assertTrue(size - before <= 2000, before + " to " + size);
            assertArrayEquals(links.get(size - 1), checkpoint.chain());
            assertArrayEquals(root(leaves.subList(0, size)), checkpoint.root());
            before = size;
        }
    }

    /** RFC 6962 section 2.1, as it is written there. */
    static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return sha256((byte) 1, root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
    }

    private static byte[] sha256(byte sort, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(sort);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
