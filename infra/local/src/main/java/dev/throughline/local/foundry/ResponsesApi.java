package dev.throughline.local.foundry;

import dev.throughline.local.foundry.planner.Planner;
import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Call;
import dev.throughline.local.responses.Ids;
import dev.throughline.local.responses.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.node.ObjectNode;

/** Runs, and what is kept of them: {@code .../responses}. */
final class ResponsesApi {

    /** At the same time; more are refused as the service refuses them. */
    static final int MAX_RUNS = 256;

    private final Agents agents;
    private final Planner planner;
    private final Broker broker;
    private final HostedEndpoint hosted;
    private final ProjectData data;
    private final Clock clock;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Semaphore places = new Semaphore(MAX_RUNS);

    ResponsesApi(Agents agents, Planner planner, Broker broker, HostedEndpoint hosted, ProjectData data, Clock clock) {
        this.agents = agents;
        this.planner = planner;
        this.broker = broker;
        this.hosted = hosted;
        this.data = data;
        this.clock = clock;
    }

    void failNext(Fault fault) {
        faults.add(fault);
    }

    void create(Call call, ProjectUser user, String boundAgent) throws IOException {
        if (!places.tryAcquire()) {
            call.answerHeaders().set("Retry-After", "1");
            throw ApiError.of(429, "too_many_requests", "Too many runs are under way. Try again in a moment.");
        }
        try {
            createWithin(call, user, boundAgent);
        } finally {
            places.release();
        }
    }

    private void createWithin(Call call, ProjectUser user, String boundAgent) throws IOException {
        RunRequest request = RunRequest.parse(call.json(), boundAgent);
        AgentDefinition agent = agent(request);
        Run planned = run(call, user, agent, request);
        Fault fault = Optional.ofNullable(faults.poll()).orElse(Fault.NOTHING);
        if (endsBefore(fault, call)) {
            return;
        }
        Run run = fault instanceof Fault.FailedResponse failed ? new FailedRun(failed) : planned;
        Set<String> questions = run.unsettled();
        data.claim(questions, run::answeredBefore);
        try {
            if (request.stream()) {
                stream(call, user, request, run, begun(request, agent), fault);
            } else {
                answer(call, user, request, run, begun(request, agent), fault);
            }
        } finally {
            data.release(questions, run.unsettled());
        }
    }

    /** Whether the fault has ended the run before it began. */
    private static boolean endsBefore(Fault fault, Call call) throws IOException {
        if (fault instanceof Fault.Refused refused) {
            throw ApiError.of(refused.status(), "server_error", "The server had an error processing your request.");
        }
        if (fault instanceof Fault.Refusal refusal) {
            refusal.headers().forEach(call.answerHeaders()::set);
            throw ApiError.of(refusal.status(), refusal.code(), refusal.message());
        }
        if (fault instanceof Fault.Slow slow) {
            FaultyEvents.pause(slow.delay());
        }
        if (fault instanceof Fault.WrongContentType wrong) {
            try (OutputStream out = call.stream(wrong.contentType())) {
                out.write("<html><body>Please sign in to the network.</body></html>".getBytes(StandardCharsets.UTF_8));
            }
            return true;
        }
        return false;
    }

    private Run run(Call call, ProjectUser user, AgentDefinition agent, RunRequest request) {
        List<ObjectNode> context = context(user, request);
        return switch (agent.kind()) {
            case PROMPT ->
                new PromptRun(
                        new Acting(user, ProjectAccess.bearer(call), agent), planner, broker, context, request.input());
            case HOSTED -> new HostedRun(hosted, user, passedOn(call), context, request);
        };
    }

    /** The headers of a client that reach a hosted agent. */
    private static Map<String, String> passedOn(Call call) {
        Map<String, String> headers = new TreeMap<>();
        call.headers().forEach((name, value) -> {
            if (name.startsWith("x-client-") || name.equals("traceparent")) {
                headers.put(name, value);
            }
        });
        return headers;
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
        response.set("tools", agent.toolsToJson());
        response.put(
                "previous_response_id", request.previousResponseId().isEmpty() ? null : request.previousResponseId());
        if (request.conversationId().isEmpty()) {
            response.putNull("conversation");
        } else {
            response.putObject("conversation").put("id", request.conversationId());
        }
        return response;
    }

    private void answer(Call call, ProjectUser user, RunRequest request, Run run, ObjectNode begun, Fault fault)
            throws IOException {
        if (fault instanceof Fault.ErrorEvent error) {
            throw ApiError.of(500, error.code(), error.message());
        }
        ObjectNode response = run.execute(begun, fault, (type, event) -> {});
        if (Json.text(response.path("error"), "code").equals("tool_user_error")) {
            throw ApiError.toolUserError(Json.text(response.path("error"), "message"));
        }
        if (fault instanceof Fault.CutStream || fault instanceof Fault.MalformedEvent) {
            tear(call, response, fault);
            return;
        }
        FaultyEvents.changeFinished(fault, response);
        keep(user, request, run, response);
        call.sendJson(200, response);
    }

    /** Half of the answer: as if that were all, or so that the connection breaks. */
    private static void tear(Call call, ObjectNode response, Fault fault) throws IOException {
        byte[] body = Json.MAPPER.writeValueAsBytes(response);
        OutputStream out = call.stream("application/json; charset=utf-8");
        out.write(body, 0, body.length / 2);
        out.flush();
        if (fault instanceof Fault.CutStream) {
            throw new IOException("The answer was cut, as ordered");
        }
        out.close();
    }

    private void stream(Call call, ProjectUser user, RunRequest request, Run run, ObjectNode begun, Fault fault)
            throws IOException {
        AnswerStream out = new AnswerStream(call);
        try {
            // Kept before it is told, so that whoever has read the end can go on from it at once.
            run.execute(begun, fault, new FaultyEvents(fault, out, response -> keep(user, request, run, response)));
        } catch (FaultyEvents.EndedByFault asOrdered) {
            // The rest of the run is nobody's.
        }
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
