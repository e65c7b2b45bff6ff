package dev.throughline.app;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.ClientId;
import dev.throughline.conversation.AgentGateway;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.out.entra.EntraDelegatedTokens;
import dev.throughline.out.entra.EntraSettings;
import dev.throughline.out.foundry.FoundryAgentGateway;
import dev.throughline.out.foundry.FoundrySettings;
import dev.throughline.out.registry.FileAgentRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;

/** Makes what is called: the authority's token endpoint, the agent service and the agent registry. */
@Dependent
class OutboundWiring {

    @Produces
    @Singleton
    AgentRegistry registry(Settings settings) {
        try {
            return new FileAgentRegistry(settings.agents().registry());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("AGENTS_FILE", "does not do, since " + clause(e.getMessage()));
        }
    }

    /** Where there is no credential, since nobody signs in, there is nothing to exchange either. */
    @Produces
    @Singleton
    DelegatedTokens delegatedTokens(Settings settings) {
        Registration api = settings.registration();
        return api.secret()
                .<DelegatedTokens>map(secret -> new EntraDelegatedTokens(new EntraSettings(
                        URI.create(settings.trust().authority() + "/oauth2/v2.0/token"),
                        new ClientId(api.client().toString()),
                        secret.value())))
                .orElse((user, assertion, audience) -> new Delegation.NotIssued(Delegation.Failure.MISCONFIGURED));
    }

    @Produces
    @Singleton
    AgentGateway agentGateway(Settings settings) {
        return new FoundryAgentGateway(new FoundrySettings(settings.agents().project()));
    }

    /** A sentence as a part of another. */
    private static String clause(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1).replaceFirst("\\.$", "");
    }
}
