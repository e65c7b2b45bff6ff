package dev.throughline.matrix;

import static dev.throughline.matrix.Outcome.refused;

import dev.throughline.local.entra.TokenDraft;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** T001 to T045: whether it is signed at all, by which algorithm, and how a token is spelled. */
final class SignatureRows extends Rows {
    private static final Outcome ALGORITHM = refused("algorithm_forbidden");
    private static final Outcome SPELLING = refused("not_compact");
    private static final Outcome HEADER = refused("malformed_header");
    private static final Outcome FORGED = refused("signature_invalid");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int EC_SIGNATURE = 64;

    SignatureRows() {
        present("T001", "no Authorization header", refused("missing"), Door.ALL, good -> Presentation.of());
        unsigned();
        algorithms();
        secrets();
        parts();
        signatures();
        spellings();
    }

    private void unsigned() {
        List<String> spellings = List.of("none", "None", "NONE", "nOnE");
        for (int i = 0; i < spellings.size(); i++) {
            String name = spellings.get(i);
            draft(
                    "T00" + (i + 2),
                    "alg " + name + " and no signature",
                    SPELLING,
                    good -> good.draft().header("alg", name).signedWith(input -> new byte[0]));
        }
        header("T006", "alg none over a genuine signature of its own", "alg", "none", ALGORITHM);
        token("T007", "alg none put before a good token's claims and signature", ALGORITHM, good -> {
            List<String> parts = good.parts();
            String none = good.draft().header("alg", "none").sign().split("\\.")[0];
            return none + "." + parts.get(1) + "." + parts.get(2);
        });
    }

    private void algorithms() {
        draft("T008", "no alg", ALGORITHM, good -> good.draft().withoutHeader("alg"));
        header("T009", "alg null", "alg", null, ALGORITHM);
        header("T010", "alg a list of one", "alg", List.of("RS256"), ALGORITHM);
        header("T011", "alg empty", "alg", "", ALGORITHM);
        header("T012", "alg in small letters", "alg", "rs256", ALGORITHM);
        draft("T025", "RS384 by the right key", ALGORITHM, good -> by(good, "RS384", "SHA384withRSA"));
        draft("T026", "RS512 by the right key", ALGORITHM, good -> by(good, "RS512", "SHA512withRSA"));
        draft(
                "T027",
                "PS256 by the right key",
                ALGORITHM,
                good -> good.draft().header("alg", "PS256").signedByKey(SignatureRows::pss));
        draft("T028", "ES256, a signature of zeros", ALGORITHM, good -> ecdsa(good, new byte[EC_SIGNATURE]));
        byte[] one = new byte[EC_SIGNATURE];
        one[EC_SIGNATURE - 1] = 1;
        draft("T029", "ES256, r is 0 and s is 1", ALGORITHM, good -> ecdsa(good, one));
        byte[] most = new byte[EC_SIGNATURE];
        Arrays.fill(most, (byte) 0xFF);
        draft("T030", "ES256, r and s beyond the order", ALGORITHM, good -> ecdsa(good, most));
        draft(
                "T031",
                "ES256, a signature in DER",
                ALGORITHM,
                good -> ecdsa(good, new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1}));
        byte[] malleated = new byte[EC_SIGNATURE];
        Arrays.fill(malleated, EC_SIGNATURE / 2, EC_SIGNATURE, (byte) 0x7F);
        draft("T032", "ES256, the other s", ALGORITHM, good -> ecdsa(good, malleated));
        header("T033", "EdDSA with the id of an RSA key", "alg", "EdDSA", ALGORITHM);
        draft(
                "T034",
                "EdDSA, a signature of zeros",
                ALGORITHM,
                good -> good.draft().header("alg", "EdDSA").signedWith(input -> new byte[EC_SIGNATURE]));
        header("T035", "an algorithm that nobody knows", "alg", "XS1", ALGORITHM);
    }

    private void secrets() {
        draft("T019", "HS256 by the public key's PEM", ALGORITHM, good -> hmac(good, "HS256", pem(good)));
        draft(
                "T020",
                "HS256 by the public key's DER",
                ALGORITHM,
                good -> hmac(good, "HS256", PublicKeys.der(good.publicKey())));
        draft(
                "T021",
                "HS256 by the public key's modulus",
                ALGORITHM,
                good -> hmac(
                        good,
                        "HS256",
                        PublicKeys.rsa(good.publicKey()).getModulus().toByteArray()));
        draft(
                "T022",
                "HS256 by the published JSON",
                ALGORITHM,
                good -> hmac(good, "HS256", bytes(PublicKeys.json(good.publicKey()))));
        draft("T023", "HS384 by the public key's PEM", ALGORITHM, good -> hmac(good, "HS384", pem(good)));
        draft("T023", "HS512 by the public key's PEM", ALGORITHM, good -> hmac(good, "HS512", pem(good)));
        draft("T024", "HS256 by a secret of one zero", ALGORITHM, good -> hmac(good, "HS256", new byte[1]));
        for (String secret : List.of("secret", "password", "your-256-bit-secret", "changeme", "admin", "jwt")) {
            draft(
                    "T024",
                    "HS256 by the secret '" + secret + "'",
                    ALGORITHM,
                    good -> hmac(good, "HS256", bytes(secret)));
        }
    }

    private void parts() {
        token(
                "T013",
                "an empty signature",
                SPELLING,
                good -> good.parts().get(0) + "." + good.parts().get(1) + ".");
        token(
                "T014",
                "two parts",
                SPELLING,
                good -> good.parts().get(0) + "." + good.parts().get(1));
        token(
                "T015",
                "four parts",
                SPELLING,
                good -> good.token() + "." + good.parts().get(2));
        token(
                "T016",
                "five parts",
                SPELLING,
                good -> good.token() + "." + good.parts().get(0) + ".AA");
        token("T017", "dots alone", SPELLING, good -> "..");
        token(
                "T017",
                "empty claims",
                SPELLING,
                good -> good.parts().get(0) + ".." + good.parts().get(2));
        authorization("T018", "nothing behind Bearer", HEADER, good -> "Bearer");
        authorization("T018", "a space behind Bearer", HEADER, good -> "Bearer ");
    }

    private void signatures() {
        token("T036", "a bit of the signature flipped", FORGED, good -> good.signature(bytes -> flipped(bytes, 7)));
        token(
                "T036",
                "the signature's last bit flipped",
                FORGED,
                good -> good.signature(bytes -> flipped(bytes, bytes.length - 1)));
        token("T037", "claims that were not signed", FORGED, good -> {
            List<String> parts = good.parts();
            String other = good.draft().with("rh", "0.A").sign().split("\\.")[1];
            return parts.get(0) + "." + other + "." + parts.get(2);
        });
        token("T038", "a header that was not signed", FORGED, good -> {
            List<String> parts = good.parts();
            String other = good.draft().header("typ", "at+jwt").sign().split("\\.")[0];
            return other + "." + parts.get(1) + "." + parts.get(2);
        });
        for (int less : List.of(1, 8)) {
            token(
                    "T039",
                    "a signature shorter by " + less,
                    FORGED,
                    good -> good.signature(bytes -> Arrays.copyOf(bytes, bytes.length - less)));
        }
        token(
                "T040",
                "a signature with a byte more",
                FORGED,
                good -> good.signature(bytes -> Arrays.copyOf(bytes, bytes.length + 1)));
        token("T041", "a signature of zeros", FORGED, good -> good.signature(bytes -> new byte[bytes.length]));
    }

    private void spellings() {
        for (int bits = 1; bits < 16; bits++) {
            int set = bits;
            // 256 bytes end in a character of which four bits are read by nobody.
            token("T042", "unused bits " + bits + " of the last character", SPELLING, good -> {
                String token = good.token();
                int last = token.length() - 1;
                return token.substring(0, last) + ALPHABET.charAt(ALPHABET.indexOf(token.charAt(last)) ^ set);
            });
        }
        token("T043", "padding behind the signature", SPELLING, good -> good.token() + "==");
        token(
                "T043",
                "padding behind the header",
                SPELLING,
                good -> good.token().replaceFirst("\\.", "=."));
        token("T044", "the other alphabet", SPELLING, good -> {
            String token = good.token();
            return token.substring(0, token.length() - 4) + "+/+/";
        });
        sprinkled("an exclamation mark", "!", SPELLING);
        sprinkled("a tilde", "~", SPELLING);
        sprinkled("a space", " ", HEADER);
        sprinkled("a tab", "\t", HEADER);
        sprinkled("a comma", ",", HEADER);
        sprinkled("a letter of Latin-1", "\u00e9", HEADER);
    }

    private void sprinkled(String what, String odd, Outcome expected) {
        Function<Good, String> value = good ->
                "Bearer " + good.token().substring(0, 20) + odd + good.token().substring(20);
        authorization("T045", what + " within", expected, value);
    }

    private static TokenDraft by(Good good, String name, String javaName) {
        return good.draft().header("alg", name).signedByKey((key, input) -> signed(javaName, key, input));
    }

    private static byte[] signed(String algorithm, PrivateKey key, byte[] input) {
        try {
            return signed(Signature.getInstance(algorithm), key, input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pss(PrivateKey key, byte[] input) {
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return signed(signature, key, input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signed(Signature signature, PrivateKey key, byte[] input) throws GeneralSecurityException {
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    private static TokenDraft ecdsa(Good good, byte[] signature) {
        return good.draft().header("alg", "ES256").signedWith(input -> signature);
    }

    private static TokenDraft hmac(Good good, String algorithm, byte[] secret) {
        return good.draft().header("alg", algorithm).signedWith(input -> {
            try {
                String javaName = algorithm.replace("HS", "HmacSHA");
                Mac mac = Mac.getInstance(javaName);
                mac.init(new SecretKeySpec(secret, javaName));
                return mac.doFinal(input);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static byte[] pem(Good good) {
        return bytes(PublicKeys.pem(good.publicKey()));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= 1;
        return other;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
