package dev.throughline.access;

import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Decision.Refusal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Use cases: see which agents one lets act for oneself, allow, decline and take back. */
public final class MyConsents {
    private final AccessPolicy policy;
    private final Consents consents;
    private final AuditLog audit;
    private final Clock clock;

    public MyConsents(AccessPolicy policy, Consents consents, AuditLog audit, Clock clock) {
        this.policy = policy;
        this.consents = consents;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Outcome<T> {}

    public record Done<T>(T value) implements Outcome<T> {}

    /** There is no such entry of this person. */
    public record NoSuchConsent<T>() implements Outcome<T> {}

    /** The policy refused. */
    public record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** The person's entries, the one that changed last first. */
    public Outcome<List<ConsentEntry>> list(Caller caller, Door door) {
        return permitted(caller, door, permit -> {
            List<ConsentEntry> shown = consents.of(permit.user());
            audit.recordSoon(AuditEntry.of(permit, AuditEntry.LISTED));
            return new Done<>(shown);
        });
    }

    /**
     * Allows an agent, whatever was said before, or declines what it asks. A no leaves taken back what was taken back:
     * an agent may ask again after a no, but not after that.
     */
    public Outcome<ConsentEntry> answer(Caller caller, Door door, ConsentId id, boolean allow) {
        return permitted(caller, door, permit -> {
            Optional<ConsentEntry> revoked = allow
                    ? Optional.empty()
                    : consents.find(permit.user(), id).filter(entry -> entry.state() == Consent.REVOKED);
            return revoked.map(entry -> stays(permit, entry))
                    .orElseGet(() -> decide(permit, id, allow ? Consent.ALLOWED : Consent.DENIED));
        });
    }

    /** Takes back what was allowed: the agent's next call is refused, whatever tokens there still are. */
    public Outcome<ConsentEntry> revoke(Caller caller, Door door, ConsentId id) {
        return permitted(caller, door, permit -> decide(permit, id, Consent.REVOKED));
    }

    private Outcome<ConsentEntry> stays(Permit permit, ConsentEntry entry) {
        audit.recordSoon(AuditEntry.of(permit, entry.state().wire()).consent(entry.id(), entry.agent()));
        return new Done<>(entry);
    }

    private Outcome<ConsentEntry> decide(Permit permit, ConsentId id, Consent state) {
        Optional<ConsentEntry> entry = consents.decide(permit, id, state);
        return entry.<Outcome<ConsentEntry>>map(Done::new).orElseGet(() -> {
            audit.recordSoon(AuditEntry.of(permit, AuditEntry.NOT_FOUND));
            return new NoSuchConsent<>();
        });
    }

    private <T> Outcome<T> permitted(Caller caller, Door door, Function<Permit, Outcome<T>> next) {
        return policy.decide(caller, Action.CONSENT, Facts.at(door), clock.instant())
                .either(next, refusal -> {
                    audit.record(AuditEntry.refused(caller, Action.CONSENT, refusal));
                    return new Refused<>(refusal);
                });
    }
}
