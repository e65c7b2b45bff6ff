package dev.throughline.out.database;

import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.Frontier;
import dev.throughline.out.audit.Hashes;
import dev.throughline.out.audit.LogKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records between two checkpoints, computed once more: from what the one says, over the records as they are now, to
 * what the other says.
 *
 * @param before the checkpoint behind which they begin; empty at the beginning of the log
 * @param after the checkpoint that ends them; empty behind the last one
 * @param end the place of the last of them
 */
record AuditInterval(Optional<StoredCheckpoint> before, Optional<StoredCheckpoint> after, long end) {
    private static final String CHECKPOINT_INVALID = "checkpoint_invalid";
    private static final String CHECKPOINT_DIFFERS = "checkpoint_differs";

    private static final String BETWEEN = "select s.seq, s.leaf, s.chain, r.body::text from audit_seal s"
            + " left join audit_record r on r.id = s.record where s.seq > ? and s.seq <= ? order by s.seq";
    private static final String BEFORE =
            "select size, note, frontier from audit_checkpoint where size < ? order by size desc limit 1";
    private static final String AFTER =
            "select size, note, frontier from audit_checkpoint where size >= ? order by size limit 1";

    /**
     * A checkpoint as it is kept.
     *
     * @param size how many records it covers, which is not signed here
     * @param note what was signed
     * @param frontier from which the tree goes on
     */
    record StoredCheckpoint(long size, String note, byte[] frontier) {
        static Optional<StoredCheckpoint> read(PreparedStatement query) throws SQLException {
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of(new StoredCheckpoint(rows.getLong(1), rows.getString(2), rows.getBytes(3)))
                        : Optional.empty();
            }
        }

        Optional<Checkpoint> signed(LogKey key) {
            return Checkpoint.open(key, note).filter(said -> said.size() == size);
        }
    }

    /** The one around a place; up to {@code end}, where nothing was signed behind it. */
    static AuditInterval around(Connection connection, long seq, long end) throws SQLException {
        Optional<StoredCheckpoint> after = checkpoint(connection, AFTER, seq);
        return new AuditInterval(
                checkpoint(connection, BEFORE, seq),
                after,
                after.map(StoredCheckpoint::size).orElse(end));
    }

    static Optional<StoredCheckpoint> checkpoint(Connection connection, String sql, long size) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, size);
            return StoredCheckpoint.read(query);
        }
    }

    /** What is wrong with it; empty where it holds. */
    Optional<String> fault(Connection connection, LogKey key) throws SQLException {
        Frontier tree = new Frontier();
        byte[] chain = Hashes.start();
        if (before.isPresent()) {
            Optional<Checkpoint> said = before.get().signed(key);
            if (said.isEmpty()) {
                return Optional.of(CHECKPOINT_INVALID);
            }
            chain = said.get().chain();
            try {
                tree = new Frontier(before.get().size(), before.get().frontier());
            } catch (IllegalArgumentException e) {
                return Optional.of(CHECKPOINT_DIFFERS);
            }
            if (!Arrays.equals(tree.root(), said.get().root())) {
                return Optional.of(CHECKPOINT_DIFFERS);
            }
        }
        return fault(connection, key, tree, chain);
    }

    private Optional<String> fault(Connection connection, LogKey key, Frontier tree, byte[] start) throws SQLException {
        byte[] chain = start;
        try (PreparedStatement query = connection.prepareStatement(BETWEEN)) {
            query.setLong(1, tree.size());
            query.setLong(2, end);
            query.setFetchSize(500);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    byte[] leaf = rows.getBytes(2);
                    Optional<String> fault = fault(rows.getLong(1), tree.size() + 1, rows.getString(4), leaf);
                    if (fault.isPresent()) {
                        return fault;
                    }
                    chain = Hashes.link(chain, leaf);
                    tree.add(leaf);
                    if (!Arrays.equals(chain, rows.getBytes(3))) {
                        return Optional.of("seal_changed");
                    }
                }
            }
        }
        return tree.size() == end ? end(key, tree, chain) : Optional.of("seal_missing");
    }

    private static Optional<String> fault(long seq, long expected, @Nullable String body, byte[] leaf) {
        if (seq != expected) {
            return Optional.of("seal_missing");
        }
        if (body == null) {
            return Optional.of("record_missing");
        }
        return Arrays.equals(Hashes.leaf(body), leaf) ? Optional.empty() : Optional.of("record_changed");
    }

    private Optional<String> end(LogKey key, Frontier tree, byte[] chain) {
        if (after.isEmpty()) {
            return Optional.empty();
        }
        Optional<Checkpoint> said = after.get().signed(key);
        if (said.isEmpty()) {
            return Optional.of(CHECKPOINT_INVALID);
        }
        boolean same = Arrays.equals(said.get().chain(), chain)
                && Arrays.equals(said.get().root(), tree.root())
                && Arrays.equals(after.get().frontier(), tree.state());
        return same ? Optional.empty() : Optional.of(CHECKPOINT_DIFFERS);
    }
}
