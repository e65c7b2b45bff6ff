package dev.throughline.local.responses;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the response object item by item, and tells each step as an event in the order of the Responses API. Items are
 * complete only when they are done; what an event carries is a copy as of then.
 */
public final class ResponseWriter {

    /** Where the events go. */
    public interface Events {
        void send(String type, ObjectNode event) throws IOException;
    }

    /** A few words at a time, spaces and line ends included. */
    private static final Pattern CHUNK = Pattern.compile("(?s).{1,40}(?:(?<=\\s)|$)|.{1,40}");

    private final ObjectNode response;
    private final ArrayNode output;
    private final JsonNode agentReference;
    private final Events events;
    private int sequenceNumber;

    public ResponseWriter(ObjectNode response, Events events) {
        this.response = response;
        this.output = response.putArray("output");
        this.agentReference = response.path("agent_reference");
        this.events = events;
    }

    public ObjectNode response() {
        return response;
    }

    public void begin() throws IOException {
        ofResponse("response.created");
        ofResponse("response.in_progress");
    }

    public ObjectNode complete() throws IOException {
        response.put("status", "completed");
        response.set("usage", withoutTokens());
        ofResponse("response.completed");
        return response;
    }

    public ObjectNode fail(String code, String message) throws IOException {
        response.put("status", "failed");
        response.putObject("error").put("code", code).put("message", message);
        ofResponse("response.failed");
        return response;
    }

    public void listTools(String serverLabel, ArrayNode tools) throws IOException {
        ObjectNode item = item("mcpl", "mcp_list_tools").put("server_label", serverLabel);
        item.putArray("tools");
        int index = added(item);
        ofItem("response.mcp_list_tools.in_progress", item, index, event -> {});
        item.set("tools", tools);
        ofItem("response.mcp_list_tools.completed", item, index, event -> {});
        done(item, index);
    }

    public void askConsent(String serverLabel, String consentLink) throws IOException {
        ObjectNode item = item("oauthreq", "oauth_consent_request")
                .put("consent_link", consentLink)
                .put("server_label", serverLabel);
        done(item, added(item));
    }

    public void askApproval(String serverLabel, String tool, String arguments) throws IOException {
        ObjectNode item = item("mcpr", "mcp_approval_request")
                .put("server_label", serverLabel)
                .put("name", tool)
                .put("arguments", arguments);
        done(item, added(item));
    }

    /** Tells of a call that is about to be made; {@link #endCall} must follow. */
    public ObjectNode beginCall(String serverLabel, String tool, String arguments, String approvalRequestId)
            throws IOException {
        ObjectNode item = item("mcp", "mcp_call")
                .put("status", "in_progress")
                .put("server_label", serverLabel)
                .put("name", tool)
                .put("arguments", "")
                .put("approval_request_id", approvalRequestId.isEmpty() ? null : approvalRequestId)
                .putNull("output")
                .putNull("error");
        int index = added(item);
        ofItem("response.mcp_call.in_progress", item, index, event -> {});
        ofItem("response.mcp_call_arguments.delta", item, index, event -> event.put("delta", arguments));
        item.put("arguments", arguments);
        ofItem("response.mcp_call_arguments.done", item, index, event -> event.put("arguments", arguments));
        return item;
    }

    /** Asks the client to call a function. */
    public void callFunction(String name, String arguments) throws IOException {
        ObjectNode item = item("fc", "function_call")
                .put("status", "in_progress")
                .put("call_id", Ids.random("call"))
                .put("name", name)
                .put("arguments", "");
        int index = added(item);
        ofItem("response.function_call_arguments.delta", item, index, event -> event.put("delta", arguments));
        item.put("arguments", arguments).put("status", "completed");
        ofItem(
                "response.function_call_arguments.done",
                item,
                index,
                event -> event.put("name", name).put("arguments", arguments));
        done(item, index);
    }

    /** Tells what became of the call: an output, or an error that is not null. */
    public void endCall(ObjectNode item, String result, JsonNode error) throws IOException {
        boolean failed = !error.isNull();
        item.put("status", failed ? "failed" : "completed");
        item.put("output", failed ? null : result);
        item.set("error", error);
        int index = output.size() - 1;
        ofItem("response.mcp_call." + (failed ? "failed" : "completed"), item, index, event -> {});
        done(item, index);
    }

    public void message(String text) throws IOException {
        ObjectNode item = item("msg", "message").put("status", "in_progress").put("role", "assistant");
        ArrayNode content = item.putArray("content");
        int index = added(item);
        ofContent("response.content_part.added", item, index, event -> event.set("part", part("")));
        Matcher chunks = CHUNK.matcher(text);
        while (chunks.find()) {
            String delta = chunks.group();
            ofContent("response.output_text.delta", item, index, event -> event.put("delta", delta));
        }
        ofContent("response.output_text.done", item, index, event -> event.put("text", text));
        ofContent("response.content_part.done", item, index, event -> event.set("part", part(text)));
        content.add(part(text));
        item.put("status", "completed");
        done(item, index);
    }

    /** The guided mode uses no tokens. */
    private static ObjectNode withoutTokens() {
        ObjectNode usage =
                Json.object().put("input_tokens", 0).put("output_tokens", 0).put("total_tokens", 0);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        return usage;
    }

    private static ObjectNode part(String text) {
        ObjectNode part = Json.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        return part;
    }

    private ObjectNode item(String idKind, String type) {
        ObjectNode item = Json.object().put("id", Ids.random(idKind)).put("type", type);
        if (agentReference.isObject()) {
            item.set("agent_reference", agentReference);
        }
        item.put("response_id", Json.text(response, "id"));
        return item;
    }

    private int added(ObjectNode item) throws IOException {
        output.add(item);
        int index = output.size() - 1;
        send(
                "response.output_item.added",
                Json.object().put("output_index", index).set("item", item.deepCopy()));
        return index;
    }

    private void done(ObjectNode item, int index) throws IOException {
        send(
                "response.output_item.done",
                Json.object().put("output_index", index).set("item", item.deepCopy()));
    }

    private void ofResponse(String type) throws IOException {
        send(type, Json.object().set("response", response.deepCopy()));
    }

    private void ofItem(String type, ObjectNode item, int index, Consumer<ObjectNode> more) throws IOException {
        ObjectNode event = Json.object().put("item_id", Json.text(item, "id")).put("output_index", index);
        more.accept(event);
        send(type, event);
    }

    private void ofContent(String type, ObjectNode item, int index, Consumer<ObjectNode> more) throws IOException {
        ofItem(type, item, index, event -> {
            event.put("content_index", 0);
            more.accept(event);
        });
    }

    private void send(String type, ObjectNode content) throws IOException {
        ObjectNode event = Json.object().put("type", type).put("sequence_number", sequenceNumber++);
        event.setAll(content);
        events.send(type, event);
    }
}
