package dev.throughline.out.registry;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One entry of the registry, read strictly; every complaint names the entry and the field. */
final class Entry {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}");

    private final String where;
    private final JsonObject fields;

    /**
     * @param where how complaints call it
     * @param known the fields that it may have
     */
    Entry(String where, JsonValue value, Set<String> known) {
        this.where = where;
        if (!(value instanceof JsonObject object)) {
            throw new IllegalArgumentException("In the agent registry, " + where + " must be an object.");
        }
        fields = object;
        fields.keySet().stream()
                .filter(field -> !known.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw wrong(field, "is not known there, only " + String.join(", ", new TreeSet<>(known)) + " are");
                });
    }

    String name() {
        String name = text("name");
        if (!NAME.matcher(name).matches()) {
            throw wrong("name", "must be 1 to 63 letters, digits and hyphens");
        }
        return name;
    }

    String text(String field) {
        if (fields.get(field) instanceof JsonString text && !text.getString().isBlank()) {
            return text.getString();
        }
        throw wrong(field, "must be a text that is not blank");
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    boolean flag(String field) {
        JsonValue value = fields.getOrDefault(field, JsonValue.FALSE);
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
            throw wrong(field, "must be true or false");
        }
        return value == JsonValue.TRUE;
    }

    /** One value of those that {@code parse} knows. */
    <T> T one(String field, Function<String, Optional<T>> parse, String choices) {
        return parse.apply(text(field)).orElseThrow(() -> wrong(field, "must be one of " + choices));
    }

    /** Some values of those that {@code parse} knows, each once. */
    <T> Set<T> some(String field, Function<String, Optional<T>> parse, String choices) {
        if (!(fields.get(field) instanceof JsonArray values)) {
            throw wrong(field, "must be a list of texts");
        }
        Set<T> some = new LinkedHashSet<>();
        for (JsonValue value : values) {
            Optional<T> parsed = value instanceof JsonString text ? parse.apply(text.getString()) : Optional.empty();
            if (!some.add(
                    parsed.orElseThrow(() -> wrong(field, "may hold " + choices + " only, but holds " + value)))) {
                throw wrong(field, "holds " + value + " twice");
            }
        }
        return some;
    }

    /** A complaint about a field of this entry. */
    IllegalArgumentException wrong(String field, String why) {
        return new IllegalArgumentException("In the agent registry, %s of %s %s.".formatted(field, where, why));
    }
}
