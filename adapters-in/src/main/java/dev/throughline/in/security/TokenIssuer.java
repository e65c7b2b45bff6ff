package dev.throughline.in.security;

import dev.throughline.access.TenantId;
import java.net.URI;
import java.util.Set;

/**
 * One issuer whose tokens we take.
 *
 * @param name the issuer, exactly as its tokens spell it
 * @param dialect what its tokens call things
 * @param keys where it publishes its keys
 * @param audiences our own names as audiences
 * @param passthroughAudiences names of others whose tokens may be passed through to us, without their scopes and roles;
 *     usually none
 */
public record TokenIssuer(
        String name, Dialect dialect, URI keys, Set<String> audiences, Set<String> passthroughAudiences) {
    private static final String ANY_TENANT = "{tenantid}";

    public TokenIssuer {
        audiences = Set.copyOf(audiences);
        passthroughAudiences = Set.copyOf(passthroughAudiences);
        if (audiences.isEmpty() && passthroughAudiences.isEmpty()) {
            throw new IllegalArgumentException("At least one audience is needed");
        }
    }

    /** An issuer by its name: an Entra tenant's of version 2.0 or 1.0 ends in the tenant, any other is OpenID's. */
    public static TokenIssuer named(String name, TenantId tenant, URI keys, Set<String> audiences) {
        return new TokenIssuer(name, dialectOf(name, tenant), keys, audiences, Set.of());
    }

    /** The same issuer, whose tokens for these audiences may be passed through to us. */
    public TokenIssuer passing(Set<String> others) {
        return new TokenIssuer(name, dialect, keys, audiences, others);
    }

    private static Dialect dialectOf(String name, TenantId tenant) {
        if (name.endsWith("/" + tenant + "/v2.0")) {
            return Dialect.ENTRA_V2;
        }
        return name.endsWith("/" + tenant + "/") ? Dialect.ENTRA_V1 : Dialect.OPENID;
    }

    /**
     * Whether a key that is published for this issuer is for us. Entra's keys name their issuer, with a placeholder
     * where they are every tenant's; those of version 1.0 may name the newer issuer of the same tenant.
     */
    boolean mayUseKeyOf(String keyIssuer, TenantId tenant) {
        String resolved = keyIssuer.replace(ANY_TENANT, tenant.toString());
        return resolved.equals(name) || dialect == Dialect.ENTRA_V1 && resolved.endsWith("/" + tenant + "/v2.0");
    }

    boolean takes(String audience) {
        return audiences.contains(audience) || passthroughAudiences.contains(audience);
    }
}
