package dev.throughline.in.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The few forms of JSON Schema that the tools need. They keep to what every client's model understands: no
 * {@code anyOf}, no {@code allOf}, no references, and nothing beyond what is named.
 */
final class Schema {
    private static final String DESCRIPTION = "description";

    private Schema() {}

    /** An object of exactly these members, of which some may be left out. */
    static Map<String, Object> object(Map<String, Object> members, List<String> required) {
        Map<String, Object> schema = type("object");
        schema.put("properties", members);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** An object that has all of these members. */
    static Map<String, Object> object(Map<String, Object> members) {
        return object(members, List.copyOf(members.keySet()));
    }

    /** Members in the order in which they are to be shown. */
    @SafeVarargs
    static Map<String, Object> members(Map.Entry<String, Map<String, Object>>... members) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, Object>> member : members) {
            ordered.put(member.getKey(), member.getValue());
        }
        return ordered;
    }

    static Map<String, Object> text(String description) {
        Map<String, Object> schema = type("string");
        schema.put(DESCRIPTION, description);
        return schema;
    }

    static Map<String, Object> text(String description, int maxLength) {
        Map<String, Object> schema = text(description);
        schema.put("minLength", 1);
        schema.put("maxLength", maxLength);
        return schema;
    }

    static Map<String, Object> pattern(String description, String pattern) {
        Map<String, Object> schema = text(description);
        schema.put("pattern", pattern);
        return schema;
    }

    static Map<String, Object> oneOf(String description, List<String> values) {
        Map<String, Object> schema = text(description);
        schema.put("enum", values);
        return schema;
    }

    static Map<String, Object> nullableText(String description) {
        Map<String, Object> schema = text(description);
        schema.put("type", List.of("string", "null"));
        return schema;
    }

    static Map<String, Object> integer(String description, int minimum, int maximum) {
        Map<String, Object> schema = type("integer");
        schema.put(DESCRIPTION, description);
        schema.put("minimum", minimum);
        schema.put("maximum", maximum);
        return schema;
    }

    static Map<String, Object> integer(String description, int minimum) {
        Map<String, Object> schema = type("integer");
        schema.put(DESCRIPTION, description);
        schema.put("minimum", minimum);
        return schema;
    }

    static Map<String, Object> list(String description, Map<String, Object> items) {
        Map<String, Object> schema = type("array");
        schema.put(DESCRIPTION, description);
        schema.put("items", items);
        return schema;
    }

    private static Map<String, Object> type(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }
}
