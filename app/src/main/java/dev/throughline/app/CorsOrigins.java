package dev.throughline.app;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What may stand in {@code CORS_ALLOWED_ORIGINS}: an origin spelled as browsers spell it, or it would never match. */
final class CorsOrigins {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String VARIABLE = "CORS_ALLOWED_ORIGINS";

    private CorsOrigins() {}

    static Set<String> read(Variables variables, Environment environment) {
        List<String> origins = variables.list(VARIABLE).orElse(List.of());
        origins.forEach(origin -> require(origin, environment.ofDevelopers()));
        return Set.copyOf(origins);
    }

    /**
     * Refuses what is no origin, what anybody on the way could play, and, where people work, this machine.
     *
     * @param loopback whether pages of a developer's own machine may call us
     * @throws InvalidSettingException if it may not stand there
     */
    static void require(String origin, boolean loopback) {
        URI uri = uri(origin);
        if (!origin.equals(spelled(uri))) {
            throw invalid("must list origins such as https://desk.example, in lower case and without a path");
        }
        boolean ofThisMachine = LOOPBACK.contains(uri.getHost());
        if (ofThisMachine && !loopback) {
            throw invalid("must not name this machine where ENVIRONMENT is uat, staging or prod");
        }
        if (!ofThisMachine && !"https".equals(uri.getScheme())) {
            throw invalid("must list https origins only");
        }
    }

    private static URI uri(String origin) {
        try {
            return URI.create(origin);
        } catch (IllegalArgumentException e) {
            throw invalid("must list origins such as https://desk.example");
        }
    }

    /** Scheme, host and port alone (RFC 6454 section 6.2); empty if there is no host or another scheme. */
    private static String spelled(URI uri) {
        boolean https = "https".equals(uri.getScheme());
        if (uri.getHost() == null || !https && !"http".equals(uri.getScheme())) {
            return "";
        }
        boolean own = uri.getPort() == (https ? 443 : 80);
        String port = uri.getPort() < 0 || own ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
    }

    private static InvalidSettingException invalid(String sentence) {
        return new InvalidSettingException(VARIABLE, sentence);
    }
}
