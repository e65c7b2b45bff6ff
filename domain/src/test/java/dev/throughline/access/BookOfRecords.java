package dev.throughline.access;

import dev.throughline.Unavailable;
import java.util.ArrayList;
import java.util.List;

/** The audit log in memory. What changes do is not on it: whoever makes one records it with the change. */
public final class BookOfRecords implements AuditLog {
    private final List<AuditEntry> entries = new ArrayList<>();
    private final List<AuditEntry> atOnce = new ArrayList<>();

    /** Whether nothing can be recorded. */
    public boolean full;

    @Override
    public void record(AuditEntry entry) {
        recordSoon(entry);
        atOnce.add(entry);
    }

    @Override
    public void recordSoon(AuditEntry entry) {
        if (full) {
            throw new Unavailable("database", new IllegalStateException("full"));
        }
        entries.add(entry);
    }

    /** All records, each as its action, decision, rule and outcome. */
    public List<String> lines() {
        return entries.stream().map(BookOfRecords::line).toList();
    }

    /** Those that were on disk before anybody went on. */
    public List<String> linesAtOnce() {
        return atOnce.stream().map(BookOfRecords::line).toList();
    }

    /** All records. */
    public List<AuditEntry> entries() {
        return List.copyOf(entries);
    }

    public void clear() {
        entries.clear();
        atOnce.clear();
    }

    private static String line(AuditEntry entry) {
        return String.join(" ", entry.action(), entry.decision(), entry.rule(), entry.outcome());
    }
}
