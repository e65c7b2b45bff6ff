package dev.throughline.in.security;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads one JSON object, or nothing at all. */
final class StrictJson {
    private static final int DEEPEST = 8;
    private static final int LONGEST_NUMBER = 20;
    private static final int BOUNDLESS = 100_000;

    private final ObjectReader reader;
    private final boolean validUtf8Only;

    StrictJson(Set<JsonRule> rules) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(rules.contains(JsonRule.SHALLOW) ? DEEPEST : BOUNDLESS)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, rules.contains(JsonRule.NAMES_ONCE))
                .build();
        this.reader = JsonMapper.builder(factory)
                .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, rules.contains(JsonRule.NOTHING_BEHIND))
                .build()
                .readerForMapOf(Object.class);
        this.validUtf8Only = rules.contains(JsonRule.UTF_8);
    }

    Optional<Map<String, @Nullable Object>> object(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        if (validUtf8Only && !Arrays.equals(json, text.getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        try {
            // The value of "null" is null.
            return Optional.ofNullable(reader.readValue(text));
        } catch (JacksonException notAnObject) {
            return Optional.empty();
        }
    }
}
