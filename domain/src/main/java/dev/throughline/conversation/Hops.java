package dev.throughline.conversation;

import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.ConsentId;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.trail.Hop;
import dev.throughline.trail.Hop.Evidence;
import dev.throughline.trail.VerifiedToolCall;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The hops of a run, each with no more than its evidence supports. */
final class Hops {
    private static final String CHAT = "chat";
    private static final String AGENT_SERVICE = "foundry";
    private static final String TOOLS = "mcp";
    private static final String TOOLS_OF_OURS = "functions";

    private Hops() {}

    /** The person's own token, which we checked, on the chat request. */
    static Hop presentedToChat(Permit permit) {
        Caller caller = permit.caller();
        return new Hop(
                "browser",
                CHAT,
                Optional.of(permit.user().id().toString()),
                Optional.empty(),
                Optional.of(caller.client().value()),
                Optional.of(caller.credential().audience()),
                caller.scopes().stream().map(Scope::claim).collect(Collectors.toSet()),
                Optional.of("presented as bearer token"),
                Evidence.VERIFIED,
                Optional.of(permit.name()),
                Optional.of(permit.rule()),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What the agent had us carry out, or wanted to: the person by the token on the chat's request, the agent because
     * we began its run.
     */
    static Hop carriedOut(Caller caller, Decision decision, Optional<ConsentId> consent) {
        return inRun(caller, TOOLS_OF_OURS, "function call in a run of ours", decision, consent);
    }

    /** What the service asked about for its agent, and we refused: known as above, and no call has come. */
    static Hop askedFor(Caller caller, Decision decision, Optional<ConsentId> consent) {
        return inRun(caller, CHAT, "approval request in a run of ours", decision, consent);
    }

    private static Hop inRun(
            Caller caller, String to, String obtained, Decision decision, Optional<ConsentId> consent) {
        return new Hop(
                caller.actingAgent().orElseThrow().name(),
                to,
                caller.person().map(user -> user.id().toString()),
                caller.actingAgent().map(Agent::name),
                Optional.of(caller.client().value()),
                Optional.of(caller.credential().audience()),
                caller.scopes().stream().map(Scope::claim).collect(Collectors.toSet()),
                Optional.of(obtained),
                Evidence.VERIFIED,
                Optional.of(decision.name()),
                Optional.of(decision.rule()),
                decision instanceof Permit permit ? permit.approval() : Optional.empty(),
                consent);
    }

    /** The token that we obtained for the person to call the agent service with. */
    static Hop issuedForAgentService(User user, DelegatedToken token) {
        return new Hop(
                CHAT,
                AGENT_SERVICE,
                Optional.of(user.id().toString()),
                Optional.empty(),
                Optional.of(token.client().value()),
                Optional.of(token.audience()),
                token.scopes(),
                Optional.of("on-behalf-of exchange"),
                Evidence.ISSUED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Which agent the service says is answering. */
    static Hop reportedAgent(String agent) {
        return reported(AGENT_SERVICE, agent, agent);
    }

    /** A tool call that the service reported and our endpoint verified. */
    static Hop verifiedToolCall(VerifiedToolCall call, Optional<ConsentId> consent) {
        return new Hop(
                call.agent().orElse(call.client().value()),
                TOOLS,
                call.user().map(UserId::toString),
                call.agent(),
                Optional.of(call.client().value()),
                Optional.of(call.audience()),
                call.scopes(),
                Optional.of("presented as bearer token"),
                Evidence.VERIFIED,
                Optional.of(call.decision()),
                Optional.of(call.rule()),
                call.approval(),
                call.user().isPresent() ? consent : Optional.empty());
    }

    /** A tool call that only the service speaks of. */
    static Hop reportedToolCall(String agent) {
        return reported(agent, TOOLS, agent);
    }

    private static Hop reported(String from, String to, String agent) {
        return new Hop(
                from,
                to,
                Optional.empty(),
                Optional.of(agent),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Evidence.REPORTED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
