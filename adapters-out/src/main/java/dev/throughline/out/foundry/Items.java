package dev.throughline.out.foundry;

import dev.throughline.conversation.ToolCall;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads output items leniently: a member that is missing or of another type is as good as none. */
final class Items {
    private Items() {}

    static JsonObject object(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject member ? member : JsonValue.EMPTY_JSON_OBJECT;
    }

    static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.getString() : "";
    }

    /** A tool call from a finished {@code mcp_call}, whose error is a string or an object, depending on its age. */
    static ToolCall toolCall(JsonObject item) {
        Optional<String> error = written(item.get("error")).map(written -> explained(item, written));
        String status = text(item, "status");
        boolean completed = error.isEmpty() && (status.isEmpty() || status.equals("completed"));
        return new ToolCall(
                text(item, "id"),
                text(item, "name"),
                arguments(text(item, "arguments")),
                completed,
                error.or(() -> written(item.get("output"))));
    }

    /** The texts of a message, refusals among them. */
    static Stream<String> messageTexts(JsonObject message) {
        JsonValue content = message.getOrDefault("content", JsonValue.EMPTY_JSON_ARRAY);
        return content instanceof JsonArray parts
                ? parts.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonValue::asJsonObject)
                        .map(part -> text(part, text(part, "type").equals("refusal") ? "refusal" : "text"))
                        .filter(text -> !text.isEmpty())
                : Stream.empty();
    }

    /** The sentence within an error object: its message, or the texts of its content. */
    private static String explained(JsonObject item, String written) {
        JsonObject error = object(item, "error");
        String texts = text(error, "message") + messageTexts(error).collect(Collectors.joining("\n"));
        return texts.isEmpty() ? written : texts;
    }

    private static Optional<String> written(@Nullable JsonValue value) {
        if (value == null || value.equals(JsonValue.NULL)) {
            return Optional.empty();
        }
        return Optional.of(value instanceof JsonString text ? text.getString() : value.toString());
    }

    /** Arguments that are no JSON object are kept as they are under one name, so that they equal no others. */
    private static Map<String, @Nullable Object> arguments(String text) {
        if (text.isBlank()) {
            return Map.of();
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return map(reader.readObject());
        } catch (JsonException notAnObject) {
            return Map.of("arguments", text);
        }
    }

    private static Map<String, @Nullable Object> map(JsonObject object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.forEach((name, value) -> map.put(name, plain(value)));
        return map;
    }

    private static @Nullable Object plain(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> map(value.asJsonObject());
            case ARRAY -> list(value.asJsonArray());
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> number((JsonNumber) value);
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
        };
    }

    private static List<@Nullable Object> list(JsonArray array) {
        List<@Nullable Object> list = new ArrayList<>();
        array.forEach(value -> list.add(plain(value)));
        return list;
    }

    private static Number number(JsonNumber number) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException notALong) {
            return number.bigDecimalValue();
        }
    }
}
