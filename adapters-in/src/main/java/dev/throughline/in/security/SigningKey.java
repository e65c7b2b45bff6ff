package dev.throughline.in.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.interfaces.RSAPublicKey;

/** A published key and the one algorithm that it may be used with (RFC 8725 section 3.1). */
final class SigningKey {
    private static final JWSHeader RS256 = new JWSHeader(JWSAlgorithm.RS256);

    private final String id;
    private final RSAPublicKey key;
    private final RSASSAVerifier verifier;

    SigningKey(String id, RSAPublicKey key) {
        this.id = id;
        this.key = key;
        this.verifier = new RSASSAVerifier(key);
    }

    String id() {
        return id;
    }

    boolean verifies(CompactToken token) {
        try {
            return verifier.verify(RS256, token.signedPart(), new Decoded(token.signature()));
        } catch (JOSEException e) {
            return false;
        }
    }

    /** Whether it is the same key and not only of the same name. */
    boolean isSameAs(SigningKey other) {
        return id.equals(other.id)
                && key.getModulus().equals(other.key.getModulus())
                && key.getPublicExponent().equals(other.key.getPublicExponent());
    }

    /**
     * A signature that has been decoded already, strictly. The library's own decoder is lenient and takes longer than
     * all our rules together.
     */
    private static final class Decoded extends Base64URL {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        private Decoded(byte[] bytes) {
            super("");
            this.bytes = bytes;
        }

        @Override
        public byte[] decode() {
            return bytes;
        }
    }
}
