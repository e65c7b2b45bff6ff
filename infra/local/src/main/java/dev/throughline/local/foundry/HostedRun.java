package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.FunctionCalls;
import dev.throughline.local.responses.Json;
import dev.throughline.local.responses.ResponseWriter;
import dev.throughline.local.responses.Transcript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of a hosted agent: the agent's own program answers, and the project passes on what it says, with what only the
 * project knows of a response put in.
 */
final class HostedRun implements Run {

    /** What the program decides; everything else of a response is the project's. */
    private static final List<String> OF_THE_PROGRAM =
            List.of("status", "model", "error", "incomplete_details", "usage");

    private final HostedEndpoint endpoint;
    private final ProjectUser user;
    private final Map<String, String> passedOn;
    private final List<ObjectNode> items;
    private final boolean stream;
    private final Set<String> unsettled;

    /**
     * Prepares a run.
     *
     * @param passedOn headers of the client that the platform passes on
     * @param context the items before
     * @throws ApiError 400 where there is nothing to answer, or an output belongs to no open call
     */
    HostedRun(
            HostedEndpoint endpoint,
            ProjectUser user,
            Map<String, String> passedOn,
            List<ObjectNode> context,
            RunRequest request) {
        this.endpoint = endpoint;
        this.user = user;
        this.passedOn = passedOn;
        this.stream = request.stream();
        this.items = new ArrayList<>(FunctionCalls.withoutOrphans(context));
        items.addAll(request.input());
        FunctionCalls.requireSettled(context, request.input());
        this.unsettled = new LinkedHashSet<>(FunctionCalls.answeredBy(request.input()));
        request.input().stream()
                .filter(item -> Json.text(item, "type").equals("mcp_approval_response"))
                .findFirst()
                .ifPresent(item -> {
                    throw ApiError.noOpenApproval(Json.text(item, "approval_request_id"));
                });
        if (new Transcript(items).message().isEmpty()) {
            throw ApiError.invalid("The input has no user message.", "input");
        }
    }

    @Override
    public Set<String> unsettled() {
        return Set.copyOf(unsettled);
    }

    @Override
    public ApiError answeredBefore(String id) {
        return FunctionCalls.givenTwice(id);
    }

    @Override
    public ObjectNode execute(ObjectNode begun, Fault fault, ResponseWriter.Events events) throws IOException {
        ObjectNode body = Json.object().put("stream", stream);
        items.forEach(item -> body.withArray("input").add(item));
        ObjectNode response =
                stream ? streamed(body, begun, events) : dressed(endpoint.answer(user, body, passedOn), begun);
        unsettled.clear();
        return response;
    }

    private ObjectNode streamed(ObjectNode body, ObjectNode begun, ResponseWriter.Events events) throws IOException {
        List<ObjectNode> ends = new ArrayList<>();
        endpoint.stream(user, body, passedOn, (type, event) -> {
            if (event.path("item") instanceof ObjectNode item) {
                dressItem(item, begun);
            }
            if (event.path("response") instanceof ObjectNode response) {
                ObjectNode dressed = dressed(response, begun);
                event.set("response", dressed);
                if (!Json.text(dressed, "status").equals("in_progress")) {
                    ends.add(dressed);
                }
            }
            events.send(type, event);
        });
        if (ends.isEmpty()) {
            throw new IOException("The hosted agent broke off");
        }
        return ends.get(0);
    }

    private static ObjectNode dressed(ObjectNode response, ObjectNode begun) {
        ObjectNode dressed = begun.deepCopy();
        OF_THE_PROGRAM.stream().filter(response::has).forEach(name -> dressed.set(name, response.path(name)));
        ArrayNode output = dressed.putArray("output");
        for (JsonNode item : response.path("output")) {
            output.add(dressItem((ObjectNode) item, begun));
        }
        return dressed;
    }

    private static ObjectNode dressItem(ObjectNode item, ObjectNode begun) {
        item.set("agent_reference", begun.path("agent_reference"));
        return item.put("response_id", Json.text(begun, "id"));
    }
}
