package dev.throughline.out.audit;

import dev.throughline.access.AuditEntry;
import dev.throughline.access.Caller;
import dev.throughline.access.Origin;
import dev.throughline.access.PolicyVersion;
import dev.throughline.access.User;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Writes entries as records, under an id of their own and the moment at which they are written. */
public final class AuditForm {
    private final String instance;
    private final Clock clock;
    private final RecordIds ids = new RecordIds();

    /** @param instance names this instance of the server */
    public AuditForm(String instance, Clock clock) {
        this.instance = instance;
        this.clock = clock;
    }

    /** The record of an entry. */
    public AuditLine write(AuditEntry entry) {
        Instant at = clock.instant();
        UUID id = ids.next(at);
        Caller caller = entry.caller();
        AuditEntry.Details details = entry.details();
        Origin origin = caller.credential().origin();
        Optional<Origin.Proof> proof = origin.proof();
        boolean agentItself = caller.person().isEmpty();
        JsonLine line = new JsonLine()
                .with("id", id)
                .with("at", Moments.text(at))
                .with("instance", instance)
                .with("tenant", caller.tenant())
                .with("subject", agentItself ? "agent" : "user")
                .with("user", caller.person().map(User::id))
                .with("agent_object", agentItself ? Optional.of(caller.objectId()) : Optional.empty())
                .with("agent", entry.agent())
                .with("client", caller.client().value())
                .with("door", origin.arrival().door().name().toLowerCase(Locale.ROOT))
                .with("action", entry.action())
                .with("resource", details.resource())
                .with("version", details.version())
                .with("digest", details.digest())
                .with("decision", entry.decision())
                .with("rule", entry.rule())
                .with("outcome", entry.outcome())
                .with("policy", PolicyVersion.CURRENT)
                .with("approval", details.approval())
                .with("consent", details.consent())
                .with("conversation", entry.conversation())
                .with("run", entry.run())
                .with("joins", details.joins())
                .with("request", origin.arrival().id())
                .with("correlation", origin.arrival().correlation())
                .with("trace", origin.arrival().trace())
                .with("token", origin.arrival().token())
                .with("token_issued", proof.flatMap(Origin.Proof::issued))
                .with("token_expires", proof.flatMap(Origin.Proof::expires))
                .with("auth_strength", proof.flatMap(Origin.Proof::strength))
                .with("source", origin.arrival().source());
        if (proof.isEmpty()) {
            line.with("authentication_off", true);
        }
        return new AuditLine(id, line.toString());
    }
}
