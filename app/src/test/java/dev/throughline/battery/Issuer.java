package dev.throughline.battery;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;

/**
 * Whoever issues tokens for the server under test: an authority of the tests, or a folder of ready-made tokens. The
 * battery does the doctoring; an issuer only hands out what is good. What it does not have is empty, and the checks
 * that need it are reported as not applicable.
 */
public interface Issuer {

    /** What a token is good for. All tokens of persons are the same person's, by the same client. */
    enum Purpose {
        /** Carries what the reading tool needs, and less than the privileged one needs. */
        READING,
        /** Carries all that the privileged tool needs. */
        PRIVILEGED,
        /** As {@link #READING}, without any scope of the server's. */
        WITHOUT_SCOPE,
        /** An application as itself, which the server lets in. */
        APPLICATION,
        /** As {@link #APPLICATION}, without what lets it in. */
        APPLICATION_WITHOUT_GRANT,
        /** The ID token of the same sign-in. */
        ID_TOKEN,
        /** The same person's genuine token for another resource of the same authority. */
        OTHER_RESOURCE,
        /** A second person's token, otherwise as {@link #READING}. */
        OTHER_PERSON
    }

    /** A good token for a purpose. */
    Optional<Token> token(Purpose purpose);

    /**
     * As {@link Purpose#READING}, with exactly these scopes.
     *
     * @param scopes as the server writes them in a challenge
     */
    Optional<Token> scoped(Set<String> scopes);

    /** The published half of the key that signs; what everybody knows. */
    Optional<RSAPublicKey> publicKey();
}
