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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the caller of a verified token: a person, directly or through agents that are registered, an agent as itself,
 * or nobody.
 */
final class Callers {
    /** The app role with which an application may come without a person. */
    private static final String ACCESS = "MCP.Access";

    /** The strictest first. */
    private static final List<Consent> STOPS = List.of(Consent.REVOKED, Consent.DENIED);

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
        List<Agent> chain = chain(agent, token);
        if (token.passedThrough()) {
            return passedThrough(token, chain);
        }
        Optional<App> app = registry.appOf(token.client());
        if (agent.isEmpty() && (app.isEmpty() || token.acting().agentActs())) {
            throw unregistered();
        }
        return chain.stream()
                .reduce(Agent::within)
                .<Caller>map(acting -> throughAgent(token, acting, chain))
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

    private Caller passedThrough(VerifiedToken token, List<Agent> chain) throws RejectedTokenException {
        if (!registry.passesThrough(token.client())) {
            throw unregistered();
        }
        Caller.UserThroughUnknownAgent unheard =
                new Caller.UserThroughUnknownAgent(user(token), credential(token), Consent.NONE);
        Consent said = strictest(
                Stream.concat(Stream.of(standing(unheard, token.client().value(), Set.of())), standings(token, chain)));
        return new Caller.UserThroughUnknownAgent(unheard.user(), unheard.credential(), said);
    }

    private Caller throughAgent(VerifiedToken token, Agent acting, List<Agent> chain) {
        return new Caller.UserThroughAgent(user(token), acting, credential(token), strictest(standings(token, chain)));
    }

    private Stream<Consent> standings(VerifiedToken token, List<Agent> chain) {
        return chain.stream()
                .map(agent -> standing(
                        new Caller.UserThroughAgent(user(token), agent, credential(token), Consent.NONE),
                        agent.name(),
                        agent.scopes()));
    }

    /** Whom the person has stopped stops everybody who comes through them; else the first one's word holds. */
    private static Consent strictest(Stream<Consent> standings) {
        List<Consent> said = standings.toList();
        return STOPS.stream().filter(said::contains).findFirst().orElse(said.get(0));
    }

    /**
     * What the person has said to whom acts for them, at this moment. A token shows that they consented once; the first
     * one is noted, so that they find the agent among those that they can stop.
     */
    private Consent standing(Caller.Person seen, String agent, Set<Scope> scopes) {
        Consent said = consents.state(seen.tenant(), seen.user().id(), agent);
        return said == Consent.NONE ? consents.noteAllowed(seen, agent, scopes) : said;
    }

    /**
     * The agents that act, the one whose name stands for them first; every one of them must be registered. Together
     * they have no more rights than each of them has.
     */
    private List<Agent> chain(Optional<Agent> client, VerifiedToken token) throws RejectedTokenException {
        List<Agent> chain = new ArrayList<>(client.stream().toList());
        for (ClientId actor : token.acting().actors()) {
            chain.add(agentOf(actor).orElseThrow(Callers::unregistered));
        }
        return chain;
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
                token.expiresAt().plus(TokenSettings.SKEW),
                token.origin());
    }

    private static <T> Set<T> known(Set<String> claims, Function<String, Optional<T>> of) {
        return claims.stream().map(of).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static RejectedTokenException unregistered() {
        return new RejectedTokenException(TokenRejection.CLIENT_NOT_REGISTERED);
    }
}
