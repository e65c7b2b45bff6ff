package dev.throughline.out.database;

import dev.throughline.access.AuditEntry;
import dev.throughline.access.AuditLog;
import dev.throughline.out.audit.AuditLine;
import dev.throughline.out.audit.CheckpointFile;
import dev.throughline.out.audit.LogKey;
import dev.throughline.out.audit.SealedLog;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** The audit log in PostgreSQL. What changed nothing is written a moment later, that of many requests at once. */
@ApplicationScoped
class JpaAuditLog implements AuditLog, SealedLog {
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final int MOST_WAITING = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final AuditTable table;
    private final WriteBehind<AuditLine> soon;
    private final AuditSealer sealer;

    /** For the container's proxy, which only passes calls on. */
    protected JpaAuditLog() {
        this.database = null;
        this.table = null;
        this.soon = null;
        this.sealer = null;
    }

    @Inject
    JpaAuditLog(
            Database database,
            AuditTable table,
            LogKey key,
            CheckpointFile checkpoints,
            Clock clock,
            ManagedThreadFactory threads) {
        this(database, table, key, checkpoints, clock, (ThreadFactory) threads);
    }

    JpaAuditLog(
            Database database,
            AuditTable table,
            LogKey key,
            CheckpointFile checkpoints,
            Clock clock,
            ThreadFactory threads) {
        this.database = database;
        this.table = table;
        this.soon = new WriteBehind<>(this::store, threads, MOST_WAITING, DELAY);
        this.sealer = new AuditSealer(database, key, checkpoints, clock, threads);
    }

    @Override
    public void start() {
        sealer.start();
    }

    @PreDestroy
    void close() {
        soon.close();
        sealer.close();
    }

    @Override
    public void record(AuditEntry entry) {
        store(List.of(table.line(entry)));
    }

    @Override
    public void recordSoon(AuditEntry entry) {
        soon.add(table.line(entry));
    }

    @Override
    public void sealNow() {
        soon.flush(PATIENCE);
        sealer.sealNow();
    }

    @Override
    public Duration lag() {
        return sealer.lag();
    }

    @Override
    public boolean holds() {
        return sealer.holds();
    }

    /** Of many people at once, and so nobody's. */
    private void store(List<AuditLine> lines) {
        database.transaction(RowIdentity.system(), entities -> {
            table.add(entities, lines);
            return lines.size();
        });
    }
}
