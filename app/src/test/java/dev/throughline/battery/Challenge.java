package dev.throughline.battery;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code WWW-Authenticate: Bearer} challenge (RFC 6750 section 3, RFC 9728 section 5.1).
 *
 * @param bearer whether there is one
 */
record Challenge(boolean bearer, Map<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)=(?:\"([^\"]*)\"|([^\\s,\"]+))");
    private static final String SCHEME = "bearer";

    static Challenge of(List<String> headers) {
        Optional<String> bearer = headers.stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .findFirst();
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(bearer.orElse(""));
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        }
        return new Challenge(bearer.isPresent(), parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    boolean error(String code) {
        return parameter("error").equals(Optional.of(code));
    }

    Set<String> scopes() {
        Set<String> scopes = new TreeSet<>(
                Arrays.asList(parameter("scope").orElse("").strip().split("\\s+")));
        scopes.remove("");
        return scopes;
    }

    String summary() {
        return bearer
                ? ", Bearer" + parameter("error").map(error -> " " + error).orElse("")
                : "";
    }
}
