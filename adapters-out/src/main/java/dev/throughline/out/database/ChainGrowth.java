package dev.throughline.out.database;

import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.Hashes;
import dev.throughline.out.audit.LogKey;
import dev.throughline.out.database.ChainTables.Seal;
import dev.throughline.out.database.ChainTables.Waiting;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the chain longer, some records at a time, each time in one transaction. All instances may try; the database
 * lets one do it. Nothing is built on an end that does not fit what was seen of the chain before.
 */
final class ChainGrowth {
    static final int BATCH = 500;
    static final int RECORDS_BETWEEN_CHECKPOINTS = 2_000;

    /** Less than the ten seconds that are promised, by the time that it takes. */
    static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(9);

    private final Database database;
    private final LogKey key;
    private final Clock clock;
    private final Optional<Checkpoint> outside;
    private @Nullable ChainState known;

    /** @param outside a checkpoint of earlier, kept where nobody who rules the database could change it */
    ChainGrowth(Database database, LogKey key, Clock clock, Optional<Checkpoint> outside) {
        this.database = database;
        this.key = key;
        this.clock = clock;
        this.outside = outside;
    }

    /**
     * What came of one transaction.
     *
     * @param held whether this instance was the one to seal
     * @param more whether there are more records that could be sealed at once
     * @param checkpoint the checkpoint that was made
     * @param waiting the oldest record that still waits
     */
    record Round(boolean held, boolean more, Optional<Checkpoint> checkpoint, Optional<UUID> waiting) {}

    private record Grown(Round round, @Nullable ChainState state) {}

    /**
     * Seals some records, and signs what the log has come to when it is time.
     *
     * @param sign signs at once what is new, if nothing more waits
     * @throws BrokenChainException if the chain is not the one that was sealed
     */
    synchronized Round round(boolean sign) {
        Grown grown = database.transaction(
                RowIdentity.system(),
                entities -> Jdbc.call(entities, connection -> grow(new ChainTables(connection), sign)));
        if (grown.state() != null) {
            known = grown.state();
        }
        return grown.round();
    }

    private Grown grow(ChainTables tables, boolean sign) throws SQLException {
        if (!tables.lock()) {
            return new Grown(new Round(false, false, Optional.empty(), tables.oldest()), null);
        }
        ChainState end = follow(known == null ? begin(tables) : known, tables);
        Optional<StoredCheckpoint> last = tables.lastCheckpoint();
        long signed = last.map(StoredCheckpoint::size).orElse(0L);
        int most = (int) Math.max(0, Math.min(BATCH, RECORDS_BETWEEN_CHECKPOINTS - (end.size() - signed)));
        List<Waiting> batch = tables.take(most);
        ChainState state = seal(end, batch, tables);
        boolean more = batch.size() == most;
        boolean time = last.map(before -> apart(before.at())).orElse(true);
        long unsigned = state.size() - signed;
        Optional<Checkpoint> made = Optional.empty();
        boolean something = unsigned > 0 || last.isEmpty() && sign;
        if (unsigned >= RECORDS_BETWEEN_CHECKPOINTS || something && (time || sign) && !more) {
            Checkpoint checkpoint = Checkpoint.sign(key, state.tree(), state.chain(), clock.instant());
            tables.add(checkpoint, state.tree());
            made = Optional.of(checkpoint);
        }
        return new Grown(new Round(true, more, made, tables.oldest()), state);
    }

    /** Also where another instance's clock is ahead. */
    private boolean apart(Instant last) {
        return Duration.between(last, clock.instant()).abs().compareTo(BETWEEN_CHECKPOINTS) >= 0;
    }

    private static ChainState seal(ChainState end, List<Waiting> batch, ChainTables tables) throws SQLException {
        if (batch.isEmpty()) {
            return end;
        }
        List<byte[]> leaves = batch.stream()
                .map(record -> record.body()
                        .map(Hashes::leaf)
                        .orElseThrow(() -> new BrokenChainException(end.size() + 1, ChainFault.RECORD_MISSING)))
                .toList();
        return tables.seal(end, batch.stream().map(Waiting::id).toList(), leaves);
    }

    /** From the last checkpoint on: what is before it has been signed, and so need not be read again. */
    private ChainState begin(ChainTables tables) throws SQLException {
        if (outside.isPresent()) {
            requireAt(outside.get().size(), outside.get().chain(), tables);
        }
        return tables.lastCheckpoint().map(stored -> stored.signed(key)).orElse(ChainState.START);
    }

    /** Over what others have sealed since. */
    private static ChainState follow(ChainState from, ChainTables tables) throws SQLException {
        requireAt(from.size(), from.chain(), tables);
        ChainState state = from;
        List<Seal> page = tables.seals(state.size());
        while (!page.isEmpty()) {
            state = follow(state, page);
            page = page.size() < ChainTables.PAGE ? List.of() : tables.seals(state.size());
        }
        return state;
    }

    private static ChainState follow(ChainState from, List<Seal> page) {
        byte[] chain = from.chain();
        for (int i = 0; i < page.size(); i++) {
            Seal seal = page.get(i);
            chain = Hashes.link(chain, seal.leaf());
            if (seal.seq() != from.size() + 1 + i) {
                throw new BrokenChainException(from.size() + 1 + i, ChainFault.SEAL_MISSING);
            }
            if (!Arrays.equals(chain, seal.chain())) {
                throw new BrokenChainException(seal.seq(), ChainFault.SEAL_CHANGED);
            }
        }
        return from.with(page.stream().map(Seal::leaf).toList());
    }

    /** What was seen of the chain once must still be there. */
    private static void requireAt(long seq, byte[] link, ChainTables tables) throws SQLException {
        if (seq == 0) {
            return;
        }
        byte[] stored = tables.link(seq).orElseThrow(() -> new BrokenChainException(seq, ChainFault.ROLLED_BACK));
        if (!Arrays.equals(stored, link)) {
            throw new BrokenChainException(seq, ChainFault.REWRITTEN);
        }
    }
}
