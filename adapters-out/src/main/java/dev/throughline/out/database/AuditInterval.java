package dev.throughline.out.database;

import dev.throughline.out.audit.Hashes;
import dev.throughline.out.audit.LogKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The records between two checkpoints, computed once more: from what the one says, over the records as they are now, to
 * what the other says.
 *
 * @param before the checkpoint behind which they begin; empty at the beginning of the log
 * @param after the checkpoint that ends them; empty behind the last one
 * @param end the place of the last of them
 */
record AuditInterval(Optional<StoredCheckpoint> before, Optional<StoredCheckpoint> after, long end) {
    private static final int AT_ONCE = 500;
    private static final String BETWEEN = "select s.seq, s.leaf, s.chain, r.body::text from audit_seal s"
            + " left join audit_record r on r.id = s.record where s.seq > ? and s.seq <= ? order by s.seq";

    /** The one around a place; up to {@code end}, where nothing was signed behind it. */
    static AuditInterval around(Connection connection, long seq, long end) throws SQLException {
        ChainTables tables = new ChainTables(connection);
        Optional<StoredCheckpoint> after = tables.checkpointFrom(seq);
        return new AuditInterval(
                tables.checkpointBefore(seq),
                after,
                after.map(StoredCheckpoint::size).orElse(end));
    }

    /** What is wrong with it; empty where it holds. */
    Optional<String> fault(Connection connection, LogKey key) throws SQLException {
        try {
            ChainState start = before.map(said -> said.signed(key)).orElse(ChainState.START);
            ChainState state = over(connection, start);
            if (after.isPresent()) {
                requireSame(state, after.get().signed(key));
            }
            return Optional.empty();
        } catch (BrokenChainException e) {
            return Optional.of(e.fault().code());
        }
    }

    private ChainState over(Connection connection, ChainState start) throws SQLException {
        ChainState state = start;
        try (PreparedStatement query = connection.prepareStatement(BETWEEN)) {
            query.setLong(1, start.size());
            query.setLong(2, end);
            query.setFetchSize(AT_ONCE);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    state = next(state, rows);
                }
            }
        }
        if (state.size() != end) {
            throw new BrokenChainException(state.size() + 1, ChainFault.SEAL_MISSING);
        }
        return state;
    }

    private static ChainState next(ChainState state, ResultSet row) throws SQLException {
        long seq = state.size() + 1;
        if (row.getLong(1) != seq) {
            throw new BrokenChainException(seq, ChainFault.SEAL_MISSING);
        }
        String body = row.getString(4);
        if (body == null) {
            throw new BrokenChainException(seq, ChainFault.RECORD_MISSING);
        }
        byte[] leaf = row.getBytes(2);
        if (!Arrays.equals(Hashes.leaf(body), leaf)) {
            throw new BrokenChainException(seq, ChainFault.RECORD_CHANGED);
        }
        ChainState grown = state.with(List.of(leaf));
        if (!grown.endsIn(row.getBytes(3))) {
            throw new BrokenChainException(seq, ChainFault.SEAL_CHANGED);
        }
        return grown;
    }

    private static void requireSame(ChainState computed, ChainState signed) {
        if (!computed.endsIn(signed.chain())
                || !Arrays.equals(computed.tree().root(), signed.tree().root())) {
            throw new BrokenChainException(signed.size(), ChainFault.REWRITTEN);
        }
    }
}
