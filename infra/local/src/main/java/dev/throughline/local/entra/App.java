package dev.throughline.local.entra;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A client registration.
 *
 * @param servicePrincipalId the object id that the application has in a directory, {@code oid} of its own tokens
 * @param purpose one sentence for the consent page
 * @param agent the AI agent that acts through this registration, empty if none does
 * @param kind which flows and which proof of identity
 * @param redirects the registered redirect URIs
 * @param secret the credential, for confidential clients only
 * @param permissions the delegated permissions listed in the registration, by resource id
 * @param appRoles the application permissions granted on our API
 */
record App(
        String clientId,
        String servicePrincipalId,
        String name,
        String purpose,
        String agent,
        Kind kind,
        Set<String> redirects,
        Optional<String> secret,
        Map<String, Set<String>> permissions,
        Set<String> appRoles) {

    /** How a client is registered. */
    enum Kind {
        /** Runs in the browser, keeps no secret, is called across origins. */
        SINGLE_PAGE,
        /** Runs on the person's machine, keeps no secret, listens on any loopback port (RFC 8252, section 7.3). */
        DESKTOP,
        /** Runs on a server and keeps a secret. */
        CONFIDENTIAL,
        /** An agent's own identity: no redirect, no user. */
        AGENT_IDENTITY
    }

    boolean isPublic() {
        return kind == Kind.SINGLE_PAGE || kind == Kind.DESKTOP;
    }

    boolean mayRedirectTo(String redirectUri) {
        return redirects.contains(redirectUri) || kind == Kind.DESKTOP && isHttpOnLoopback(redirectUri);
    }

    private static boolean isHttpOnLoopback(String redirectUri) {
        try {
            URI uri = new URI(redirectUri);
            return "http".equals(uri.getScheme())
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && Set.of("localhost", "127.0.0.1").contains(String.valueOf(uri.getHost()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return name + " (" + clientId + ")";
    }
}
