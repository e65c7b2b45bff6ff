package dev.throughline.in.security;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Caller;
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

/** Makes the caller of a verified token: a person, directly or through a registered agent, or nobody. */
final class Callers {
    private final AgentRegistry registry;

    Callers(AgentRegistry registry) {
        this.registry = registry;
    }

    Caller callerOf(VerifiedToken token) throws RejectedTokenException {
        if (token.appOnly()) {
            throw new RejectedTokenException(TokenRejection.USER_REQUIRED);
        }
        User user = new User(
                new TenantId(token.tenant()), new UserId(token.subject()), known(token.roles(), Role::ofClaim));
        Credential credential = new Credential(token.client(), token.audience(), known(token.scopes(), Scope::ofClaim));
        return registry.appOf(token.client())
                .<Caller>map(app -> new Caller.UserDirectly(user, app, credential))
                .or(() -> registry.agentOf(token.client())
                        .map(agent -> new Caller.UserThroughAgent(user, agent, credential)))
                .orElseThrow(() -> new RejectedTokenException(TokenRejection.CLIENT_NOT_REGISTERED));
    }

    private static <T> Set<T> known(Set<String> claims, Function<String, Optional<T>> of) {
        return claims.stream().map(of).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }
}
