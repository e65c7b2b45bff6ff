package dev.throughline.out.audit;

import java.util.Optional;
import java.util.OptionalLong;

/** One object of JSON in one spelling: in ASCII, without white space, its members as they come. */
final class JsonLine {
    private static final int LONGEST = 256;
    private static final char LAST_ASCII = '~';

    private final StringBuilder json = new StringBuilder(1024).append('{');

    JsonLine with(String name, Object text) {
        name(name);
        quoted(text.toString());
        return this;
    }

    JsonLine with(String name, Optional<?> text) {
        text.ifPresent(value -> with(name, value));
        return this;
    }

    JsonLine with(String name, OptionalLong number) {
        number.ifPresent(value -> {
            name(name);
            json.append(value);
        });
        return this;
    }

    JsonLine with(String name, boolean flag) {
        name(name);
        json.append(flag);
        return this;
    }

    private void name(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        json.append('"').append(name).append("\":");
    }

    /** What others have named can be long; a record cannot. */
    private void quoted(String text) {
        json.append('"');
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > LAST_ASCII) {
                json.append(String.format("\\u%04x", (int) c));
            } else if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    @Override
    public String toString() {
        return json + "}";
    }
}
