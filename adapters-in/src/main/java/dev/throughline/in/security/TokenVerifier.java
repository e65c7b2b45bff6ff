package dev.throughline.in.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.throughline.access.ClientId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Verifies an access token of the configured tenant: form, header, key, signature, then the claims, each with its own
 * reason. Exactly one key and one algorithm can ever fit (RFC 8725 section 3.1); everything not expected is refused.
 */
final class TokenVerifier {
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "kid", "x5t", "nonce");

    private final TokenSettings settings;
    private final SigningKeys keys;
    private final Clock clock;

    TokenVerifier(TokenSettings settings, SigningKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    VerifiedToken verify(String token) throws RejectedTokenException {
        CompactToken compact = CompactToken.parse(token);
        checkSignature(compact, keyId(new Claims(compact.header())));
        return verified(new Claims(compact.claims()));
    }

    private static String keyId(Claims header) throws RejectedTokenException {
        if (!header.text("alg").filter(JWSAlgorithm.RS256.getName()::equals).isPresent()) {
            throw new RejectedTokenException(TokenRejection.ALGORITHM_FORBIDDEN);
        }
        if (header.has("typ")
                && !header.text("typ")
                        .map(typ -> typ.toLowerCase(java.util.Locale.ROOT))
                        .filter(TYPES::contains)
                        .isPresent()) {
            throw new RejectedTokenException(TokenRejection.TYPE_FORBIDDEN);
        }
        if (!header.allAmong(HEADER_MEMBERS)) {
            throw new RejectedTokenException(TokenRejection.HEADER_INVALID);
        }
        return header.text("kid")
                .filter(kid -> kid.length() <= 128)
                .orElseThrow(() -> new RejectedTokenException(TokenRejection.KEY_UNKNOWN));
    }

    private void checkSignature(CompactToken token, String keyId) throws RejectedTokenException {
        try {
            boolean good = new RSASSAVerifier(keys.key(keyId))
                    .verify(new JWSHeader(JWSAlgorithm.RS256), token.signedPart(), Base64URL.encode(token.signature()));
            if (!good) {
                throw new RejectedTokenException(TokenRejection.SIGNATURE_INVALID);
            }
        } catch (JOSEException e) {
            throw new RejectedTokenException(TokenRejection.SIGNATURE_INVALID);
        }
    }

    private VerifiedToken verified(Claims claims) throws RejectedTokenException {
        require(claims.text("iss").filter(settings.issuer()::equals).isPresent(), TokenRejection.ISSUER_MISMATCH);
        UUID tenant = settings.tenant().value();
        require(claims.guid("tid").filter(tenant::equals).isPresent(), TokenRejection.TENANT_MISMATCH);
        String audience = claims.text("aud").orElse("");
        require(settings.audiences().contains(audience), TokenRejection.AUDIENCE_MISMATCH);
        require(!claims.has("nonce") && !claims.has("at_hash"), TokenRejection.ID_TOKEN);
        require(!claims.has("cnf"), TokenRejection.CLAIMS_INVALID);
        Instant expiresAt = checkTimes(claims);
        String subject = claims.text("sub").orElse("");
        UUID objectId = claims.guid("oid").orElse(null);
        if (subject.isEmpty() || objectId == null) {
            throw new RejectedTokenException(TokenRejection.SUBJECT_INVALID);
        }
        ClientId client = client(claims).orElseThrow(() -> new RejectedTokenException(TokenRejection.CLIENT_MISSING));
        Set<String> scopes = claims.words("scp");
        boolean appOnly = claims.text("idtyp").filter("app"::equals).isPresent()
                || !claims.has("scp")
                || objectId.toString().equals(subject);
        return new VerifiedToken(
                tenant,
                objectId,
                client,
                audience,
                scopes,
                claims.texts("roles"),
                appOnly,
                expiresAt,
                ActingClaims.of(claims),
                false);
    }

    private static Optional<ClientId> client(Claims claims) {
        return claims.text("azp").map(ClientId::new);
    }

    private Instant checkTimes(Claims claims) throws RejectedTokenException {
        Instant now = clock.instant();
        Instant expiresAt = claims.moment("exp");
        Instant issuedAt = claims.moment("iat");
        require(now.isBefore(expiresAt.plus(TokenSettings.SKEW)), TokenRejection.EXPIRED);
        require(!issuedAt.isAfter(now.plus(TokenSettings.SKEW)), TokenRejection.NOT_YET_VALID);
        if (claims.has("nbf")) {
            require(!claims.moment("nbf").isAfter(now.plus(TokenSettings.SKEW)), TokenRejection.NOT_YET_VALID);
        }
        boolean sane = issuedAt.isBefore(expiresAt) && !expiresAt.isAfter(issuedAt.plus(TokenSettings.MAX_LIFETIME));
        require(sane, TokenRejection.LIFETIME_TOO_LONG);
        return expiresAt;
    }

    private static void require(boolean holds, TokenRejection otherwise) throws RejectedTokenException {
        if (!holds) {
            throw new RejectedTokenException(otherwise);
        }
    }
}
