package dev.throughline.out.entra;

import java.nio.file.Path;
import java.time.Instant;

/** What our API's registration proves itself by at the token endpoint. */
public sealed interface ClientCredential {

    /**
     * A shared secret.
     *
     * @param value the secret; never logged
     */
    record Secret(String value) implements ClientCredential {
        public Secret {
            if (value.isBlank()) {
                throw new IllegalArgumentException("The client secret must not be blank.");
            }
        }

        @Override
        public String toString() {
            return "Secret[hidden]";
        }
    }

    /**
     * A certificate that the registration lists.
     *
     * @param file a PEM file with the private key and the certificate; read again when it changes
     */
    record Certificate(Path file) implements ClientCredential {

        /**
         * One that can be used now.
         *
         * @throws IllegalArgumentException if it cannot, with a sentence that begins in the middle: "must hold…"
         */
        public static Certificate usableAt(Instant now, Path file) {
            try {
                SigningCertificate.read(file).requireNotEnded(now);
            } catch (UnusableCredentialException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            return new Certificate(file);
        }
    }

    /**
     * A managed identity that the registration trusts (workload identity federation).
     *
     * @param clientId that of the user-assigned identity
     */
    record ManagedIdentity(String clientId) implements ClientCredential {}
}
