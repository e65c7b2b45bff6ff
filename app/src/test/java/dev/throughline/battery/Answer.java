package dev.throughline.battery;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param status 0 where it just closed the connection
 * @param headers by their names in lower case
 */
record Answer(int status, Map<String, List<String>> headers, String body) {
    private static final int OK = 200;

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The JSON-RPC message, or whatever object the body holds; of an event stream, its last event. */
    Json json() {
        return Json.of(header("content-type").orElse("").startsWith("text/event-stream") ? lastEvent() : body);
    }

    private String lastEvent() {
        return body.lines()
                .filter(line -> line.startsWith("data:"))
                .reduce("", (before, line) -> line.substring("data:".length()));
    }

    Json result() {
        return json().at("result");
    }

    long errorCode() {
        return json().at("error").at("code").number().orElse(0L);
    }

    Challenge challenge() {
        return Challenge.of(headers.getOrDefault("www-authenticate", List.of()));
    }

    /** Whether the method was carried out to a result, and a tool to one that is no error. */
    boolean accepted() {
        return ran() && !result().at("isError").isTrue();
    }

    /** Whether the method was carried out, were it to a tool's own error. */
    boolean ran() {
        return status == OK && result().exists();
    }

    /** What the report says of it; nothing of the body, which may hold data. */
    String summary() {
        if (status == 0) {
            return "connection closed";
        }
        StringBuilder summary = new StringBuilder().append(status);
        if (result().exists()) {
            summary.append(result().at("isError").isTrue() ? ", tool error" : ", result");
        }
        if (errorCode() != 0) {
            summary.append(", error ").append(errorCode());
        }
        return summary.append(challenge().summary()).toString();
    }
}
