package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Call;
import dev.throughline.local.responses.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The HTTP surface of the project. The OpenAI paths exist twice: at the project, where the body names the agent, and at
 * each agent's own endpoint, in the three spellings that the service's documents use.
 */
final class ProjectApi {

    static final String ROOT = "/api/projects/orders";

    private static final List<String> OF_PROJECT = List.of("openai", "v1");
    private static final List<List<String>> OF_AGENT = List.of(
            List.of("endpoint", "protocols", "openai", "v1"),
            List.of("endpoint", "protocols", "openai"),
            List.of("protocols", "openai"));

    private final ProjectAccess access;
    private final Agents agents;
    private final ResponsesApi responses;
    private final ConversationsApi conversations;

    ProjectApi(ProjectAccess access, Agents agents, ResponsesApi responses, ConversationsApi conversations) {
        this.access = access;
        this.agents = agents;
        this.responses = responses;
        this.conversations = conversations;
    }

    /** Whether the path is the project's. */
    static boolean owns(String path) {
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    void handle(Call call) throws IOException {
        ProjectUser user = access.require(call);
        List<String> path = Arrays.asList(
                call.path().substring(ROOT.length()).replaceFirst("^/", "").split("/", -1));
        if (startsWith(path, OF_PROJECT)) {
            openAi(call, user, "", path.subList(2, path.size()));
        } else if (path.get(0).equals("agents")) {
            agents(call, user, path.subList(1, path.size()));
        } else {
            throw noSuchPath();
        }
    }

    private void agents(Call call, ProjectUser user, List<String> path) throws IOException {
        if (path.isEmpty()) {
            requireManagement(call);
            ObjectNode list = Json.object().put("object", "list");
            ArrayNode data = list.putArray("data");
            agents.all().forEach(agent -> data.add(agent.toJson()));
            call.sendJson(200, list.put("has_more", false));
            return;
        }
        AgentDefinition agent = agents.named(path.get(0)).orElseThrow(() -> ApiError.notFound("Agent", path.get(0)));
        List<String> rest = path.subList(1, path.size());
        if (rest.isEmpty()) {
            requireManagement(call);
            call.sendJson(200, agent.toJson());
            return;
        }
        List<String> prefix = OF_AGENT.stream()
                .filter(spelling -> startsWith(rest, spelling))
                .findFirst()
                .orElseThrow(ProjectApi::noSuchPath);
        if (!prefix.contains("v1")) {
            requireApiVersion(call);
        }
        openAi(call, user, agent.name(), rest.subList(prefix.size(), rest.size()));
    }

    private void openAi(Call call, ProjectUser user, String boundAgent, List<String> path) throws IOException {
        String resource = path.isEmpty() ? "" : path.get(0);
        String id = path.size() > 1 ? path.get(1) : "";
        String shape = resource + (path.size() > 1 ? "/{id}" : "") + (path.size() > 2 ? "/" + path.get(2) : "");
        if (path.size() > 3 || (path.size() > 1 && id.isEmpty())) {
            throw noSuchPath();
        }
        switch (call.method() + " " + shape) {
            case "POST responses" -> responses.create(call, user, boundAgent);
            case "GET responses/{id}" -> responses.read(call, user, id);
            case "DELETE responses/{id}" -> responses.delete(call, user, id);
            case "POST responses/{id}/cancel" -> responses.cancel(user, id);
            case "GET responses/{id}/input_items" -> responses.inputItems(call, user, id);
            case "POST conversations" -> conversations.create(call, user);
            case "GET conversations/{id}" -> conversations.read(call, user, id);
            case "POST conversations/{id}" -> conversations.update(call, user, id);
            case "DELETE conversations/{id}" -> conversations.delete(call, user, id);
            case "GET conversations/{id}/items" -> conversations.items(call, user, id);
            case "POST conversations/{id}/items" -> conversations.addItems(call, user, id);
            default -> throw noSuchPath();
        }
    }

    private static boolean startsWith(List<String> path, List<String> prefix) {
        return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
    }

    private static void requireManagement(Call call) {
        if (!call.method().equals("GET")) {
            throw ApiError.of(405, "405", "Agents cannot be changed here.");
        }
        requireApiVersion(call);
    }

    private static void requireApiVersion(Call call) {
        if (!"v1".equals(call.query().get("api-version"))) {
            throw ApiError.of(400, "BadRequest", "The api-version query parameter must be v1.");
        }
    }

    static ApiError noSuchPath() {
        return ApiError.of(404, "404", "Resource not found");
    }
}
