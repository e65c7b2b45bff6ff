package dev.throughline.in.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One event as one line of JSON in ASCII. Whatever a value holds stays within its quotes: line ends of every alphabet
 * are escaped, and no text is longer than a bound.
 */
final class EventLine {
    private static final int LONGEST = 128;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    EventLine(String event, Instant at) {
        with("event", event).with("at", at);
    }

    EventLine with(String name, Object value) {
        fields.put(name, value instanceof Number || value instanceof Map ? value : bounded(value.toString()));
        return this;
    }

    EventLine with(String name, Optional<?> value) {
        value.ifPresent(known -> with(name, known));
        return this;
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    @Override
    public String toString() {
        return MAPPER.writeValueAsString(fields);
    }
}
