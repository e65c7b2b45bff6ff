package dev.throughline.in.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way in and out of JSON. In is strict (RFC 8259 and RFC 7493, I-JSON): UTF-8, each name once, nothing behind
 * the value, and bounds on depth and numbers; two parsers cannot disagree about what passes.
 */
public final class Json {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_DIGITS = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A double would turn 1e400 into an infinity, which is no longer JSON.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private Json() {}

    /**
     * Reads a JSON text.
     *
     * @throws MalformedJsonException if it is not one, or exceeds a bound
     */
    public static JsonNode parse(byte[] text) throws MalformedJsonException {
        try {
            return MAPPER.readTree(utf8(text));
        } catch (StreamConstraintsException | NumberFormatException e) {
            // The parser lets out what Java's numbers say of an exponent beyond theirs.
            throw new MalformedJsonException("The JSON is nested too deeply or holds too long a number.");
        } catch (JacksonException e) {
            throw new MalformedJsonException(
                    "The body must be one JSON value in which no object has the same name twice.");
        }
    }

    /** The bytes of a value in UTF-8; the names of a record's members get underscores. */
    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The text of a value, on one line. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** An object as maps, lists, texts, numbers and booleans. */
    public static Map<String, @Nullable Object> map(Object value) {
        return MAPPER.convertValue(value, OBJECT);
    }

    private static String utf8(byte[] text) throws MalformedJsonException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("The body must be in UTF-8.");
        }
    }
}
