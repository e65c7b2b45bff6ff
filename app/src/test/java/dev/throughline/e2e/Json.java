package dev.throughline.e2e;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON document, read by paths such as {@code /items/0/id}. */
record Json(JsonNode node) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static Json of(String text) {
        return new Json(MAPPER.readTree(text));
    }

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** A text member of the document itself. */
    String text(String name) {
        return node.path(name).asString();
    }

    /** The value at a path. */
    Json at(String pointer) {
        return new Json(node.at(pointer));
    }

    /** The elements of the array at a path. */
    List<Json> all(String pointer) {
        List<Json> all = new ArrayList<>();
        node.at(pointer).forEach(element -> all.add(new Json(element)));
        return all;
    }

    boolean isNull() {
        return node.isNull() || node.isMissingNode();
    }

    boolean flag(String name) {
        return node.path(name).asBoolean(false);
    }

    int number(String name) {
        return node.path(name).asInt();
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
