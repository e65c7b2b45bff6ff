package dev.throughline.in.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says before its body, as the container hands it on: it has cut the lines, trimmed the values, and kept
 * each line of a repeated header.
 *
 * @param protocol such as {@code HTTP/1.1}
 * @param target the address with its query, without a host
 * @param addressedHost the host that the container found, without a port: the address's, else the header's
 * @param headers the values of each header, one for each line, by its name in lower case
 */
record RequestHead(
        String method, String protocol, String target, String addressedHost, Map<String, List<String>> headers) {

    static RequestHead of(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        return new RequestHead(
                request.getMethod(),
                request.getProtocol(),
                request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString()),
                withoutNull(request.getServerName()),
                headers);
    }

    /** The value of each line of a header. */
    List<String> lines(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** The value of a header that the request has once. */
    Optional<String> only(String name) {
        List<String> lines = lines(name);
        return lines.size() == 1 ? Optional.of(lines.get(0)) : Optional.empty();
    }

    boolean has(String name) {
        return headers.containsKey(name);
    }

    boolean hasNoneTwice(Set<String> names) {
        return names.stream().noneMatch(name -> lines(name).size() > 1);
    }

    int lineCount() {
        return headers.values().stream().mapToInt(List::size).sum();
    }

    /** How many characters the headers have on the wire, each line with its colon, its space and its end. */
    int size() {
        return headers.entrySet().stream()
                .flatMapToInt(header -> header.getValue().stream()
                        .mapToInt(value -> header.getKey().length() + value.length() + 4))
                .sum();
    }

    private static String withoutNull(@Nullable String name) {
        return name == null ? "" : name;
    }
}
