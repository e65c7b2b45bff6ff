package dev.throughline.matrix;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Public keys as they are published (RFC 7517) and in the forms in which an attacker may take them for secrets. */
final class PublicKeys {
    private static final JsonMapper JSON = JsonMapper.shared();

    private PublicKeys() {}

    /** A key's public half as an issuer publishes it. */
    static Map<String, Object> published(String id, RSAPublicKey key) {
        return published(id, key.getModulus(), key.getPublicExponent());
    }

    static Map<String, Object> published(String id, BigInteger modulus, BigInteger exponent) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kty", "RSA");
        members.put("use", "sig");
        members.put("kid", id);
        members.put("n", encode(modulus));
        members.put("e", encode(exponent));
        return members;
    }

    static RSAPublicKey rsa(Map<String, Object> published) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(number(published, "n"), number(published, "e")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] der(Map<String, Object> published) {
        return rsa(published).getEncoded();
    }

    static String pem(Map<String, Object> published) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der(published));
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    static String json(Map<String, Object> published) {
        return JSON.writeValueAsString(published);
    }

    private static BigInteger number(Map<String, Object> published, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode((String) published.get(name)));
    }

    private static String encode(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Good.encode(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
