package dev.throughline.in.events;

import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.stream.Collectors;

/**
 * Where every refusal is told, by whoever refuses: as an event in the log, in the metrics, and to the watch for spikes.
 * Permits are no events.
 *
 * <p>An event holds no token, no name of a person and no address. Of what a request brings it holds only the
 * correlation id, in its safe form, and the token's {@link TokenIds hash}. Callers whom the gate let in are told by
 * their ids in the directory, which are pseudonyms; a metric's label never is one. Who was not let in has no ids yet: a
 * token that was not believed is not quoted.
 *
 * <p>Reasons are of closed lists, in small letters and underscores.
 */
public final class SecurityEvents {
    private static final String AUTHN = "dev.throughline.authn";
    private static final String AUTHZ = "dev.throughline.authz";
    private static final String EDGE = "dev.throughline.edge";
    private static final String APPROVAL_NEEDED = "approval_needed";
    private static final int FORBIDDEN = 403;

    private final TokenIds tokens;
    private final EventMetrics metrics;
    private final EventLog log;
    private final Clock clock;
    private final Alarm alarm;

    public SecurityEvents(TokenIds tokens, EventMetrics metrics, EventLog log, Clock clock) {
        this.tokens = tokens;
        this.metrics = metrics;
        this.log = log;
        this.clock = clock;
        this.alarm = new Alarm(metrics, log, clock);
    }

    /** A request was not let in: its token, or the caller that it names, is not good enough. */
    public void authnReject(Occasion occasion, String reason, int status) {
        metrics.authnRejected(reason, occasion.adapter());
        alarm.count(status, reason);
        log.write(AUTHN, Level.INFO, line("authn_reject", reason, occasion).toString());
    }

    /**
     * The policy refused a caller, or asks for more scopes, a consent or an approval. A refusal counts as a 403, also
     * where a tool says so in an answer of status 200; that a person is asked is how things should go.
     */
    public void authzRefusal(Occasion occasion, Caller caller, Action action, Refusal refusal) {
        metrics.authzDenied(refusal.rule(), action.tool(), AgentClass.of(caller).label());
        if (refusal instanceof Deny || refusal instanceof NeedsScope) {
            alarm.count(FORBIDDEN, refusal.rule());
        }
        EventLine line =
                line("authz_" + refusal.name(), refusal.rule(), occasion).with("action", action.tool());
        if (refusal instanceof NeedsScope needs) {
            line.with(
                    "scopes", needs.scopes().stream().sorted().map(Scope::claim).collect(Collectors.joining(" ")));
        }
        log.write(AUTHZ, Level.INFO, about(caller, line).toString());
    }

    /** An agent wants something that its person has been asked to approve: no refusal, but worth knowing of. */
    public void approvalAsked(Occasion occasion, Caller caller, Action action, ApprovalId approval) {
        metrics.authzDenied(
                APPROVAL_NEEDED, action.tool(), AgentClass.of(caller).label());
        EventLine line = line("authz_needs_approval", APPROVAL_NEEDED, occasion)
                .with("action", action.tool())
                .with("approval", approval);
        log.write(AUTHZ, Level.INFO, about(caller, line).toString());
    }

    /** A request was turned away before anybody looked at its token, for its host, origin, headers or size. */
    public void edgeReject(Occasion occasion, String reason, int status) {
        metrics.edgeRejected(reason, occasion.adapter());
        alarm.count(status, reason);
        log.write(
                EDGE,
                Level.INFO,
                line("edge_reject", reason, occasion).with("status", status).toString());
    }

    /** A caller whom the gate let in asked for more than this budget of theirs has. */
    public void rateLimited(Occasion occasion, Caller caller, String budget) {
        metrics.rateLimited(budget, occasion.adapter());
        log.write(
                AUTHZ,
                Level.INFO,
                about(caller, line("rate_limited", budget, occasion)).toString());
    }

    /** Raises and ends alerts; to be called every few seconds. */
    public void lookForSpikes() {
        alarm.look();
    }

    private EventLine line(String event, String reason, Occasion occasion) {
        return new EventLine(event, clock.instant())
                .with("reason", reason)
                .with("adapter", occasion.adapter())
                .with("correlation_id", occasion.correlationId())
                .with("token", occasion.token().map(tokens::of));
    }

    private static EventLine about(Caller caller, EventLine line) {
        return line.with("agent_class", AgentClass.of(caller).label())
                .with("tenant", caller.tenant())
                .with("user", caller.person().map(User::id))
                .with("agent", caller.actingAgent().map(Agent::name))
                .with("client", caller.client().value());
    }
}
