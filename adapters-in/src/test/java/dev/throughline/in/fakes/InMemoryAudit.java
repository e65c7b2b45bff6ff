package dev.throughline.in.fakes;

import dev.throughline.Unavailable;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.AuditLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The audit log in memory; what changes do is not on it. */
public final class InMemoryAudit implements AuditLog {
    private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
    private volatile boolean disconnected;

    /** Lets the next calls fail. */
    public void disconnect() {
        disconnected = true;
    }

    @Override
    public void record(AuditEntry entry) {
        if (disconnected) {
            throw new Unavailable("database", new IllegalStateException("secret detail"));
        }
        entries.add(entry);
    }

    @Override
    public void recordSoon(AuditEntry entry) {
        record(entry);
    }

    /** All records, each as its action, decision, rule and outcome. */
    public List<String> lines() {
        return entries.stream()
                .map(entry -> String.join(" ", entry.action(), entry.decision(), entry.rule(), entry.outcome()))
                .toList();
    }
}
