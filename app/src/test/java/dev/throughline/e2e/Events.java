package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The events of a stream, in their order. */
record Events(List<Json> all) {

    /** Reads a whole event stream: each event has its name twice, and its data on one line. */
    static Events of(String stream) {
        List<Json> events = new ArrayList<>();
        for (String block : stream.split("\r?\n\r?\n")) {
            List<String> lines =
                    block.lines().filter(line -> !line.startsWith(":")).toList();
            if (!lines.isEmpty()) {
                events.add(event(lines));
            }
        }
        return new Events(List.copyOf(events));
    }

    private static Json event(List<String> lines) {
        assertEquals(
                List.of("event", "data"),
                lines.stream().map(line -> line.substring(0, line.indexOf(':'))).toList(),
                lines.toString());
        Json data = Json.of(lines.get(1).substring("data:".length()));
        assertEquals(lines.get(0).substring("event:".length()).strip(), data.text("type"), "The names must agree");
        return data;
    }

    /** The names of the events; pieces of one message count as one. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Json event : all) {
            String name = event.text("type").equals("CUSTOM") ? event.text("name") : event.text("type");
            boolean piece = name.equals("TEXT_MESSAGE_CONTENT")
                    && name.equals(names.isEmpty() ? "" : names.get(names.size() - 1));
            if (!piece) {
                names.add(name);
            }
        }
        return names;
    }

    /** The events of one name. */
    List<Json> named(String name) {
        return all.stream()
                .filter(event ->
                        event.text("type").equals(name) || event.text("name").equals(name))
                .toList();
    }

    /** The text of all messages. */
    String text() {
        return named("TEXT_MESSAGE_CONTENT").stream()
                .map(piece -> piece.text("delta"))
                .collect(Collectors.joining());
    }

    Json last() {
        return all.get(all.size() - 1);
    }
}
