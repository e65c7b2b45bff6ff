package dev.throughline.local.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Clients that another issuer's token stands for (workload identity federation). The only issuer here is the home
 * tenant, and the only subject the managed identity that our API's registration trusts. Such a token may be presented
 * as often as it lasts: hosts hand out the same one for hours.
 */
final class FederatedCredentials {

    private final Directory directory;
    private final TokenFactory tokens;
    private final SigningKeys keys;
    private final Clock clock;

    FederatedCredentials(Directory directory, TokenFactory tokens, SigningKeys keys, Clock clock) {
        this.directory = directory;
        this.tokens = tokens;
        this.keys = keys;
        this.clock = clock;
    }

    void check(ClientAssertion assertion, App app) {
        Optional<ManagedIdentity> trusted = directory.trustedBy(app);
        if (trusted.isEmpty() || !assertion.issuer().equals(tokens.issuer(directory.home(), 2))) {
            throw new AadException(Aadsts.federatedIssuer(assertion.issuer()));
        }
        assertion.requireAlgorithm(List.of(JWSAlgorithm.RS256));
        checkSignature(assertion);
        String audience = assertion.audience();
        if (!directory.tokenExchange().isKnownAs(audience)) {
            throw new AadException(Aadsts.federatedAudience(audience));
        }
        if (!assertion.subject().equals(trusted.get().principalId())) {
            throw new AadException(Aadsts.federatedSubject(assertion.subject()));
        }
        if (assertion.claims().getClaim("xms_ficinfo") != null) {
            throw new AadException(Aadsts.federatedTwice());
        }
        assertion.requireInTime(clock.instant());
    }

    private void checkSignature(ClientAssertion assertion) {
        RSAKey key = keys.find(String.valueOf(assertion.header().getKeyID()))
                .orElseThrow(() -> new AadException(Aadsts.clientAssertionKeyUnknown()));
        try {
            assertion.requireSignatureOf(key.toRSAPublicKey());
        } catch (JOSEException e) {
            throw new IllegalStateException("An own key is an RSA key", e);
        }
    }
}
