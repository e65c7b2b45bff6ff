package dev.throughline.app;

import dev.throughline.in.security.TokenSettings;
import java.net.URI;

/**
 * Whose tokens count.
 *
 * @param authority where people sign in and tokens are exchanged, without a slash at its end
 * @param tokens the issuers, their keys and our audiences; the first issuer is where people sign in
 */
record Trust(URI authority, TokenSettings tokens) {
    /** Whether tokens for the agent service that are passed through to us are accepted. */
    boolean passthrough() {
        return tokens.issuers().stream()
                .anyMatch(issuer -> !issuer.passthroughAudiences().isEmpty());
    }

    /** The issuer where people sign in. */
    String issuer() {
        return tokens.issuers().get(0).name();
    }
}
