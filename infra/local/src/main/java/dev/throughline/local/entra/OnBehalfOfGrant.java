package dev.throughline.local.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code urn:ietf:params:oauth:grant-type:jwt-bearer}, on behalf of the user whose token the client was given. */
final class OnBehalfOfGrant implements Grant {

    private final Directory directory;
    private final SigningKeys keys;
    private final TokenFactory tokens;
    private final TokenAnswers answers;
    private final Clock clock;

    OnBehalfOfGrant(Directory directory, SigningKeys keys, TokenFactory tokens, TokenAnswers answers, Clock clock) {
        this.directory = directory;
        this.keys = keys;
        this.tokens = tokens;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> redeem(Tenant tenant, App app, Parameters form) {
        if (!form.required("requested_token_use").equals("on_behalf_of")) {
            throw new AadException(Aadsts.malformed("The requested_token_use must be 'on_behalf_of'."));
        }
        if (app.secret().isEmpty()) {
            throw new AadException(Aadsts.secretMissing());
        }
        Person person = userOf(form.required("assertion"), tenant, app);
        Scopes scopes = scopes(form.required("scope"), tenant, app);
        return answers.delegated(person, app, scopes, clock.instant(), "", form);
    }

    private Person userOf(String assertion, Tenant tenant, App app) {
        try {
            SignedJWT token = SignedJWT.parse(assertion);
            checkSignature(token);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            checkIssuer(claims, tenant);
            if (!claims.getAudience().equals(List.of(app.clientId()))) {
                throw new AadException(Aadsts.assertionForSomebodyElse());
            }
            checkTime(claims);
            if (claims.getClaim("scp") == null || "app".equals(claims.getClaim("idtyp"))) {
                throw new AadException(Aadsts.assertionOfAnApplication(app));
            }
            return directory
                    .personById(tenant, String.valueOf(claims.getClaim("oid")))
                    .orElseThrow(() -> new AadException(Aadsts.assertionInvalid("The user is unknown.")));
        } catch (ParseException e) {
            throw new AadException(Aadsts.assertionMalformed());
        }
    }

    private void checkSignature(SignedJWT token) {
        Optional<RSAKey> key = keys.find(String.valueOf(token.getHeader().getKeyID()));
        if (key.isEmpty()) {
            throw new AadException(Aadsts.assertionInvalid("The key was not found."));
        }
        try {
            boolean genuine = token.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
                    && token.verify(new RSASSAVerifier(key.get()));
            if (!genuine) {
                throw new AadException(Aadsts.assertionInvalid(
                        "Key was found, but use of the key to verify the " + "signature failed."));
            }
        } catch (JOSEException e) {
            throw new AadException(Aadsts.assertionInvalid("The signature cannot be verified."));
        }
    }

    private void checkIssuer(JWTClaimsSet claims, Tenant tenant) {
        boolean ours = tenant.id().equals(claims.getClaim("tid"))
                && List.of(tokens.issuer(tenant, 1), tokens.issuer(tenant, 2)).contains(claims.getIssuer());
        if (!ours) {
            throw new AadException(Aadsts.assertionInvalid("The issuer is not this tenant."));
        }
    }

    private void checkTime(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        boolean inTime = expires != null
                && now.isBefore(expires.toInstant())
                && (notBefore == null || !now.plusSeconds(1).isBefore(notBefore.toInstant()));
        if (!inTime) {
            throw new AadException(Aadsts.assertionOutOfTime());
        }
    }

    /** Here an unknown scope is AADSTS70011, where the authorization endpoint says AADSTS650053. */
    private Scopes scopes(String asked, Tenant tenant, App app) {
        try {
            Scopes scopes = Scopes.parse(asked, directory, tenant, app);
            if (scopes.names().isEmpty() && !scopes.everything()) {
                throw new AadException(Aadsts.scopeInvalid(asked, "It names no resource."));
            }
            return scopes.listedFor(app);
        } catch (AadException e) {
            throw e.error().code() == 650053
                    ? new AadException(Aadsts.scopeInvalid(asked, "It does not exist on the resource."))
                    : e;
        }
    }
}
