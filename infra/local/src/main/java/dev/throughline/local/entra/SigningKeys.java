package dev.throughline.local.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys that sign tokens, shared by both tenants as in the real service and kept between runs. */
final class SigningKeys {

    private final PrivateFile file;
    private volatile List<RSAKey> newestFirst;

    SigningKeys(PrivateFile file) {
        this.file = file;
        this.newestFirst = file.read().map(SigningKeys::parse).orElse(List.of());
        if (newestFirst.isEmpty()) {
            rotate();
        }
    }

    RSAKey current() {
        return newestFirst.get(0);
    }

    Optional<RSAKey> find(String kid) {
        return newestFirst.stream().filter(key -> key.getKeyID().equals(kid)).findFirst();
    }

    synchronized void rotate() {
        List<RSAKey> keys = new ArrayList<>(newestFirst);
        keys.add(0, generate());
        replace(keys);
    }

    synchronized void dropRetired() {
        replace(List.of(current()));
    }

    /** The public halves, each with the issuer template that the keys of the real service carry. */
    List<Map<String, Object>> published(String issuerTemplate) {
        return newestFirst.stream().map(key -> published(key, issuerTemplate)).toList();
    }

    private static Map<String, Object> published(RSAKey key, String issuerTemplate) {
        Map<String, Object> json = key.toPublicJWK().toJSONObject();
        json.put("issuer", issuerTemplate);
        return json;
    }

    private void replace(List<RSAKey> keys) {
        file.write(new JWKSet(new ArrayList<JWK>(keys)).toString(false));
        newestFirst = List.copyOf(keys);
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This JDK makes no RSA keys", e);
        }
    }

    private static List<RSAKey> parse(String json) {
        try {
            return JWKSet.parse(json).getKeys().stream().map(JWK::toRSAKey).toList();
        } catch (ParseException e) {
            throw new IllegalStateException("The file of signing keys is damaged; delete it to start afresh", e);
        }
    }
}
