package dev.throughline.out.database;

import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.Frontier;
import dev.throughline.out.audit.Hashes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables of the chain, in one transaction. */
final class ChainTables {
    /** A number of ours, which whoever seals holds on to until the transaction ends. */
    private static final String LOCK =
            "select pg_try_advisory_xact_lock(hashtextextended('throughline audit chain', 0))";

    private static final String TAKE = "with taken as (delete from audit_unsealed"
            + " where id = any (array(select u.id from audit_unsealed u order by u.id limit ?)) returning id)"
            + " select t.id, r.body::text from taken t left join audit_record r on r.id = t.id order by t.id";
    private static final String OLDEST = "select id from audit_unsealed order by id limit 1";
    private static final String LINK = "select chain from audit_seal where seq = ?";
    private static final String SEALS =
            "select seq, leaf, chain from audit_seal where seq > ? order by seq limit " + ChainTables.PAGE;
    private static final String SEAL = "insert into audit_seal (seq, record, leaf, chain) values (?, ?, ?, ?)";
    private static final String CHECKPOINT =
            "insert into audit_checkpoint (size, at, note, frontier) values (?, ?, ?, ?)";
    private static final String CHECKPOINTS = "select size, at, note, frontier from audit_checkpoint";

    static final int PAGE = 1_000;

    /**
     * A record that waits to be sealed.
     *
     * @param body none if it is gone
     */
    record Waiting(UUID id, Optional<String> body) {}

    /** A record's place in the chain. */
    record Seal(long seq, byte[] leaf, byte[] chain) {}

    private final Connection connection;

    ChainTables(Connection connection) {
        this.connection = connection;
    }

    /** Whether this transaction is the one that seals. */
    boolean lock() throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK);
                ResultSet row = lock.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Takes the oldest records out of the queue. */
    List<Waiting> take(int most) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setInt(1, most);
            try (ResultSet rows = take.executeQuery()) {
                List<Waiting> taken = new ArrayList<>();
                while (rows.next()) {
                    taken.add(new Waiting(rows.getObject(1, UUID.class), Optional.ofNullable(rows.getString(2))));
                }
                return taken;
            }
        }
    }

    /** The oldest record that waits. */
    Optional<UUID> oldest() throws SQLException {
        try (PreparedStatement oldest = connection.prepareStatement(OLDEST);
                ResultSet row = oldest.executeQuery()) {
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    /** The chain's link at a place. */
    Optional<byte[]> link(long seq) throws SQLException {
        try (PreparedStatement link = connection.prepareStatement(LINK)) {
            link.setLong(1, seq);
            try (ResultSet row = link.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** The next seals behind a place, not more than a page of them. */
    List<Seal> seals(long after) throws SQLException {
        try (PreparedStatement seals = connection.prepareStatement(SEALS)) {
            seals.setLong(1, after);
            try (ResultSet rows = seals.executeQuery()) {
                List<Seal> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(new Seal(rows.getLong(1), rows.getBytes(2), rows.getBytes(3)));
                }
                return read;
            }
        }
    }

    /** Adds records to the end of the chain; answers what it has come to. */
    ChainState seal(ChainState end, List<UUID> records, List<byte[]> leaves) throws SQLException {
        try (PreparedStatement seal = connection.prepareStatement(SEAL)) {
            byte[] chain = end.chain();
            for (int i = 0; i < records.size(); i++) {
                chain = Hashes.link(chain, leaves.get(i));
                seal.setLong(1, end.size() + 1 + i);
                seal.setObject(2, records.get(i));
                seal.setBytes(3, leaves.get(i));
                seal.setBytes(4, chain);
                seal.addBatch();
            }
            seal.executeBatch();
        }
        return end.with(leaves);
    }

    void add(Checkpoint checkpoint, Frontier tree) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(CHECKPOINT)) {
            add.setLong(1, checkpoint.size());
            add.setObject(2, checkpoint.moment().atOffset(ZoneOffset.UTC));
            add.setString(3, checkpoint.note());
            add.setBytes(4, tree.state());
            add.executeUpdate();
        }
    }

    Optional<StoredCheckpoint> lastCheckpoint() throws SQLException {
        return checkpoint(" where size >= ? order by size desc limit 1", 0);
    }

    /** The last one that does not sign this place. */
    Optional<StoredCheckpoint> checkpointBefore(long seq) throws SQLException {
        return checkpoint(" where size < ? order by size desc limit 1", seq);
    }

    /** The first one that signs this place. */
    Optional<StoredCheckpoint> checkpointFrom(long seq) throws SQLException {
        return checkpoint(" where size >= ? order by size limit 1", seq);
    }

    private Optional<StoredCheckpoint> checkpoint(String which, long seq) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(CHECKPOINTS + which)) {
            query.setLong(1, seq);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new StoredCheckpoint(
                                row.getLong(1),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getString(3),
                                row.getBytes(4)))
                        : Optional.empty();
            }
        }
    }
}
