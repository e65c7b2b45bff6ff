package dev.throughline.out.foundry;

import dev.throughline.conversation.ToolCall;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads output items leniently: a member that is missing or of another type is as good as none. */
final class Items {
    private static final Set<String> TEXTS = Set.of("output_text", "text");

    private Items() {}

    static JsonObject object(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject member ? member : JsonValue.EMPTY_JSON_OBJECT;
    }

    static List<JsonValue> list(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray member ? member : JsonValue.EMPTY_JSON_ARRAY;
    }

    static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.getString() : "";
    }

    /** For codes, which some write as numbers. */
    static String textOrNumber(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number ? number.toString() : text(object, name);
    }

    /** A place in a list; -1 where there is none. */
    static int index(JsonObject object, String name) {
        String digits = textOrNumber(object, name);
        return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : -1;
    }

    /** A tool call from a finished {@code mcp_call}, whose error is a string or an object, depending on its age. */
    static ToolCall toolCall(String id, JsonObject item, Arguments arguments) {
        Optional<String> error = written(item.get("error")).map(written -> explained(item, written));
        String status = text(item, "status");
        boolean completed = error.isEmpty() && (status.isEmpty() || status.equals("completed"));
        return new ToolCall(
                id,
                text(item, "name"),
                reported(text(item, "arguments"), arguments),
                completed,
                error.or(() -> written(item.get("output"))));
    }

    /** What a part of a message says, a refusal too; empty for parts of other kinds. */
    static String partText(JsonValue part) {
        if (!(part instanceof JsonObject object)) {
            return "";
        }
        String type = text(object, "type");
        return type.equals("refusal") ? text(object, "refusal") : TEXTS.contains(type) ? text(object, "text") : "";
    }

    /** The sentence within an error object: its message, or its content. */
    private static String explained(JsonObject item, String written) {
        JsonObject error = object(item, "error");
        String sentence = text(error, "message")
                + text(error, "content")
                + list(error, "content").stream()
                        .map(Items::partText)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n"));
        return sentence.isEmpty() ? written : sentence;
    }

    private static Optional<String> written(@Nullable JsonValue value) {
        if (value == null || value.equals(JsonValue.NULL)) {
            return Optional.empty();
        }
        return Optional.of(value instanceof JsonString text ? text.getString() : value.toString());
    }

    /** What we would not read as arguments is kept as it is under one name, so that it equals no others. */
    private static Map<String, @Nullable Object> reported(String text, Arguments arguments) {
        try {
            return arguments.read(text);
        } catch (MalformedArgumentsException e) {
            return Map.of("arguments", text);
        }
    }
}
