package dev.throughline.app;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Reads addresses: https, or for a local run http on this machine, with nothing in them that does not belong there. */
final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Variables variables;
    private final boolean local;

    Addresses(Variables variables, Environment environment) {
        this.variables = variables;
        this.local = environment == Environment.LOCAL;
    }

    /** The address that a variable holds, without a slash at its end. */
    URI of(String name, Optional<String> otherwise) {
        String text = variables.text(name).or(() -> otherwise).orElseGet(() -> variables.required(name));
        URI address = parsed(name, text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (address.getRawQuery() != null) {
            throw new InvalidSettingException(name, "must not have a query in it");
        }
        return address;
    }

    /** The address that a text is; a query may be part of it. */
    URI parsed(String name, String text) {
        URI address = uri(text)
                .filter(uri -> uri.getHost() != null && (isHttps(uri) || local && isLoopbackHttp(uri)))
                .orElseThrow(() -> new InvalidSettingException(
                        name, "must be an https address (or, for a local run, http on localhost)"));
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new InvalidSettingException(name, "must have neither a user nor a fragment in it");
        }
        return address;
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean isHttps(URI uri) {
        return "https".equals(uri.getScheme());
    }

    private static boolean isLoopbackHttp(URI uri) {
        return "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
    }
}
