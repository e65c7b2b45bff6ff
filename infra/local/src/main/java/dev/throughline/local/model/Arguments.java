package dev.throughline.local.model;

import dev.throughline.local.foundry.planner.Tool;
import dev.throughline.local.responses.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model wants to call a tool with, held against the tool's schema as far as models tend to fail: the form, the
 * names, the types, and the words that are allowed. The rest is for the tool to refuse.
 */
final class Arguments {

    private static final int LONGEST = 64 * 1024;

    private Arguments() {}

    /** @throws ModelException where they do not fit */
    static Map<String, Object> of(Tool tool, String json) throws ModelException {
        ObjectNode given = parse(tool, json);
        JsonNode properties = tool.inputSchema().path("properties");
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> argument : given.properties()) {
            JsonNode schema = properties.path(argument.getKey());
            if (schema.isMissingNode()) {
                throw misfit(tool, "knows no argument '" + bounded(argument.getKey()) + "'");
            }
            // Models that must name every argument write null for "left out".
            if (!argument.getValue().isNull()) {
                require(tool, argument.getKey(), schema, argument.getValue());
                arguments.put(argument.getKey(), Json.MAPPER.treeToValue(argument.getValue(), Object.class));
            }
        }
        for (JsonNode required : tool.inputSchema().path("required")) {
            if (!arguments.containsKey(required.asString(""))) {
                throw misfit(tool, "needs the argument '" + required.asString("") + "'");
            }
        }
        return arguments;
    }

    private static ObjectNode parse(Tool tool, String json) throws ModelException {
        try {
            if (json.length() <= LONGEST
                    && Json.MAPPER.readTree(json.isBlank() ? "{}" : json) instanceof ObjectNode it) {
                return it;
            }
        } catch (JacksonException e) {
            throw misfit(tool, "was called with something that is not JSON");
        }
        throw misfit(tool, "was not called with an object");
    }

    private static void require(Tool tool, String name, JsonNode schema, JsonNode value) throws ModelException {
        JsonNode type = schema.path("type");
        boolean fits = type.isMissingNode();
        if (type.isString()) {
            fits = isA(type.stringValue(), value);
        }
        for (JsonNode one : type) {
            fits = fits || isA(one.asString(""), value);
        }
        JsonNode words = schema.path("enum");
        boolean known = words.isMissingNode();
        for (JsonNode word : words) {
            known = known || word.equals(value);
        }
        if (!fits || !known) {
            throw misfit(tool, "cannot take this value for '" + name + "'");
        }
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            default -> true;
        };
    }

    private static ModelException misfit(Tool tool, String how) {
        return ModelException.nonsense("The model made a call that is none: " + tool.name() + " " + how + ".");
    }

    private static String bounded(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "\u2026" : name;
    }
}
