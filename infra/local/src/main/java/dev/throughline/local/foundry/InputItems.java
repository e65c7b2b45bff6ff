package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Ids;
import dev.throughline.local.responses.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The items that a client may send: messages, answers to approval requests, and outputs of function calls. */
final class InputItems {

    private static final Set<String> ROLES = Set.of("user", "assistant", "system", "developer");
    private static final Set<String> TEXT_PARTS = Set.of("input_text", "output_text");
    private static final int MAX_METADATA = 16;

    private InputItems() {}

    static ObjectNode userMessage(String text) {
        return message("user", text);
    }

    private static ObjectNode message(String role, String text) {
        String part = role.equals("assistant") ? "output_text" : "input_text";
        ObjectNode message = Json.object()
                .put("id", Ids.random("msg"))
                .put("type", "message")
                .put("role", role)
                .put("status", "completed");
        message.putArray("content").addObject().put("type", part).put("text", text);
        return message;
    }

    /** @throws ApiError 400 where it is no item that can be sent */
    static ObjectNode parse(JsonNode item, String where) {
        return switch (item.path("type").stringValue("message")) {
            case "message" -> parseMessage(item, where);
            case "mcp_approval_response" -> parseApproval(item, where);
            case "function_call_output" -> parseOutput(item, where);
            default -> throw ApiError.invalid("Items of this type cannot be sent.", where + ".type");
        };
    }

    private static ObjectNode parseMessage(JsonNode item, String where) {
        String role = Json.text(item, "role");
        if (!ROLES.contains(role)) {
            throw ApiError.invalid("The role must be one of user, assistant, system, developer.", where + ".role");
        }
        return message(role, text(item.path("content"), where + ".content"));
    }

    private static String text(JsonNode content, String where) {
        if (content.isString()) {
            return content.stringValue();
        }
        if (!(content instanceof ArrayNode parts)) {
            throw ApiError.invalid("The content must be a string or a list of parts.", where);
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts) {
            if (!TEXT_PARTS.contains(Json.text(part, "type"))
                    || !part.path("text").isString()) {
                throw ApiError.invalid("Only text parts are supported.", where);
            }
            text.append(text.isEmpty() ? "" : "\n").append(part.path("text").stringValue());
        }
        return text.toString();
    }

    private static ObjectNode parseApproval(JsonNode item, String where) {
        if (Json.text(item, "approval_request_id").isEmpty()) {
            throw ApiError.missing(where + ".approval_request_id");
        }
        if (!item.path("approve").isBoolean()) {
            throw ApiError.invalid("Invalid type for 'approve': expected a boolean.", where + ".approve");
        }
        return Json.object()
                .put("id", Ids.random("mcpa"))
                .put("type", "mcp_approval_response")
                .put("approval_request_id", Json.text(item, "approval_request_id"))
                .put("approve", item.path("approve").booleanValue())
                .put("reason", Json.text(item, "reason"));
    }

    private static ObjectNode parseOutput(JsonNode item, String where) {
        if (Json.text(item, "call_id").isEmpty()) {
            throw ApiError.missing(where + ".call_id");
        }
        if (item.path("output").isMissingNode() || item.path("output").isNull()) {
            throw ApiError.missing(where + ".output");
        }
        return Json.object()
                .put("id", Ids.random("fco"))
                .put("type", "function_call_output")
                .put("call_id", Json.text(item, "call_id"))
                .put("output", text(item.path("output"), where + ".output"))
                .put("status", "completed");
    }

    /** The client's metadata: at most 16 strings. */
    static ObjectNode metadata(ObjectNode body) {
        JsonNode metadata = body.path("metadata");
        if (metadata.isMissingNode() || metadata.isNull()) {
            return Json.object();
        }
        if (!(metadata instanceof ObjectNode object)
                || object.size() > MAX_METADATA
                || !object.values().stream().allMatch(JsonNode::isString)) {
            throw ApiError.invalid("The metadata must be an object of at most 16 strings.", "metadata");
        }
        return object;
    }
}
