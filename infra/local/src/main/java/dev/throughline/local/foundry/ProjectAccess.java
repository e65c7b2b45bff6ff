package dev.throughline.local.foundry;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Call;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may call the project: people with a role on it, by a delegated token whose audience is exactly Foundry's. An
 * application has no role here, so that a token without {@code scp} is answered as the service answers a principal
 * without one.
 */
final class ProjectAccess {

    private final DefaultJWTProcessor<SecurityContext> tokens = new DefaultJWTProcessor<>();
    private final Set<String> withoutRole = ConcurrentHashMap.newKeySet();

    ProjectAccess(Registration registration, JWKSource<SecurityContext> keys) {
        tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        tokens.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                Set.of(Registration.FOUNDRY_AUDIENCE),
                new JWTClaimsSet.Builder()
                        .issuer(registration.v1Issuer())
                        .claim("tid", Registration.TENANT)
                        .build(),
                Set.of("exp", "nbf", "iat", "oid"),
                null));
    }

    void denyRole(String objectId) {
        withoutRole.add(objectId);
    }

    void grantRole(String objectId) {
        withoutRole.remove(objectId);
    }

    /**
     * The person who calls.
     *
     * @throws ApiError 401 where the token is not good for this project, or the person has no role on it
     */
    ProjectUser require(Call call) {
        JWTClaimsSet claims = verify(bearer(call));
        String objectId = String.valueOf(claims.getClaim("oid"));
        boolean delegated = claims.getClaim("scp") instanceof String scopes
                && Arrays.asList(scopes.split(" ")).contains("user_impersonation");
        if (!delegated || withoutRole.contains(objectId)) {
            throw ApiError.permissionDenied(objectId, call.method());
        }
        return new ProjectUser(Registration.TENANT, objectId);
    }

    /** The token of a call. */
    static String bearer(Call call) {
        List<String> values = call.header("Authorization");
        if (values.size() != 1 || !values.get(0).regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw ApiError.unauthorized();
        }
        return values.get(0).substring(7).strip();
    }

    private JWTClaimsSet verify(String token) {
        try {
            JWTClaimsSet claims = tokens.process(token, null);
            if (claims.getAudience().size() != 1) {
                throw ApiError.unauthorized();
            }
            return claims;
        } catch (RemoteKeySourceException e) {
            throw ApiError.of(503, "service_unavailable", "The issuer's signing keys cannot be read.");
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw ApiError.unauthorized();
        }
    }
}
