package dev.throughline.local.foundry;

import dev.throughline.local.LocalSecrets;
import dev.throughline.local.hosted.OrderFunctions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The agents of the project.
 *
 * @param all every agent, in the order in which they are listed
 */
record Agents(List<AgentDefinition> all) {

    private static final String ORDER_DESK =
            "You help people with the orders of the order desk. Use the tools for every"
                    + " fact, and say nothing about orders that no tool has told you in this run.";

    Agents {
        all = List.copyOf(all);
    }

    /** The agents of the order desk. */
    static Agents ofOrderDesk(Registration registration, LocalSecrets secrets) {
        return ofOrderDesk(registration, secrets, RequireApproval.FOR_WRITES);
    }

    /** The same with other approvals for {@code orders-assistant}. */
    static Agents ofOrderDesk(Registration registration, LocalSecrets secrets, RequireApproval approval) {
        return new Agents(List.of(ordersAssistant(registration, secrets, approval), ordersFunctions()));
    }

    /** A prompt agent that calls the order desk's MCP server as the user, through an OAuth2 connection. */
    private static AgentDefinition ordersAssistant(
            Registration registration, LocalSecrets secrets, RequireApproval approval) {
        McpTool orders =
                new McpTool("orders", registration.mcp(), ordersConnection(registration, secrets), approval, Set.of());
        return new AgentDefinition(
                "orders-assistant",
                "1",
                AgentDefinition.Kind.PROMPT,
                "guided",
                ORDER_DESK,
                List.of(orders),
                List.of(),
                identity("3"));
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

    Optional<AgentDefinition> named(String name) {
        return all.stream().filter(agent -> agent.name().equals(name)).findFirst();
    }

    Optional<OAuthConnection> connection(String name) {
        return all.stream()
                .flatMap(agent -> agent.tools().stream())
                .map(McpTool::connection)
                .filter(connection -> connection.name().equals(name))
                .findFirst();
    }
}
