package dev.throughline.local.foundry;

import dev.throughline.local.foundry.planner.Planner;
import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Call;
import dev.throughline.local.responses.Ids;
import dev.throughline.local.responses.Json;
import dev.throughline.local.responses.ResponseWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs, and what is kept of them: {@code .../responses}. */
final class ResponsesApi {

    private final Agents agents;
    private final Planner planner;
    private final Broker broker;
    private final ProjectData data;
    private final Clock clock;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

    ResponsesApi(Agents agents, Planner planner, Broker broker, ProjectData data, Clock clock) {
        this.agents = agents;
        this.planner = planner;
        this.broker = broker;
        this.data = data;
        this.clock = clock;
    }

    void failNext(Fault fault) {
        faults.add(fault);
    }

    void create(Call call, ProjectUser user, String boundAgent) throws IOException {
        RunRequest request = RunRequest.parse(call.json(), boundAgent);
        AgentDefinition agent = agent(request);
        Run run = new Run(user, agent, planner, broker, context(user, request), request.input());
        Optional<Fault> fault = Optional.ofNullable(faults.poll());
        delayOrRefuse(fault);
        data.claim(run.unsettled());
        try {
            if (request.stream()) {
                stream(call, user, request, run, begun(request, agent), fault);
            } else {
                answer(call, user, request, run, begun(request, agent));
            }
        } finally {
            data.release(run.unsettled());
        }
    }

    void read(Call call, ProjectUser user, String id) throws IOException {
        call.sendJson(200, data.response(user, id).body());
    }

    void delete(Call call, ProjectUser user, String id) throws IOException {
        data.deleteResponse(user, id);
        call.sendJson(200, Json.object().put("id", id).put("object", "response").put("deleted", true));
    }

    /** Only background runs can be cancelled, and there are none. */
    void cancel(ProjectUser user, String id) {
        data.response(user, id);
        throw ApiError.invalid("Cannot cancel a synchronous response.", "response_id");
    }

    void inputItems(Call call, ProjectUser user, String id) throws IOException {
        call.sendJson(200, ItemList.of(data.response(user, id).input(), call.query()));
    }

    private AgentDefinition agent(RunRequest request) {
        if (request.agentName().isEmpty()) {
            if (request.model().isEmpty()) {
                throw ApiError.missing("model");
            }
            throw ApiError.of(404, "DeploymentNotFound", "The API deployment for this resource does not exist.");
        }
        AgentDefinition agent = agents.named(request.agentName())
                .filter(named ->
                        request.agentVersion().isEmpty() || named.version().equals(request.agentVersion()))
                .orElseThrow(() -> ApiError.notFound("Agent", request.agentName()));
        if (!request.model().isEmpty() && !request.model().equals(agent.model())) {
            throw ApiError.invalid("The model does not match the model of the agent.", "model");
        }
        return agent;
    }

    private List<ObjectNode> context(ProjectUser user, RunRequest request) {
        if (!request.conversationId().isEmpty()) {
            return data.conversation(user, request.conversationId()).items();
        }
        return request.previousResponseId().isEmpty()
                ? List.of()
                : data.contextAfter(data.response(user, request.previousResponseId()));
    }

    private static void delayOrRefuse(Optional<Fault> fault) {
        if (fault.orElse(null) instanceof Fault.Refused refused) {
            throw ApiError.of(refused.status(), "server_error", "The server had an error processing your request.");
        }
        if (fault.orElse(null) instanceof Fault.Slow slow) {
            try {
                Thread.sleep(slow.delay().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ObjectNode begun(RunRequest request, AgentDefinition agent) {
        ObjectNode response = Json.object()
                .put("id", Ids.random("resp"))
                .put("object", "response")
                .put("created_at", clock.instant().getEpochSecond())
                .put("status", "in_progress")
                .put("background", false)
                .putNull("error")
                .putNull("incomplete_details")
                .putNull("instructions")
                .put("model", agent.model())
                .put("parallel_tool_calls", true)
                .put("store", request.store())
                .put("temperature", 1.0)
                .put("tool_choice", "auto")
                .put("top_p", 1.0)
                .putNull("usage");
        response.set("metadata", request.metadata());
        response.set("agent_reference", agent.reference());
        ArrayNode tools = response.putArray("tools");
        agent.tools().forEach(tool -> tools.add(tool.toJson()));
        response.put(
                "previous_response_id", request.previousResponseId().isEmpty() ? null : request.previousResponseId());
        if (request.conversationId().isEmpty()) {
            response.putNull("conversation");
        } else {
            response.putObject("conversation").put("id", request.conversationId());
        }
        return response;
    }

    private void answer(Call call, ProjectUser user, RunRequest request, Run run, ObjectNode begun) throws IOException {
        ObjectNode response = run.execute(new ResponseWriter(begun, (type, event) -> {}));
        if (Json.text(response, "status").equals("failed")) {
            throw ApiError.toolUserError(Json.text(response.path("error"), "message"));
        }
        keep(user, request, run, response);
        call.sendJson(200, response);
    }

    private void stream(
            Call call, ProjectUser user, RunRequest request, Run run, ObjectNode begun, Optional<Fault> fault)
            throws IOException {
        int cutAfter = fault.orElse(null) instanceof Fault.CutStream cut ? cut.afterEvents() : Integer.MAX_VALUE;
        OutputStream out = call.stream("text/event-stream; charset=utf-8");
        ResponseWriter.Events events = (type, event) -> {
            if (event.path("sequence_number").intValue() >= cutAfter) {
                throw new IOException("The stream was cut, as ordered");
            }
            // Kept before it is told, so that whoever has read the end can go on from it at once.
            if (type.equals("response.completed") || type.equals("response.failed")) {
                keep(user, request, run, (ObjectNode) event.path("response"));
            }
            String text = "event: " + type + "\ndata: " + Json.MAPPER.writeValueAsString(event) + "\n\n";
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        };
        run.execute(new ResponseWriter(begun, events));
        out.close();
    }

    /** Without the approvals that have not come to anything: they can be given again. */
    private void keep(ProjectUser user, RunRequest request, Run run, ObjectNode response) {
        if (request.store()) {
            Set<String> unsettled = run.unsettled();
            List<ObjectNode> input = request.input().stream()
                    .filter(item -> !unsettled.contains(Json.text(item, "approval_request_id")))
                    .toList();
            data.add(user, new StoredResponse(user.objectId(), response, input));
        }
    }
}
