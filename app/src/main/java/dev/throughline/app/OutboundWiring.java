package dev.throughline.app;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.ClientId;
import dev.throughline.conversation.AgentGateway;
import dev.throughline.delegation.DelegatedTokens;
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
        return new FileAgentRegistry(settings.agentsFile());
    }

    @Produces
    @Singleton
    DelegatedTokens delegatedTokens(Settings settings) {
        return new EntraDelegatedTokens(new EntraSettings(
                URI.create(settings.authority() + "/oauth2/v2.0/token"),
                new ClientId(settings.apiClientId().toString()),
                settings.clientSecret()));
    }

    @Produces
    @Singleton
    AgentGateway agentGateway(Settings settings) {
        return new FoundryAgentGateway(new FoundrySettings(settings.project()));
    }
}
