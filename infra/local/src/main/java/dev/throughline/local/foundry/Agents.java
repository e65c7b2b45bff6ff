package dev.throughline.local.foundry;

import dev.throughline.local.LocalSecrets;
import dev.throughline.local.hosted.OrderFunctions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The agents of the project.
 *
 * @param all every agent, in the order in which they are listed
 * @param identitySecrets what agents' own identities prove themselves by, by client id; the real service needs none
 */
record Agents(List<AgentDefinition> all, Map<String, String> identitySecrets) {

    /** The system message of all of them. */
    static final String ORDER_DESK = "You help people with the orders of the order desk. Use the tools for every"
            + " fact, and say nothing about orders that no tool has told you in this run.";

    Agents {
        all = List.copyOf(all);
        identitySecrets = Map.copyOf(identitySecrets);
    }

    /** The agents of the order desk. */
    static Agents ofOrderDesk(Registration registration, LocalSecrets secrets) {
        return ofOrderDesk(registration, secrets, RequireApproval.FOR_WRITES);
    }

    /** The same with other approvals for {@code orders-assistant}. */
    static Agents ofOrderDesk(Registration registration, LocalSecrets secrets, RequireApproval approval) {
        return new Agents(
                List.of(
                        ordersAssistant(registration, secrets, approval),
                        ordersFunctions(),
                        ordersPassthrough(registration, Registration.FOUNDRY_AUDIENCE),
                        nightAgent(registration),
                        legacyAgent(registration)),
                Map.of(
                        Registration.NIGHT_AGENT_CLIENT,
                        secrets.nightAgentSecret(),
                        Registration.SHARED_IDENTITY_CLIENT,
                        secrets.sharedIdentitySecret()));
    }

    /** A prompt agent that calls the order desk's MCP server as the user, through an OAuth2 connection. */
    private static AgentDefinition ordersAssistant(
            Registration registration, LocalSecrets secrets, RequireApproval approval) {
        return prompt(
                "orders-assistant", registration, ordersConnection(registration, secrets), approval, identity("3"));
    }

    /** A hosted agent that never sees a token: whoever asks it calls its functions. */
    private static AgentDefinition ordersFunctions() {
        return new AgentDefinition(
                "orders-functions",
                "1",
                AgentDefinition.Kind.HOSTED,
                "guided",
                "",
                List.of(),
                OrderFunctions.declared(),
                identity("7"));
    }

    /** A prompt agent that hands the order desk a token of the user that was made for somebody else. */
    static AgentDefinition ordersPassthrough(Registration registration, String audience) {
        return prompt(
                "orders-passthrough",
                registration,
                new UserTokenConnection("orders-user-token", audience),
                RequireApproval.FOR_WRITES,
                identity("8"));
    }

    /** A prompt agent that acts as itself. */
    private static AgentDefinition nightAgent(Registration registration) {
        return prompt(
                "night-agent",
                registration,
                new AgentIdentityConnection("orders-agent-identity", Registration.API_AUDIENCE),
                RequireApproval.FOR_WRITES,
                Optional.of(new AgentDefinition.Identity(
                        "c0ffee00-0000-4000-8000-0000000000c5", Registration.NIGHT_AGENT_CLIENT)));
    }

    /** A prompt agent from before agents had identities, so that it acts as the project. */
    private static AgentDefinition legacyAgent(Registration registration) {
        return prompt(
                "legacy-agent",
                registration,
                new AgentIdentityConnection("orders-agent-identity", Registration.API_AUDIENCE),
                RequireApproval.FOR_WRITES,
                Optional.empty());
    }

    private static AgentDefinition prompt(
            String name,
            Registration registration,
            Connection connection,
            RequireApproval approval,
            Optional<AgentDefinition.Identity> identity) {
        McpTool orders = new McpTool("orders", registration.mcp(), connection, approval, Set.of());
        return new AgentDefinition(
                name, "1", AgentDefinition.Kind.PROMPT, "guided", ORDER_DESK, List.of(orders), List.of(), identity);
    }

    private static Optional<AgentDefinition.Identity> identity(String digit) {
        return Optional.of(new AgentDefinition.Identity(
                "c0ffee00-0000-4000-8000-0000000000d" + digit, "c0ffee00-0000-4000-8000-0000000000c" + digit));
    }

    private static OAuthConnection ordersConnection(Registration registration, LocalSecrets secrets) {
        return new OAuthConnection(
                "orders-oauth",
                registration.authorize(),
                registration.token(),
                Registration.ASSISTANT_CLIENT,
                secrets.assistantClientSecret(),
                registration.foundry("/oauth/callback"),
                List.of(
                        Registration.API_SCOPE_PREFIX + "Orders.Read",
                        Registration.API_SCOPE_PREFIX + "Orders.Write",
                        "offline_access",
                        "openid"));
    }

    /** The same agents over another model. */
    Agents over(String model) {
        return new Agents(all.stream().map(agent -> agent.over(model)).toList(), identitySecrets);
    }

    Optional<AgentDefinition> named(String name) {
        return all.stream().filter(agent -> agent.name().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return "Agents" + all.stream().map(AgentDefinition::name).toList();
    }
}
