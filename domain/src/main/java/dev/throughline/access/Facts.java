package dev.throughline.access;

import java.util.Optional;

/**
 * What a decision depends on besides who wants to do what.
 *
 * @param door how the call came in
 * @param row the one row that it is about; empty while that is not known, or where it is about none or many
 * @param answered what an agent wants to do and how the person has answered; empty while nobody has looked
 * @param partner whom a person wants to talk to; empty where it is about something else
 */
public record Facts(Door door, Optional<Row> row, Optional<Answered> answered, Optional<Partner> partner) {

    /**
     * Whose a row is.
     *
     * @param tenant its tenant
     * @param owner the person within the tenant
     */
    public record Row(TenantId tenant, UserId owner) {}

    /**
     * A proposal and what is known of the person's answer.
     *
     * @param proposal what the agent wants to do
     * @param approval the approval that decides about it; empty if there is none
     */
    public record Answered(Proposal proposal, Optional<Approval> approval) {}

    /**
     * An agent to talk to.
     *
     * @param agent the agent
     * @param consent what the person has said to it
     * @param reachable whether its way of calling is switched on here
     */
    public record Partner(Agent agent, Consent consent, boolean reachable) {}

    /** A call through a door, about no row in particular. */
    public static Facts at(Door door) {
        return new Facts(door, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same call, about this row. */
    public Facts about(TenantId tenant, UserId owner) {
        return new Facts(door, Optional.of(new Row(tenant, owner)), answered, partner);
    }

    /** The same call, with what is known of the person's answer to it. */
    public Facts answered(Proposal proposal, Optional<Approval> approval) {
        return new Facts(door, row, Optional.of(new Answered(proposal, approval)), partner);
    }

    /** The same call, to talk to this agent. */
    public Facts with(Partner talkedTo) {
        return new Facts(door, row, answered, Optional.of(talkedTo));
    }
}
