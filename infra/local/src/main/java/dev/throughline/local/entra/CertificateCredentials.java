package dev.throughline.local.entra;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Clients that sign their own assertions, by a registered certificate (Microsoft identity platform, application
 * authentication certificate credentials). Here, unlike there, one lives for ten minutes at most, which is what the
 * documentation asks for, and is good for one use, so that a client that repeats itself is found out.
 */
final class CertificateCredentials {

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
    private static final List<JWSAlgorithm> ALGORITHMS = List.of(JWSAlgorithm.PS256, JWSAlgorithm.RS256);

    private final ApiCertificates certificates;
    private final TokenFactory tokens;
    private final String baseUrl;
    private final Clock clock;
    private final Map<String, Instant> used = new HashMap<>();

    CertificateCredentials(ApiCertificates certificates, TokenFactory tokens, String baseUrl, Clock clock) {
        this.certificates = certificates;
        this.tokens = tokens;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    void check(ClientAssertion assertion, Tenant tenant, App app) {
        if (!assertion.subject().equals(assertion.issuer())) {
            throw new AadException(Aadsts.clientAssertionSubject());
        }
        if (!assertion.issuer().equals(app.clientId())) {
            throw new AadException(Aadsts.clientAssertionOfAnother());
        }
        assertion.requireAlgorithm(ALGORITHMS);
        checkSignature(assertion, app);
        if (!audiences(tenant).contains(assertion.audience())) {
            throw new AadException(Aadsts.clientAssertionForAnother());
        }
        Instant now = clock.instant();
        assertion.requireInTime(now);
        Instant expires = assertion.claims().getExpirationTime().toInstant();
        if (expires.isAfter(now.plus(LONGEST_LIFE).plusSeconds(1))) {
            throw new AadException(Aadsts.clientAssertionOutOfTime());
        }
        spend(assertion.claims().getJWTID(), expires, now);
    }

    private void checkSignature(ClientAssertion assertion, App app) {
        RegisteredCertificate certificate = certificates
                .namedBy(assertion.header())
                .filter(found -> app.clientId().equals(Directory.API))
                .orElseThrow(() -> new AadException(Aadsts.clientAssertionKeyUnknown()));
        if (!certificate.isValidAt(clock.instant())) {
            throw new AadException(Aadsts.clientAssertionKeyExpired());
        }
        assertion.requireSignatureOf(certificate.key());
    }

    private Set<String> audiences(Tenant tenant) {
        return Set.of(baseUrl + "/" + tenant.id() + "/oauth2/v2.0/token", tokens.issuer(tenant, 2));
    }

    private synchronized void spend(String id, Instant expires, Instant now) {
        if (id == null || id.isEmpty()) {
            throw new AadException(Aadsts.clientAssertionMalformed("It has no 'jti'."));
        }
        used.values().removeIf(end -> !now.isBefore(end));
        if (used.putIfAbsent(id, expires) != null) {
            throw new AadException(Aadsts.clientAssertionMalformed("It has been used already."));
        }
    }
}
