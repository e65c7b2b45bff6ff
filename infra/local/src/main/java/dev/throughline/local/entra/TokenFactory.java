package dev.throughline.local.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the claims of access and ID tokens (Microsoft's access token claims reference), and signs them. */
final class TokenFactory {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String baseUrl;
    private final SigningKeys keys;
    private final Clock clock;

    TokenFactory(String baseUrl, SigningKeys keys, Clock clock) {
        this.baseUrl = baseUrl;
        this.keys = keys;
        this.clock = clock;
    }

    String issuer(Tenant tenant, int version) {
        return issuer(baseUrl, tenant, version);
    }

    static String issuer(String baseUrl, Tenant tenant, int version) {
        return baseUrl + "/" + tenant.id() + (version == 1 ? "/" : "/v2.0");
    }

    /** An access token with which the application acts for the person. */
    Map<String, Object> delegated(Person person, App app, Resource resource, Collection<String> scopes) {
        Map<String, Object> claims = common(person.tenant(), resource.audience(), resource.version());
        client(claims, app, resource.version());
        claims.put("oid", person.id());
        claims.put("sub", pairwise(person, resource.id()));
        claims.put("name", person.name());
        claims.put(resource.version() == 1 ? "upn" : "preferred_username", person.upn());
        claims.put("scp", String.join(" ", scopes));
        if (resource.id().equals(Directory.API)) {
            claims.put("roles", List.of(person.role()));
        }
        return claims;
    }

    /** An access token with which the application acts for itself. */
    Map<String, Object> appOnly(Tenant tenant, App app, Resource resource) {
        Map<String, Object> claims = common(tenant, resource.audience(), resource.version());
        client(claims, app, resource.version());
        claims.put("idtyp", "app");
        claims.put("oid", app.servicePrincipalId());
        claims.put("sub", app.servicePrincipalId());
        if (resource.id().equals(Directory.API) && !app.appRoles().isEmpty()) {
            claims.put("roles", List.copyOf(app.appRoles()));
        }
        if (app.kind() == App.Kind.AGENT_IDENTITY) {
            // Facet 11, "agent identity", of both the actor and the subject (Entra Agent ID, token claims).
            claims.put("xms_act_fct", "11");
            claims.put("xms_sub_fct", "11");
        }
        return claims;
    }

    /** A token of a managed identity. Its host keeps it, so that it lives for a day. */
    Map<String, Object> managedIdentity(Tenant tenant, ManagedIdentity identity, Resource resource) {
        Map<String, Object> claims = common(tenant, resource.audience(), resource.version());
        claims.put("exp", (Long) claims.get("iat") + Duration.ofDays(1).toSeconds());
        claims.put("azp", identity.clientId());
        claims.put("azpacr", "2");
        claims.put("idtyp", "app");
        claims.put("oid", identity.principalId());
        claims.put("sub", identity.principalId());
        return claims;
    }

    Map<String, Object> idToken(Person person, App app, String nonce) {
        Map<String, Object> claims = common(person.tenant(), app.clientId(), 2);
        claims.put("oid", person.id());
        claims.put("sub", pairwise(person, app.clientId()));
        claims.put("name", person.name());
        claims.put("preferred_username", person.upn());
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        return claims;
    }

    String sign(Map<String, Object> claims) {
        RSAKey key = keys.current();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        try {
            JWSObject token = new JWSObject(header, new Payload(claims));
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign with an own key", e);
        }
    }

    long secondsLeft(Map<String, Object> claims) {
        return (Long) claims.get("exp") - clock.instant().getEpochSecond();
    }

    private Map<String, Object> common(Tenant tenant, String audience, int version) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", audience);
        claims.put("iss", issuer(tenant, version));
        claims.put("iat", now);
        claims.put("nbf", now);
        // The real service spreads the lifetime over 60 to 90 minutes, so that nobody relies on one.
        claims.put("exp", now + 3600 + RANDOM.nextInt(1800));
        claims.put("tid", tenant.id());
        claims.put("uti", uniqueId());
        claims.put("ver", version + ".0");
        return claims;
    }

    private static void client(Map<String, Object> claims, App app, int version) {
        claims.put(version == 1 ? "appid" : "azp", app.clientId());
        claims.put(version == 1 ? "appidacr" : "azpacr", app.isPublic() ? "0" : "1");
    }

    private static String pairwise(Person person, String appId) {
        String who = person.tenant().id() + "|" + person.id() + "|" + appId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(who));
    }

    private static String uniqueId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
