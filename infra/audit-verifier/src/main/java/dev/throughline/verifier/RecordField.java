package dev.throughline.verifier;

import java.util.Arrays;
import java.util.List;

/**
 * A field that records have.
 *
 * @param name as it stands in the body
 * @param kind what its value must be
 */
record RecordField(byte[] name, Kind kind) {
    enum Kind {
        ID,
        INSTANT,
        NUMBER,
        TRUE,
        TEXT
    }

    /** A zero stands for any digit. */
    static final byte[] INSTANT_FORM = Cursor.literal("0000-00-00T00:00:00.000000Z");

    private static final List<RecordField> ALL = List.of(
            new RecordField("id", Kind.ID),
            new RecordField("at", Kind.INSTANT),
            text("instance"),
            text("tenant"),
            text("subject"),
            text("user"),
            text("agent_object"),
            text("agent"),
            text("client"),
            text("door"),
            text("action"),
            text("resource"),
            new RecordField("version", Kind.NUMBER),
            text("digest"),
            text("decision"),
            text("rule"),
            text("outcome"),
            text("policy"),
            text("approval"),
            text("consent"),
            text("conversation"),
            text("run"),
            text("joins"),
            text("request"),
            text("correlation"),
            text("trace"),
            text("token"),
            text("token_issued"),
            text("token_expires"),
            text("auth_strength"),
            text("source"),
            new RecordField("authentication_off", Kind.TRUE));

    /** How many fields each record has. */
    static final int REQUIRED = (int) ALL.stream().filter(RecordField::required).count();

    private RecordField(String name, Kind kind) {
        this(Cursor.literal(name), kind);
    }

    private static RecordField text(String name) {
        return new RecordField(name, Kind.TEXT);
    }

    static RecordField at(int index) {
        return ALL.get(index);
    }

    /** The index of the field of this name behind another one; negative if there is none. */
    static int after(int last, byte[] bytes, int from, int to) {
        for (int index = last + 1; index < ALL.size(); index++) {
            byte[] name = ALL.get(index).name;
            if (name.length == to - from && Arrays.equals(bytes, from, to, name, 0, name.length)) {
                return index;
            }
        }
        return -1;
    }

    boolean required() {
        return kind == Kind.ID || kind == Kind.INSTANT;
    }
}
