package dev.throughline.in.chat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A listener at the other end of a stream, who may leave after some events. */
final class CollectedEvents implements EventSink {
    private final List<String> names = new ArrayList<>();
    private final List<String> data = new ArrayList<>();
    private int patience = Integer.MAX_VALUE;
    private int comments;

    /** Leaves after so many events. */
    void leaveAfter(int events) {
        patience = events;
    }

    List<String> names() {
        return List.copyOf(names);
    }

    JsonNode only(String name) {
        return JsonMapper.shared().readTree(data.get(names.indexOf(name)));
    }

    List<String> data() {
        return List.copyOf(data);
    }

    int comments() {
        return comments;
    }

    @Override
    public void event(String name, String json) {
        stay();
        names.add(name);
        data.add(json);
    }

    @Override
    public void comment(String text) {
        stay();
        comments++;
    }

    @Override
    public void close() {
        // Closing is the business of whoever opened it.
    }

    private void stay() {
        if (names.size() + comments >= patience) {
            throw new ClientGoneException();
        }
    }
}
