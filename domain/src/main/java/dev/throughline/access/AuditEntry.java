package dev.throughline.access;

import dev.throughline.access.Decision.Permit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What is put on record: who wanted what, what was decided about it, and what came of it. It names people, agents and
 * rows by their ids and holds nothing else of them.
 *
 * @param caller who
 * @param action what they wanted, by its stable name
 * @param decision what was decided, as {@link Decision#name()}
 * @param rule the rule that decided
 * @param outcome what came of it, by a stable name
 * @param details what it was about
 */
public record AuditEntry(Caller caller, String action, String decision, String rule, String outcome, Details details) {
    /** It was done. */
    public static final String DONE = "done";
    /** There was nothing of that id, as far as the caller may know. */
    public static final String NOT_FOUND = "not_found";
    /** The row was no longer in the version that the caller saw. */
    public static final String VERSION_CHANGED = "version_changed";
    /** The order could not go where the caller wanted it. */
    public static final String STATUS_IMPOSSIBLE = "status_impossible";
    /** It had been done before under the same key. */
    public static final String REPLAYED = "replayed";
    /** Another request with the same key was being carried out. */
    public static final String REQUEST_RUNNING = "request_running";
    /** The key had served for something else. */
    public static final String KEY_REUSED = "key_reused";
    /** Nothing was done. */
    public static final String REFUSED = "refused";
    /** The person was asked. */
    public static final String ASKED = "asked";
    /** Some of one's own affairs were shown. */
    public static final String LISTED = "listed";
    /** One of one's own affairs was shown. */
    public static final String READ = "read";
    /** It came too late. */
    public static final String TOO_LATE = "too_late";
    /** It was answered before. */
    public static final String ANSWERED_BEFORE = "answered_before";

    /**
     * What it was about.
     *
     * @param resource the row's id
     * @param version the row's version afterwards, or that of a proposal
     * @param digest the SHA-256 of the arguments in their canonical form
     * @param approval the person's approval
     * @param consent the person's consent
     * @param agent the agent that it was about, where that is not the one that acts
     * @param conversation the conversation, where that is not the caller's
     * @param run the run, where that is not the caller's
     * @param joins the request that is hereby known to belong to the conversation and the run
     */
    public record Details(
            Optional<String> resource,
            OptionalLong version,
            Optional<String> digest,
            Optional<ApprovalId> approval,
            Optional<ConsentId> consent,
            Optional<String> agent,
            Optional<UUID> conversation,
            Optional<UUID> run,
            Optional<UUID> joins) {
        static final Details NONE = new Details(
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What came of something that was permitted. */
    public static AuditEntry of(Permit permit, String outcome) {
        return of(permit.caller(), permit.action(), permit, outcome);
    }

    /** Something that was not permitted. */
    public static AuditEntry refused(Caller caller, Action action, Decision.Refusal refusal) {
        return of(caller, action, refusal, REFUSED);
    }

    /** What came of a decision. */
    public static AuditEntry of(Caller caller, Action action, Decision decision, String outcome) {
        AuditEntry entry = of(caller, action.tool(), decision.name(), decision.rule(), outcome);
        return decision instanceof Permit permit
                ? entry.approval(permit.approval()).digest(permit.digest())
                : entry;
    }

    /** Something about a caller that was not decided by the policy alone. */
    public static AuditEntry of(Caller caller, String action, String decision, String rule, String outcome) {
        return new AuditEntry(caller, action, decision, rule, outcome, Details.NONE);
    }

    /** The same with another end. */
    public AuditEntry endedAs(String end) {
        return new AuditEntry(caller, action, decision, rule, end, details);
    }

    /** The conversation that it belongs to. */
    public Optional<UUID> conversation() {
        return details.conversation().or(() -> turn().map(Origin.Turn::conversation));
    }

    /** The run that it belongs to. */
    public Optional<UUID> run() {
        return details.run().or(() -> turn().map(Origin.Turn::run));
    }

    private Optional<Origin.Turn> turn() {
        return caller.credential().origin().turn();
    }

    /** The agent that acted, or that it was about. */
    public Optional<String> agent() {
        return details.agent().or(() -> caller.actingAgent().map(Agent::name));
    }

    /** The same, about a row. */
    public AuditEntry about(String resource) {
        return with(Optional.of(resource), details.version());
    }

    /** The same, about a row in this version. */
    public AuditEntry about(String resource, long version) {
        return with(Optional.of(resource), OptionalLong.of(version));
    }

    /** The same, with the digest of the arguments. */
    public AuditEntry digest(Optional<String> digest) {
        return with(digest, details.approval(), details.consent());
    }

    /** The same, with the person's approval. */
    public AuditEntry approval(Optional<ApprovalId> approval) {
        return with(details.digest(), approval, details.consent());
    }

    /** The same, about what a person says to an agent. */
    public AuditEntry consent(ConsentId consent, String agent) {
        return with(details.digest(), details.approval(), Optional.of(consent)).naming(agent);
    }

    /** The same, about an agent. */
    public AuditEntry naming(String agent) {
        return with(Optional.of(agent), details.conversation(), details.run(), details.joins());
    }

    /** The same, about a conversation. */
    public AuditEntry in(UUID conversation) {
        return with(details.agent(), Optional.of(conversation), details.run(), details.joins());
    }

    /** The same, about a run in a conversation. */
    public AuditEntry in(UUID conversation, UUID run) {
        return with(details.agent(), Optional.of(conversation), Optional.of(run), details.joins());
    }

    /** The same, by which a request is known to belong to the turn. */
    public AuditEntry joins(Optional<UUID> request) {
        return with(details.agent(), details.conversation(), details.run(), request);
    }

    private AuditEntry with(Optional<String> resource, OptionalLong version) {
        return with(new Details(
                resource,
                version,
                details.digest(),
                details.approval(),
                details.consent(),
                details.agent(),
                details.conversation(),
                details.run(),
                details.joins()));
    }

    private AuditEntry with(Optional<String> digest, Optional<ApprovalId> approval, Optional<ConsentId> consent) {
        return with(new Details(
                details.resource(),
                details.version(),
                digest,
                approval,
                consent,
                details.agent(),
                details.conversation(),
                details.run(),
                details.joins()));
    }

    private AuditEntry with(
            Optional<String> agent, Optional<UUID> conversation, Optional<UUID> run, Optional<UUID> joins) {
        return with(new Details(
                details.resource(),
                details.version(),
                details.digest(),
                details.approval(),
                details.consent(),
                agent,
                conversation,
                run,
                joins));
    }

    private AuditEntry with(Details other) {
        return new AuditEntry(caller, action, decision, rule, outcome, other);
    }
}
