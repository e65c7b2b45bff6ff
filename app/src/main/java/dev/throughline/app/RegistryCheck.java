package dev.throughline.app;

import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.ClientId;
import dev.throughline.in.security.TokenIssuer;
import java.util.Optional;

/** Holds the settings against the agent registry, where one of them could be right only without the other. */
final class RegistryCheck {
    private final AgentRegistry registry;

    RegistryCheck(AgentRegistry registry) {
        this.registry = registry;
    }

    /** @throws InvalidSettingException if they do not go together */
    void check(Settings settings) {
        webChat();
        boolean passthrough = settings.trust().passthrough();
        if (registry.agentNamed(settings.agents().agent())
                .filter(agent -> chats(agent, passthrough))
                .isEmpty()) {
            throw new InvalidSettingException("AGENT_NAME", "names no agent of AGENTS_FILE that people can chat with");
        }
        settings.trust().tokens().issuers().stream()
                .map(TokenIssuer::audiences)
                .flatMap(java.util.Set::stream)
                .forEach(this::requireNoClient);
    }

    /** Whether there can be anybody at all who may talk to it. */
    private static boolean chats(Agent agent, boolean passthrough) {
        return agent.chats() && !agent.shared() && (passthrough || agent.route() != Agent.Route.PASSTHROUGH);
    }

    /** The app that the web chat signs people in with. */
    App webChat() {
        return registry.apps().stream()
                .filter(App::mayApprove)
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        "AGENTS_FILE", "names no app with mayApprove, so nobody could sign in to the web chat"));
    }

    /** An audience that is a client's would make an access token of each of that client's ID tokens. */
    private void requireNoClient(String audience) {
        ClientId client = new ClientId(audience);
        Optional<String> name = registry.appOf(client)
                .map(App::name)
                .or(() -> registry.agentOf(client).map(Agent::name));
        if (name.isPresent()) {
            throw new InvalidSettingException(
                    Audiences.VARIABLE,
                    "must not hold " + audience + ", the client of " + name.get() + " in AGENTS_FILE");
        }
    }
}
