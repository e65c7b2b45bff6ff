package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent as its definition in Foundry declares it.
 *
 * @param name what callers refer to it by
 * @param version its only version
 * @param kind who runs the loop of model and tools
 * @param model the deployment it names; {@code guided} has no language model behind it
 * @param instructions the system message
 * @param tools what it may use
 * @param identity the agent's own identity in Entra
 */
record AgentDefinition(
        String name,
        String version,
        Kind kind,
        String model,
        String instructions,
        List<McpTool> tools,
        Identity identity) {

    /** Who runs the loop of model and tools. */
    enum Kind {
        /** Foundry itself. */
        PROMPT
    }

    /**
     * The identity that a new agent gets when it is made.
     *
     * @param principalId object id of its service principal
     * @param clientId its application id
     */
    record Identity(String principalId, String clientId) {}

    AgentDefinition {
        tools = List.copyOf(tools);
    }

    /** What a response and its items say of the agent that made them. */
    ObjectNode reference() {
        return Json.object().put("type", "agent_reference").put("name", name).put("version", version);
    }

    /** The agent object of the management API. */
    ObjectNode toJson() {
        ObjectNode agent = Json.object().put("object", "agent").put("id", name).put("name", name);
        ObjectNode latest = agent.putObject("versions").putObject("latest");
        latest.put("object", "agent.version").put("id", name + ":" + version);
        latest.put("name", name).put("version", version);
        ObjectNode definition = latest.putObject("definition");
        definition.put("kind", "prompt").put("model", model).put("instructions", instructions);
        tools.forEach(tool -> definition.withArray("tools").add(tool.toJson()));
        agent.putObject("instance_identity")
                .put("principal_id", identity.principalId())
                .put("client_id", identity.clientId())
                .put("status", "active");
        return agent;
    }
}
