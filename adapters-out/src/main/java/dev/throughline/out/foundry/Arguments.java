package dev.throughline.out.foundry;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of a call, which a model has written. A person approves them by what we read, so whatever another
 * reader could take for something else is refused: repeated names, half characters, numbers beyond measure.
 */
final class Arguments {
    private static final int LONGEST = 64 * 1024;
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 64;
    private static final int LARGEST_EXPONENT = 400;
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private final JsonParserFactory parsers = Json.createParserFactory(Map.of());

    /** The arguments as plain values; a blank text is a call without any. */
    Map<String, @Nullable Object> read(String text) throws MalformedArgumentsException {
        if (text.length() > LONGEST) {
            throw new MalformedArgumentsException("too long");
        }
        if (text.isBlank()) {
            return Map.of();
        }
        try (JsonParser parser = parsers.createParser(new StringReader(text))) {
            if (parser.next() != Event.START_OBJECT) {
                throw new MalformedArgumentsException("no object");
            }
            Map<String, @Nullable Object> arguments = object(parser, 1);
            if (parser.hasNext()) {
                throw new MalformedArgumentsException("more than one value");
            }
            return arguments;
        } catch (JsonException | NoSuchElementException e) {
            throw new MalformedArgumentsException("no JSON");
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, int depth)
            throws MalformedArgumentsException {
        requireDepth(depth);
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.next() == Event.KEY_NAME) {
            String name = wellFormed(parser.getString());
            if (object.containsKey(name)) {
                throw new MalformedArgumentsException("a repeated name");
            }
            object.put(name, value(parser, parser.next(), depth));
        }
        return Collections.unmodifiableMap(object);
    }

    private static List<@Nullable Object> array(JsonParser parser, int depth) throws MalformedArgumentsException {
        requireDepth(depth);
        List<@Nullable Object> array = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            array.add(value(parser, event, depth));
        }
        return Collections.unmodifiableList(array);
    }

    private static @Nullable Object value(JsonParser parser, Event event, int depth)
            throws MalformedArgumentsException {
        return switch (event) {
            case START_OBJECT -> object(parser, depth + 1);
            case START_ARRAY -> array(parser, depth + 1);
            case VALUE_STRING -> wellFormed(parser.getString());
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw new MalformedArgumentsException("no JSON");
        };
    }

    private static void requireDepth(int depth) throws MalformedArgumentsException {
        if (depth > DEEPEST) {
            throw new MalformedArgumentsException("too deep");
        }
    }

    /** Half of a surrogate pair would become a question mark in a digest or a database, and NUL is in none. */
    private static String wellFormed(String text) throws MalformedArgumentsException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !paired) {
                throw new MalformedArgumentsException("half a character");
            }
            i += paired ? 1 : 0;
        }
        return text;
    }

    private static Number number(String literal) throws MalformedArgumentsException {
        if (WHOLE.matcher(literal).matches()) {
            return Long.valueOf(literal);
        }
        if (literal.length() > LONGEST_NUMBER) {
            throw new MalformedArgumentsException("a number beyond measure");
        }
        try {
            BigDecimal number = new BigDecimal(literal);
            if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
                throw new MalformedArgumentsException("a number beyond measure");
            }
            return number.remainder(BigDecimal.ONE).signum() == 0 && number.precision() - number.scale() <= 18
                    ? Long.valueOf(number.longValueExact())
                    : number;
        } catch (NumberFormatException e) {
            throw new MalformedArgumentsException("a number beyond measure");
        }
    }
}
