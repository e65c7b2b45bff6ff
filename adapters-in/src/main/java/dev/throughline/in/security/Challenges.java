package dev.throughline.in.security;

import dev.throughline.access.Scope;
import java.net.URI;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The {@code WWW-Authenticate} values that tell a client how to do better (RFC 6750 section 3, RFC 9728 section 5.1).
 * Descriptions are the same for every cause, so that they teach an attacker nothing.
 */
public final class Challenges {
    private final URI resourceMetadata;
    private final String scopePrefix;

    /**
     * @param resourceMetadata where clients find out how to sign in
     * @param scopePrefix what scopes are qualified with, without a slash at its end
     */
    public Challenges(URI resourceMetadata, String scopePrefix) {
        this.resourceMetadata = resourceMetadata;
        this.scopePrefix = scopePrefix;
    }

    /** No credentials were sent: which scope to begin with, and no error (RFC 6750 section 3.1). */
    public String missing() {
        return "Bearer realm=\"orders\", " + metadata() + ", scope=\"" + qualified(Set.of(Scope.ORDERS_READ)) + "\"";
    }

    /** A token was sent and is not good. */
    public String invalidToken() {
        return "Bearer error=\"invalid_token\", error_description=\"The access token is invalid\", " + metadata();
    }

    /** The request does not carry its token in the one way that we accept. */
    public String invalidRequest() {
        return "Bearer error=\"invalid_request\", error_description=\"The request is malformed\", " + metadata();
    }

    /**
     * For a caller whose sign-in must bring more along (Microsoft identity platform, "Claims challenges").
     *
     * @param claims what it must bring, as base64
     */
    public String insufficientClaims(String claims) {
        return "Bearer error=\"insufficient_claims\", claims=\"" + claims + "\", " + metadata();
    }

    /** The token is good but does not allow enough. */
    public String insufficientScope(Set<Scope> needed) {
        return "Bearer error=\"insufficient_scope\", error_description=\"More scopes are needed\", scope=\""
                + qualified(needed) + "\", " + metadata();
    }

    /** A scope as clients ask for it. */
    public String qualified(Scope scope) {
        return scopePrefix + "/" + scope.claim();
    }

    private String qualified(Set<Scope> scopes) {
        return scopes.stream()
                .sorted(Comparator.naturalOrder())
                .map(this::qualified)
                .collect(Collectors.joining(" "));
    }

    private String metadata() {
        return "resource_metadata=\"" + resourceMetadata + "\"";
    }
}
