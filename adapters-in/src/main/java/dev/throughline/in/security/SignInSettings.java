package dev.throughline.in.security;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What clients must know to sign people in. Nothing in it is secret.
 *
 * @param publicUrl the address that clients see, without a slash at its end
 * @param webClientId the client that the web chat signs people in with
 * @param authority the authority as sign-in libraries want it, always https
 * @param authorizationServer the issuer whose discovery document MCP clients read
 * @param authorityMetadata the authority's discovery document, where the authority itself cannot be asked over https
 * @param agent the agent that the web chat opens with
 * @param environment which environment this is
 * @param consentLinkHosts where a consent link may lead
 * @param authRequired whether anybody needs to sign in at all
 */
public record SignInSettings(
        URI publicUrl,
        String webClientId,
        URI authority,
        URI authorizationServer,
        Optional<String> authorityMetadata,
        String agent,
        String environment,
        Set<String> consentLinkHosts,
        boolean authRequired) {

    /** The MCP endpoint as a protected resource. */
    URI mcpResource() {
        return URI.create(publicUrl + "/api/v1/mcp");
    }

    /** Where the MCP endpoint's metadata is (RFC 9728 section 3.1). */
    public URI mcpMetadata() {
        return URI.create(publicUrl + "/.well-known/oauth-protected-resource/api/v1/mcp");
    }

    List<String> knownAuthorities() {
        return authorityMetadata.isPresent() ? List.of(authority.getRawAuthority()) : List.of();
    }
}
