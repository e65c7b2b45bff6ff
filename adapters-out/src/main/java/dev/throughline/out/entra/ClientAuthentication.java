package dev.throughline.out.entra;

import dev.throughline.out.http.Deadline;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** How a client proves who it is at the token endpoint: fields of the form, made anew for each request. */
interface ClientAuthentication {

    /**
     * The fields.
     *
     * @throws IOException if what makes them does not answer for now
     * @throws UnusableCredentialException if only an operator can help
     */
    Map<String, String> fields(Deadline deadline) throws IOException, InterruptedException, UnusableCredentialException;

    static ClientAuthentication of(EntraSettings settings, Clock clock) {
        ClientCredential credential = settings.credential();
        if (credential instanceof ClientCredential.Secret secret) {
            return deadline -> Map.of("client_secret", secret.value());
        }
        if (credential instanceof ClientCredential.Certificate certificate) {
            return new CertificateAssertion(certificate.file(), settings, clock);
        }
        ClientCredential.ManagedIdentity identity = (ClientCredential.ManagedIdentity) credential;
        return new ManagedIdentityAssertion(new MsalIdentityTokens(identity), clock);
    }

    /** A token that stands for the client (RFC 7523 section 2.2). */
    static Map<String, String> assertion(String token) {
        return Map.of(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                token);
    }
}
