package dev.throughline.in.mcp;

import dev.throughline.order.InvalidValueException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tool's arguments, of the types that its schema promises. */
final class Arguments {
    private final Map<String, @Nullable Object> values;

    Arguments(@Nullable Map<String, @Nullable Object> values) {
        this.values = values == null ? Map.of() : values;
    }

    Optional<String> text(String name) {
        return value(name).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw new InvalidValueException(name, name + " must be a string.");
        });
    }

    /** A number that is whole, however it is spelled: JSON Schema takes 2.0 for an integer, too. */
    Optional<Integer> integer(String name) {
        return value(name).map(value -> {
            try {
                return new BigDecimal(value.toString()).intValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                throw new InvalidValueException(name, name + " must be a whole number.");
            }
        });
    }

    /** The text of an argument that the tool cannot do without. */
    String required(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** The number of an argument that the tool cannot do without. */
    int requiredInteger(String name) {
        return integer(name).orElseThrow(() -> missing(name));
    }

    private Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static InvalidValueException missing(String name) {
        return new InvalidValueException(name, name + " is required.");
    }
}
