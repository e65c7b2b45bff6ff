package dev.throughline.conversation;

import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.Caller.UserDirectly;
import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.Consents;
import dev.throughline.access.Credential;
import dev.throughline.access.Origin;
import dev.throughline.access.User;
import java.util.Optional;

/**
 * The person of a run and the agent that acts for them in it. We know the person by the token of the chat's request,
 * and the agent because we began the run; the agent itself holds no token here.
 */
final class Acting {
    private final UserDirectly person;
    private final Agent agent;
    private final Consents consents;
    private final Credential credential;

    /** @param turn the turn in which it acts */
    Acting(UserDirectly person, Agent agent, Consents consents, Origin.Turn turn) {
        this.person = person;
        this.credential = person.credential().from(person.credential().origin().within(turn));
        this.agent = agent;
        this.consents = consents;
    }

    User user() {
        return person.user();
    }

    Agent agent() {
        return agent;
    }

    /** The caller of what the agent has us do, with what the ledger says at this moment. */
    Caller.UserThroughRun caller() {
        return new Caller.UserThroughRun(person.user(), person.app(), agent, credential, standing());
    }

    /** The ledger's entry about the agent, if there is one. */
    Optional<ConsentEntry> entry() {
        return entry(agent.name());
    }

    /** The ledger's entry about whoever comes by this name, if there is one. */
    Optional<ConsentEntry> entry(String name) {
        return consents.find(user().tenant(), user().id(), name);
    }

    /** Makes the person decide whether the agent may act for them. */
    ConsentEntry ask() {
        return consents.ask(caller(), agent.name(), agent.scopes());
    }

    /** On the other routes the agent has a token that the person consented to; there only a no counts. */
    private Consent standing() {
        Consent said = consents.state(user().tenant(), user().id(), agent.name());
        boolean open = said == Consent.NONE || said == Consent.ASKED;
        return open && agent.route() != Agent.Route.FUNCTION ? Consent.ALLOWED : said;
    }
}
