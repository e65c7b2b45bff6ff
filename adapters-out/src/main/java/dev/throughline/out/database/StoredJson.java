package dev.throughline.out.database;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonConfig;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as text in a column, and the Java values that it stands for; members keep their order. */
final class StoredJson {
    private final JsonProvider json = JsonProvider.provider();
    private final JsonReaderFactory readers =
            json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    JsonObjectBuilder newObject() {
        return json.createObjectBuilder();
    }

    JsonArrayBuilder newArray() {
        return json.createArrayBuilder();
    }

    /** @throws IllegalStateException if it is no object: we did not write it */
    JsonObject object(String text) {
        if (value(text) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalStateException("A stored JSON text is no object");
    }

    /** @throws IllegalStateException if it is no array: we did not write it */
    JsonArray array(String text) {
        if (value(text) instanceof JsonArray array) {
            return array;
        }
        throw new IllegalStateException("A stored JSON text is no array");
    }

    private JsonValue value(String text) {
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (RuntimeException e) {
            // The provider says of what is nested too deeply no more than that.
            throw new IllegalStateException("A stored JSON text is broken", e);
        }
    }

    /**
     * The object that some values stand for.
     *
     * @throws IllegalArgumentException for a value that JSON has not
     */
    JsonObject toJson(Map<String, ?> values) {
        JsonObjectBuilder object = newObject();
        values.forEach((name, value) -> object.add(name, toJson(value)));
        return object.build();
    }

    private JsonValue toJson(@Nullable Object value) {
        if (value == null) {
            return JsonValue.NULL;
        }
        if (value instanceof Map<?, ?> members) {
            JsonObjectBuilder object = newObject();
            members.forEach((name, member) -> object.add((String) name, toJson(member)));
            return object.build();
        }
        if (value instanceof List<?> elements) {
            JsonArrayBuilder array = newArray();
            elements.forEach(element -> array.add(toJson(element)));
            return array.build();
        }
        if (value instanceof String text) {
            return json.createValue(text);
        }
        if (value instanceof Number number) {
            return json.createValue(new BigDecimal(number.toString()));
        }
        if (value instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
    }

    /** The values that an object stands for; a whole number is the smallest of Integer and Long that holds it. */
    static Map<String, @Nullable Object> toValues(JsonObject object) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        object.forEach((name, member) -> values.put(name, toValue(member)));
        return values;
    }

    private static @Nullable Object toValue(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> toValues(value.asJsonObject());
            case ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                value.asJsonArray().forEach(element -> elements.add(toValue(element)));
                yield elements;
            }
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> toNumber((JsonNumber) value);
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
        };
    }

    private static Object toNumber(JsonNumber number) {
        BigDecimal decimal = number.bigDecimalValue();
        if (decimal.scale() != 0) {
            return decimal;
        }
        BigInteger whole = decimal.unscaledValue();
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValue();
        }
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : decimal;
    }
}
