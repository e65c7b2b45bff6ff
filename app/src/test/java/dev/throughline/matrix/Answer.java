package dev.throughline.matrix;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came back for a request.
 *
 * @param status the status; 0 where the connection was just closed
 * @param headers the headers, by their names in lower case
 */
record Answer(int status, Map<String, List<String>> headers, String body) {
    private static final Pattern REASON = Pattern.compile("\"reason\":\"([a-z_]+)\"");

    static Answer of(HttpResponse<String> response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new Answer(response.statusCode(), headers, response.body());
    }

    /** Reads an answer as it came over the wire. */
    static Answer of(String wire) {
        if (!wire.startsWith("HTTP/1.")) {
            return new Answer(0, Map.of(), wire);
        }
        int end = wire.indexOf("\r\n\r\n");
        String head = end < 0 ? wire : wire.substring(0, end);
        Map<String, List<String>> headers = new TreeMap<>();
        head.lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        });
        return new Answer(Integer.parseInt(wire.substring(9, 12)), headers, end < 0 ? "" : wire.substring(end + 4));
    }

    List<String> all(String header) {
        return headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of());
    }

    /** The body without what names the request and, on the wire, without how long its pieces are. */
    String withoutCorrelationId() {
        int from = Math.max(0, body.indexOf('{'));
        return body.substring(from, Math.max(from, body.lastIndexOf('}') + 1))
                .replaceFirst("\"correlation_id\":\"[^\"]*\"", "");
    }

    /** The problem's reason; empty where the body is no problem. */
    String reason() {
        Matcher reason = REASON.matcher(body);
        return reason.find() ? reason.group(1) : "";
    }
}
