package dev.throughline.in.mcp;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tool's arguments, of the types that its {@link Input} has found them to be. */
final class Arguments {
    private final Map<String, @Nullable Object> values;

    Arguments(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    Optional<String> text(String name) {
        return value(name).map(String.class::cast);
    }

    Optional<Integer> integer(String name) {
        return value(name).map(value -> new BigDecimal(value.toString()).intValueExact());
    }

    /** The text of an argument that no call lacks. */
    String required(String name) {
        return text(name).orElseThrow();
    }

    /** The number of an argument that no call lacks. */
    int requiredInteger(String name) {
        return integer(name).orElseThrow();
    }

    private Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
