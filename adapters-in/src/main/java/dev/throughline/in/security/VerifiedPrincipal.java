package dev.throughline.in.security;

import jakarta.security.enterprise.CallerPrincipal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The caller as the container's APIs know callers. It tells what the token says by the names of MicroProfile JWT, but
 * never the token itself.
 */
final class VerifiedPrincipal extends CallerPrincipal implements JsonWebToken {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> claims;

    VerifiedPrincipal(TokenProof proof) {
        super(proof.token().subject().toString());
        VerifiedToken token = proof.token();
        Provenance provenance = proof.provenance();
        Map<String, Object> told = new HashMap<>();
        told.put(Claims.iss.name(), provenance.issuer());
        told.put(Claims.aud.name(), Set.of(token.audience()));
        told.put(Claims.sub.name(), token.subject().toString());
        told.put(Claims.upn.name(), token.subject().toString());
        told.put(Claims.groups.name(), token.roles());
        told.put(Claims.exp.name(), token.expiresAt().getEpochSecond());
        told.put(Claims.iat.name(), provenance.begin().getEpochSecond());
        provenance.id().ifPresent(id -> told.put(Claims.jti.name(), id));
        told.put("tid", token.tenant().toString());
        told.put("azp", token.client().value());
        told.put("scp", String.join(" ", token.scopes()));
        this.claims = Map.copyOf(told);
    }

    @Override
    public Set<String> getClaimNames() {
        return claims.keySet();
    }

    @Override
    @SuppressWarnings("unchecked") // The interface leaves the type to the caller.
    public <T> @Nullable T getClaim(String name) {
        return (T) claims.get(name);
    }

    /** The token is not to be had here: what holds it could pass it on. */
    @Override
    public @Nullable String getRawToken() {
        return null;
    }

    @Override
    public String toString() {
        return getName();
    }
}
