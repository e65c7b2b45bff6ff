package dev.throughline.out.database;

import dev.throughline.out.audit.Checkpoint;
import dev.throughline.out.audit.CheckpointFile;
import dev.throughline.out.audit.Frontier;
import dev.throughline.out.audit.Hashes;
import dev.throughline.out.audit.LogKey;
import dev.throughline.out.database.AuditInterval.StoredCheckpoint;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Chains the records that are committed, and signs for them. Every instance has one, and at any moment one of them
 * works: which one does not matter, since all that it goes by is in the database.
 */
final class AuditSealer implements AutoCloseable {
    /** A checkpoint stands at least behind so many records. */
    static final int MOST_UNSIGNED = 2_000;

    private static final System.Logger LOG = System.getLogger(AuditSealer.class.getName());
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_KEPT = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Less than the ten seconds that are promised, by the time that it takes. */
    private static final Duration UNSIGNED = Duration.ofSeconds(8);

    /** Held by whoever seals, until the end of its transaction. Of no meaning, but of this log alone. */
    private static final String MY_TURN = "select pg_try_advisory_xact_lock(7205759403792793601)";

    private static final String HEAD = "select seq, chain from audit_seal order by seq desc limit 1";
    private static final String LAST_SIGNED = "select size from audit_checkpoint order by size desc limit 1";
    private static final String SIGNED =
            "select size, note, frontier, at from audit_checkpoint order by size desc limit 1";
    private static final String LEAVES = "select leaf from audit_seal where seq > ? order by seq";
    private static final String WAITING = "select u.id, r.body::text from audit_unsealed u"
            + " join audit_record r on r.id = u.id order by u.id limit ?";
    private static final String SEAL = "insert into audit_seal (seq, record, leaf, chain) values (?, ?, ?, ?)";
    private static final String SEALED = "delete from audit_unsealed where id = any (?)";
    private static final String SIGN = "insert into audit_checkpoint (size, at, note, frontier) values (?, ?, ?, ?)";
    private static final String OLDEST = "select id from audit_unsealed order by id limit 1";

    private final Database database;
    private final LogKey key;
    private final CheckpointFile file;
    private final Clock clock;
    private final Thread thread;

    /** Guards what follows: one pass at a time. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition closing = lock.newCondition();
    private Head head = Head.NONE;
    private final Deque<Checkpoint> unkept = new ArrayDeque<>();
    private boolean closed;

    private final AtomicReference<Instant> waitingSince;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicBoolean holds = new AtomicBoolean(true);

    AuditSealer(Database database, LogKey key, CheckpointFile file, Clock clock, ThreadFactory threads) {
        this.database = database;
        this.key = key;
        this.file = file;
        this.clock = clock;
        this.waitingSince = new AtomicReference<>(Instant.MAX);
        this.thread = threads.newThread(this::sealUntilClosed);
    }

    /** How far the log has come, remembered from the last pass. */
    private record Head(Frontier tree, byte[] chain, long signed, Instant signedAt, boolean anySigned) {
        static final Head NONE = new Head(new Frontier(), new byte[0], 0, Instant.EPOCH, false);

        boolean isAt(long seq, byte[] last, long signedFor) {
            return anySigned && signed == signedFor && tree.size() == seq && Arrays.equals(chain, last);
        }
    }

    /** What a pass did, and whether there is more to do. */
    private record Pass(Head head, boolean more, Optional<Checkpoint> signed) {}

    /** A record that waits. */
    private record Waiting(UUID id, String body) {}

    void start() {
        thread.start();
    }

    Duration lag() {
        Instant since = waitingSince.get();
        Instant now = clock.instant();
        return since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
    }

    boolean holds() {
        return holds.get();
    }

    /** Seals and signs for what there is now; what another instance works at is sealed by it. */
    void sealNow() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!sealedAll() && System.nanoTime() < until) {
            pause(Duration.ofMillis(20));
        }
    }

    private boolean sealedAll() {
        lock.lock();
        try {
            Optional<Pass> pass = pass(true);
            return pass.isPresent() && !pass.get().more();
        } finally {
            lock.unlock();
        }
    }

    private void sealUntilClosed() {
        boolean more = false;
        while (awaitTurn(more ? Duration.ZERO : failing.get() ? PAUSE.multipliedBy(5) : PAUSE)) {
            more = tried();
        }
    }

    /** Whether it is still to go on. */
    private boolean awaitTurn(Duration delay) {
        lock.lock();
        try {
            long remaining = delay.toNanos();
            while (!closed && remaining > 0) {
                remaining = closing.awaitNanos(remaining);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there was as much to do as can be done at once. */
    private boolean tried() {
        lock.lock();
        try {
            boolean more = pass(false).filter(Pass::more).isPresent();
            if (failing.getAndSet(false)) {
                LOG.log(System.Logger.Level.INFO, "audit_sealed_again");
            }
            return more;
        } catch (RuntimeException e) {
            head = Head.NONE;
            if (!failing.getAndSet(true)) {
                LOG.log(System.Logger.Level.ERROR, "audit_not_sealed", e);
            }
            waitingSince.accumulateAndGet(clock.instant(), (a, b) -> a.isBefore(b) ? a : b);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Seals some records in one transaction, if it is this instance's turn. */
    private Optional<Pass> pass(boolean sign) {
        Optional<Pass> pass = inTransaction(connection -> {
            waitingSince.set(oldest(connection));
            return myTurn(connection) ? Optional.of(seal(connection, sign)) : Optional.empty();
        });
        pass.ifPresent(done -> {
            head = done.head();
            done.signed().ifPresent(unkept::add);
        });
        keep();
        pass.flatMap(Pass::signed).ifPresent(this::check);
        return pass;
    }

    private <T> T inTransaction(Jdbc.Work<T> work) {
        return database.transaction(RowIdentity.system(), entities -> Jdbc.call(entities, work));
    }

    private static boolean myTurn(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(MY_TURN);
                ResultSet rows = query.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static Instant oldest(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(OLDEST);
                ResultSet rows = query.executeQuery()) {
            // The first 48 bits of an id are the milliseconds at which it was made.
            return rows.next()
                    ? Instant.ofEpochMilli(rows.getObject(1, UUID.class).getMostSignificantBits() >>> 16)
                    : Instant.MAX;
        }
    }

    private Pass seal(Connection connection, boolean sign) throws SQLException {
        Head before = current(connection);
        Frontier tree = before.tree().copy();
        byte[] chain = before.chain();
        long unsigned = tree.size() - before.signed();
        int most = (int) Math.min(MOST_AT_ONCE, MOST_UNSIGNED - unsigned);
        List<Waiting> waiting = waiting(connection, most);
        boolean more = waiting.size() == most;
        if (!waiting.isEmpty()) {
            try (PreparedStatement seal = connection.prepareStatement(SEAL)) {
                for (Waiting record : waiting) {
                    byte[] leaf = Hashes.leaf(record.body());
                    chain = Hashes.link(chain, leaf);
                    tree.add(leaf);
                    seal.setLong(1, tree.size());
                    seal.setObject(2, record.id());
                    seal.setBytes(3, leaf);
                    seal.setBytes(4, chain);
                    seal.addBatch();
                }
                seal.executeBatch();
            }
            remove(connection, waiting);
        }
        Instant now = clock.instant();
        boolean something = tree.size() > before.signed() || !before.anySigned();
        boolean due = sign
                || tree.size() - before.signed() >= MOST_UNSIGNED
                || !now.isBefore(before.signedAt().plus(UNSIGNED));
        if (!something || !due) {
            return new Pass(
                    new Head(tree, chain, before.signed(), before.signedAt(), before.anySigned()),
                    more,
                    Optional.empty());
        }
        Checkpoint checkpoint = Checkpoint.sign(key, tree, chain, now);
        sign(connection, checkpoint, tree, now);
        return new Pass(new Head(tree, chain, tree.size(), now, true), more, Optional.of(checkpoint));
    }

    /** What is remembered, if nobody else has worked since; else what the database says. */
    private Head current(Connection connection) throws SQLException {
        long seq = 0;
        byte[] chain = Hashes.start();
        try (PreparedStatement query = connection.prepareStatement(HEAD);
                ResultSet rows = query.executeQuery()) {
            if (rows.next()) {
                seq = rows.getLong(1);
                chain = rows.getBytes(2);
            }
        }
        return head.isAt(seq, chain, signedFor(connection)) ? head : recovered(connection, seq, chain);
    }

    private static long signedFor(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAST_SIGNED);
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : -1;
        }
    }

    private static Head recovered(Connection connection, long seq, byte[] chain) throws SQLException {
        Frontier tree = new Frontier();
        Instant signedAt = Instant.EPOCH;
        boolean any = false;
        try (PreparedStatement query = connection.prepareStatement(SIGNED);
                ResultSet rows = query.executeQuery()) {
            if (rows.next()) {
                tree = new Frontier(rows.getLong(1), rows.getBytes(3));
                signedAt = rows.getObject(4, OffsetDateTime.class).toInstant();
                any = true;
            }
        }
        long signed = tree.size();
        try (PreparedStatement query = connection.prepareStatement(LEAVES)) {
            query.setLong(1, signed);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    tree.add(rows.getBytes(1));
                }
            }
        }
        if (tree.size() != seq) {
            throw new IllegalStateException("The audit log has gaps behind record " + signed);
        }
        return new Head(tree, chain, signed, signedAt, any);
    }

    private static List<Waiting> waiting(Connection connection, int most) throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(WAITING)) {
            query.setInt(1, most);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    waiting.add(new Waiting(rows.getObject(1, UUID.class), rows.getString(2)));
                }
            }
        }
        return waiting;
    }

    private static void remove(Connection connection, List<Waiting> sealed) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(SEALED)) {
            remove.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", sealed.stream().map(Waiting::id).toArray()));
            remove.executeUpdate();
        }
    }

    private static void sign(Connection connection, Checkpoint checkpoint, Frontier tree, Instant at)
            throws SQLException {
        try (PreparedStatement sign = connection.prepareStatement(SIGN)) {
            sign.setLong(1, checkpoint.size());
            sign.setObject(2, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            sign.setString(3, checkpoint.note());
            sign.setBytes(4, tree.state());
            sign.executeUpdate();
        }
    }

    /** Takes checkpoints outside once they are committed; one that could not be taken goes with the next. */
    private void keep() {
        while (!unkept.isEmpty()) {
            Checkpoint next = unkept.peek();
            try {
                file.append(next);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.ERROR, "audit_checkpoint_not_kept size=" + next.size(), e);
                while (unkept.size() > MOST_KEPT) {
                    unkept.remove();
                }
                return;
            }
            unkept.remove();
            LOG.log(
                    System.Logger.Level.INFO,
                    "audit_checkpoint size=" + next.size() + " note="
                            + next.note().replace("\n", "\\n"));
        }
    }

    /** Looks at what was just signed for as anybody else would who does not believe it. */
    private void check(Checkpoint signed) {
        Optional<String> fault = inTransaction(connection -> signed.size() == 0
                ? Optional.empty()
                : AuditInterval.around(connection, signed.size(), signed.size()).fault(connection, key));
        fault.ifPresent(reason ->
                LOG.log(System.Logger.Level.ERROR, "audit_broken size=" + signed.size() + " reason=" + reason));
        holds.set(fault.isEmpty());
    }

    private static void pause(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Seals and signs for what there is, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(PATIENCE.toMillis());
            sealNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "audit_not_sealed_at_the_end", e);
        }
    }

    /** The last checkpoint, as it is kept. */
    static Optional<StoredCheckpoint> lastSigned(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SIGNED)) {
            return StoredCheckpoint.read(query);
        }
    }
}
