package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response that can be read and continued.
 *
 * @param owner object id of the person whose run it was
 * @param body the response object
 * @param input the items that it answered
 */
record StoredResponse(String owner, ObjectNode body, List<ObjectNode> input) {

    StoredResponse {
        input = List.copyOf(input);
    }

    String id() {
        return Json.text(body, "id");
    }

    String previousResponseId() {
        return Json.text(body, "previous_response_id");
    }

    String conversationId() {
        return Json.text(body.path("conversation"), "id");
    }

    /** Input and output, in their order. */
    List<ObjectNode> items() {
        List<ObjectNode> items = new ArrayList<>(input);
        body.path("output").forEach(item -> items.add((ObjectNode) item));
        return items;
    }
}
