package dev.throughline.local.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A token that stands for a client (RFC 7523, section 2.2), as far as all kinds of it are checked alike. */
record ClientAssertion(SignedJWT token, JWTClaimsSet claims) {

    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("http://openid.net/specs/jwt/1.0"));

    static ClientAssertion parse(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            ClientAssertion assertion = new ClientAssertion(token, token.getJWTClaimsSet());
            assertion.checkType();
            return assertion;
        } catch (ParseException e) {
            throw new AadException(Aadsts.clientAssertionMalformed("It is no signed JWT."));
        }
    }

    JWSHeader header() {
        return token.getHeader();
    }

    String issuer() {
        return Objects.requireNonNullElse(claims.getIssuer(), "");
    }

    String subject() {
        return Objects.requireNonNullElse(claims.getSubject(), "");
    }

    /** The one audience, empty if there is none; unlike others this service takes no list of several. */
    String audience() {
        List<String> audiences = claims.getAudience();
        if (audiences.size() > 1) {
            throw new AadException(Aadsts.clientAssertionForSeveral(audiences.size()));
        }
        return audiences.isEmpty() ? "" : Objects.requireNonNullElse(audiences.get(0), "");
    }

    void requireAlgorithm(List<JWSAlgorithm> allowed) {
        if (!allowed.contains(header().getAlgorithm())) {
            throw new AadException(
                    Aadsts.clientAssertionAlgorithm(header().getAlgorithm().getName(), allowed));
        }
    }

    void requireSignatureOf(RSAPublicKey key) {
        try {
            if (!token.verify(new RSASSAVerifier(key))) {
                throw new AadException(Aadsts.clientAssertionForged());
            }
        } catch (JOSEException e) {
            throw new AadException(Aadsts.clientAssertionForged());
        }
    }

    void requireInTime(Instant now) {
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        boolean inTime = expires != null
                && now.isBefore(expires.toInstant())
                && (notBefore == null || !now.plusSeconds(1).isBefore(notBefore.toInstant()));
        if (!inTime) {
            throw new AadException(Aadsts.clientAssertionOutOfTime());
        }
    }

    private void checkType() {
        JOSEObjectType type = header().getType();
        if (type != null && !TYPES.contains(type)) {
            throw new AadException(Aadsts.clientAssertionType());
        }
    }

    @Override
    public String toString() {
        return "ClientAssertion[hidden]";
    }
}
