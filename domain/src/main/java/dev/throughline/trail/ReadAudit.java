package dev.throughline.trail;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.AuditLog;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.trail.AuditRecords.Export;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Use cases: look at the audit log, and whether it holds. That somebody did is on record, too. */
public final class ReadAudit {
    private final AccessPolicy policy;
    private final AuditRecords records;
    private final AuditLog audit;
    private final Clock clock;

    public ReadAudit(AccessPolicy policy, AuditRecords records, AuditLog audit, Clock clock) {
        this.policy = policy;
        this.records = records;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Outcome<T> {}

    public record Done<T>(T value) implements Outcome<T> {}

    /** The policy refused. */
    public record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** A page of records, the newest first. */
    public Outcome<AuditPage> list(Caller caller, Door door, AuditQuery query, Optional<UUID> before, int limit) {
        return permitted(caller, door, AuditEntry.LISTED, permit -> records.page(permit, query, before, limit));
    }

    /** Whether records are unchanged. */
    public Outcome<AuditVerdict> verify(Caller caller, Door door, AuditQuery query) {
        return permitted(caller, door, "verified", permit -> records.verify(permit, query));
    }

    /** The whole log. */
    public Outcome<Export> export(Caller caller, Door door) {
        return permitted(caller, door, "exported", records::export);
    }

    /** The key by which the log's checkpoints are known. */
    public Outcome<String> key(Caller caller, Door door) {
        return permitted(caller, door, "key_shown", records::key);
    }

    private <T> Outcome<T> permitted(Caller caller, Door door, String outcome, Function<Permit, T> work) {
        return policy.decide(caller, Action.READ_AUDIT, Facts.at(door), clock.instant())
                .either(
                        permit -> {
                            T found = work.apply(permit);
                            audit.recordSoon(AuditEntry.of(permit, outcome));
                            return new Done<>(found);
                        },
                        refusal -> {
                            audit.record(AuditEntry.refused(caller, Action.READ_AUDIT, refusal));
                            return new Refused<>(refusal);
                        });
    }
}
