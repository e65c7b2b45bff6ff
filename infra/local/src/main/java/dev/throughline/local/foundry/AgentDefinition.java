package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent as its definition in Foundry declares it.
 *
 * @param name what callers refer to it by
 * @param version its only version
 * @param kind who runs the loop of model and tools
 * @param model the deployment it names; {@code guided} has no language model behind it
 * @param instructions the system message
 * @param tools the tool servers that it may use
 * @param functions the functions that it may ask its client to call
 * @param identity the agent's own identity in Entra; none for an agent that is older than those
 */
record AgentDefinition(
        String name,
        String version,
        Kind kind,
        String model,
        String instructions,
        List<McpTool> tools,
        List<ObjectNode> functions,
        Optional<Identity> identity) {

    /** Who runs the loop of model and tools. */
    enum Kind {
        /** Foundry itself. */
        PROMPT,
        /** A program of the agent's own, which Foundry runs. */
        HOSTED
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
        functions = List.copyOf(functions);
    }

    /** The same agent over another model. */
    AgentDefinition over(String otherModel) {
        return new AgentDefinition(name, version, kind, otherModel, instructions, tools, functions, identity);
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
        definition.put("kind", kind.name().toLowerCase(Locale.ROOT));
        if (kind == Kind.PROMPT) {
            definition.put("model", model).put("instructions", instructions);
        } else {
            definition
                    .putArray("container_protocol_versions")
                    .addObject()
                    .put("protocol", "responses")
                    .put("version", "2.0.0");
            definition.put("cpu", "1").put("memory", "2Gi").put("image", "local/" + name + ":" + version);
        }
        definition.set("tools", toolsToJson());
        identity.ifPresentOrElse(
                own -> agent.putObject("instance_identity")
                        .put("principal_id", own.principalId())
                        .put("client_id", own.clientId())
                        .put("status", "active"),
                () -> agent.putNull("instance_identity"));
        return agent;
    }

    /** What the agent may use, as its definition and its responses list it. */
    ArrayNode toolsToJson() {
        ArrayNode all = Json.array();
        tools.forEach(tool -> all.add(tool.toJson()));
        functions.forEach(all::add);
        return all;
    }
}
