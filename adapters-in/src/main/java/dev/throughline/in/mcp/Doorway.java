package dev.throughline.in.mcp;

import dev.throughline.in.http.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the headers before anything is read. A web page of somebody else's can make a browser call us, but not under
 * an origin or a host name of its choice.
 */
final class Doorway {
    private static final String JSON = "application/json";
    private static final String ANY_PORT = ":*";

    private final McpSettings settings;

    Doorway(McpSettings settings) {
        this.settings = settings;
    }

    /**
     * What is wrong with the request's headers; empty if nothing is.
     *
     * @param origins the values of {@code Origin}; a program that is not a browser sends none
     * @param hosts the values of {@code Host}
     * @param accepts the values of {@code Accept}
     */
    Optional<Problem> problem(List<String> origins, List<String> hosts, List<String> accepts) {
        if (hosts.size() != 1 || !allowed(hosts.get(0), settings.allowedHosts())) {
            return Optional.of(Problem.of(421, "host_not_allowed", "This server does not answer for this host name."));
        }
        if (!origins.stream().allMatch(origin -> allowed(origin, settings.allowedOrigins())) || origins.size() > 1) {
            return Optional.of(Problem.of(403, "origin_not_allowed", "Pages of this origin may not call this server."));
        }
        if (!acceptsJson(accepts)) {
            return Optional.of(Problem.of(
                    406, "not_acceptable", "The Accept header must allow application/json and text/event-stream."));
        }
        return Optional.empty();
    }

    private static boolean allowed(String value, Set<String> allowed) {
        String sent = value.strip().toLowerCase(Locale.ROOT);
        return allowed.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).anyMatch(entry -> matches(sent, entry));
    }

    private static boolean matches(String sent, String entry) {
        if (!entry.endsWith(ANY_PORT)) {
            return sent.equals(entry);
        }
        String name = entry.substring(0, entry.length() - ANY_PORT.length());
        return sent.equals(name)
                || sent.startsWith(name + ":")
                        && sent.substring(name.length() + 1).matches("[0-9]{1,5}");
    }

    /** Kinder than the protocol, which wants both media types named: many clients name one, or none. */
    private static boolean acceptsJson(List<String> accepts) {
        String accept = String.join(",", accepts).toLowerCase(Locale.ROOT);
        return accept.isBlank() || accept.contains(JSON) || accept.contains("*/*") || accept.contains("application/*");
    }
}
