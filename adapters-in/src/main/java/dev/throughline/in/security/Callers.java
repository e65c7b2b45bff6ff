package dev.throughline.in.security;

import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.Consents;
import dev.throughline.access.Credential;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the caller of a verified token: a person, directly or through agents that are registered, an agent as itself,
 * or nobody.
 */
final class Callers {
    /** The app role with which an application may come without a person. */
    private static final String ACCESS = "MCP.Access";

    private final AgentRegistry registry;
    private final Consents consents;

    Callers(AgentRegistry registry, Consents consents) {
        this.registry = registry;
        this.consents = consents;
    }

    /** @throws dev.throughline.Unavailable if nobody can tell whether the person still lets an agent act */
    Caller callerOf(VerifiedToken token) throws RejectedTokenException {
        Optional<Agent> agent = agentOf(token.client());
        if (token.appOnly()) {
            return agent.filter(known -> actsAsItself(known, token))
                    .map(known -> asItself(known, token))
                    .orElseThrow(() -> new RejectedTokenException(TokenRejection.USER_REQUIRED));
        }
        if (token.acting().aboutAnAgent()) {
            throw new RejectedTokenException(TokenRejection.USER_REQUIRED);
        }
        Optional<Agent> acting = acting(agent, token);
        if (token.passedThrough()) {
            return passedThrough(token);
        }
        Optional<App> app = registry.appOf(token.client());
        if (agent.isEmpty() && (app.isEmpty() || token.acting().agentActs())) {
            throw unregistered();
        }
        return acting.<Caller>map(known -> throughAgent(token, known))
                .or(() -> app.map(known -> new Caller.UserDirectly(user(token), known, credential(token))))
                .orElseThrow(Callers::unregistered);
    }

    private static boolean actsAsItself(Agent agent, VerifiedToken token) {
        return token.acting().itself()
                && token.acting().actors().isEmpty()
                && !token.passedThrough()
                && token.roles().contains(ACCESS)
                && !agent.grant().toolsAsItself().isEmpty();
    }

    private static Caller asItself(Agent agent, VerifiedToken token) {
        return new Caller.AgentAsItself(new TenantId(token.tenant()), token.subject(), agent, credential(token));
    }

    private Caller passedThrough(VerifiedToken token) throws RejectedTokenException {
        if (!registry.passesThrough(token.client())) {
            throw unregistered();
        }
        return new Caller.UserThroughUnknownAgent(
                user(token), credential(token), standing(token, token.client().value(), Set.of()));
    }

    private Caller throughAgent(VerifiedToken token, Agent agent) {
        return new Caller.UserThroughAgent(
                user(token), agent, credential(token), standing(token, agent.name(), agent.scopes()));
    }

    /**
     * What the person has said to whom acts for them, at this moment. A token shows that they consented once; the first
     * one is noted, so that they find the agent among those that they can stop.
     */
    private Consent standing(VerifiedToken token, String agent, Set<Scope> scopes) {
        TenantId tenant = new TenantId(token.tenant());
        UserId user = new UserId(token.subject());
        Consent said = consents.state(tenant, user, agent);
        return said == Consent.NONE ? consents.noteAllowed(tenant, user, agent, scopes) : said;
    }

    /** The agent that acts, with no more rights than each of the chain has; every one of them must be registered. */
    private Optional<Agent> acting(Optional<Agent> client, VerifiedToken token) throws RejectedTokenException {
        Optional<Agent> acting = client;
        for (ClientId actor : token.acting().actors()) {
            Agent next = agentOf(actor).orElseThrow(Callers::unregistered);
            acting = Optional.of(acting.map(known -> known.within(next)).orElse(next));
        }
        return acting;
    }

    private Optional<Agent> agentOf(ClientId client) throws RejectedTokenException {
        Optional<Agent> agent = registry.agentOf(client);
        if (agent.filter(Agent::shared).isPresent()) {
            throw new RejectedTokenException(TokenRejection.AGENT_IDENTITY_SHARED);
        }
        return agent;
    }

    private static User user(VerifiedToken token) {
        return new User(new TenantId(token.tenant()), new UserId(token.subject()), known(token.roles(), Role::ofClaim));
    }

    private static Credential credential(VerifiedToken token) {
        return new Credential(
                token.client(),
                token.audience(),
                known(token.scopes(), Scope::ofClaim),
                token.expiresAt().plus(TokenSettings.SKEW));
    }

    private static <T> Set<T> known(Set<String> claims, Function<String, Optional<T>> of) {
        return claims.stream().map(of).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static RejectedTokenException unregistered() {
        return new RejectedTokenException(TokenRejection.CLIENT_NOT_REGISTERED);
    }
}
