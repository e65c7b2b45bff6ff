package dev.throughline.local.hosted;

import dev.throughline.local.foundry.planner.Planner;
import dev.throughline.local.foundry.planner.Step;
import dev.throughline.local.foundry.planner.Turn;
import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.FunctionCalls;
import dev.throughline.local.responses.Ids;
import dev.throughline.local.responses.Json;
import dev.throughline.local.responses.ResponseWriter;
import dev.throughline.local.responses.Transcript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One response of the agent: an answer, or one function for the client to call. */
final class FunctionRun {

    private static final int MAX_ITEMS = 2_000;

    private final Planner planner;
    private final String model;
    private final Transcript transcript;

    /** @throws ApiError 400 where the items cannot be answered */
    FunctionRun(Planner planner, String model, ObjectNode body) {
        this.planner = planner;
        this.model = model;
        List<ObjectNode> items = items(body.path("input"));
        FunctionCalls.requireSettled(List.of(), items);
        this.transcript = new Transcript(items);
        if (transcript.message().isEmpty()) {
            throw ApiError.invalid("The input has no user message.", "input");
        }
    }

    private static List<ObjectNode> items(JsonNode input) {
        if (!(input instanceof ArrayNode array) || array.isEmpty() || array.size() > MAX_ITEMS) {
            throw ApiError.invalid("The input must be a list of items.", "input");
        }
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode item : array) {
            if (!(item instanceof ObjectNode object)) {
                throw ApiError.invalid("The input must be a list of items.", "input");
            }
            items.add(object);
        }
        return items;
    }

    /**
     * Runs to the end and answers with the finished response object.
     *
     * @throws IOException if whoever asked is gone
     */
    ObjectNode execute(ResponseWriter.Events events) throws IOException {
        ObjectNode response = Json.object()
                .put("id", Ids.random("resp"))
                .put("object", "response")
                .put("status", "in_progress")
                .put("model", model)
                .putNull("error")
                .putNull("incomplete_details")
                .putNull("usage");
        ResponseWriter writer = new ResponseWriter(response, events);
        writer.begin();
        Step step = planner.nextWithinBounds(new Turn(
                transcript.dialogue(),
                transcript.message().orElseThrow(),
                OrderFunctions.tools(),
                transcript.results()));
        if (step instanceof Step.Failure failure) {
            return writer.fail(failure.code(), failure.reason());
        }
        if (step instanceof Step.Call call) {
            writer.callFunction(call.tool(), Json.MAPPER.writeValueAsString(call.arguments()));
        } else if (step instanceof Step.Answer answer) {
            writer.message(answer.text());
        }
        return writer.complete();
    }
}
