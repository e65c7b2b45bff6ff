package dev.throughline.local.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * For tests alone: a token about to be signed. Each method answers a changed copy, so that one draft may serve as the
 * control and as the start of hostile cases.
 */
public final class TokenDraft {

    private final Map<String, Object> header;
    private final Map<String, Object> claims;
    private final UnaryOperator<String> payloadEdit;
    private final UnaryOperator<byte[]> signer;

    private TokenDraft(
            Map<String, Object> header,
            Map<String, Object> claims,
            UnaryOperator<String> payloadEdit,
            UnaryOperator<byte[]> signer) {
        this.header = header;
        this.claims = claims;
        this.payloadEdit = payloadEdit;
        this.signer = signer;
    }

    static TokenDraft of(Map<String, Object> header, Map<String, Object> claims, RSAKey key) {
        return new TokenDraft(header, claims, UnaryOperator.identity(), rs256(privateKey(key)));
    }

    /** Sets a claim; {@code null} becomes JSON's null. */
    public TokenDraft with(String claim, Object value) {
        return new TokenDraft(header, changed(claims, claim, value), payloadEdit, signer);
    }

    /** Leaves a claim out. */
    public TokenDraft without(String claim) {
        Map<String, Object> fewer = new LinkedHashMap<>(claims);
        fewer.remove(claim);
        return new TokenDraft(header, fewer, payloadEdit, signer);
    }

    /** Moves {@code iat}, {@code nbf} and {@code exp}: negative for the past. */
    public TokenDraft shifted(Duration by) {
        Map<String, Object> moved = new LinkedHashMap<>(claims);
        for (String claim : new String[] {"iat", "nbf", "exp"}) {
            moved.computeIfPresent(claim, (name, value) -> ((Number) value).longValue() + by.toSeconds());
        }
        return new TokenDraft(header, moved, payloadEdit, signer);
    }

    /** A token of yesterday. */
    public TokenDraft expired() {
        return shifted(Duration.ofDays(-1));
    }

    /** Sets a field of the header. */
    public TokenDraft header(String name, Object value) {
        return new TokenDraft(changed(header, name, value), claims, payloadEdit, signer);
    }

    /** Leaves a field of the header out. */
    public TokenDraft withoutHeader(String name) {
        Map<String, Object> fewer = new LinkedHashMap<>(header);
        fewer.remove(name);
        return new TokenDraft(fewer, claims, payloadEdit, signer);
    }

    /** Edits the payload's JSON text before it is signed: for duplicate claims and other things no map can hold. */
    public TokenDraft payload(UnaryOperator<String> edit) {
        return new TokenDraft(header, claims, edit, signer);
    }

    /** Signs with somebody else's RSA key; {@code kid} stays as it is. */
    public TokenDraft signedBy(PrivateKey other) {
        return signedWith(rs256(other));
    }

    /** Signs in any way: the function makes the signature of the signing input; an empty one leaves it empty. */
    public TokenDraft signedWith(UnaryOperator<byte[]> other) {
        return new TokenDraft(header, claims, payloadEdit, other);
    }

    /** The claims as they stand. */
    public Map<String, Object> claims() {
        return new LinkedHashMap<>(claims);
    }

    /** The token in its compact form. */
    public String sign() {
        String input = encode(JSONObjectUtils.toJSONString(header).getBytes(StandardCharsets.UTF_8))
                + "."
                + encode(payloadEdit.apply(JSONObjectUtils.toJSONString(claims)).getBytes(StandardCharsets.UTF_8));
        return input + "." + encode(signer.apply(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Map<String, Object> changed(Map<String, Object> map, String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(name, value);
        return copy;
    }

    private static UnaryOperator<byte[]> rs256(PrivateKey key) {
        return input -> {
            try {
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(key);
                signature.update(input);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("Not a key for RS256", e);
            }
        };
    }

    private static PrivateKey privateKey(RSAKey key) {
        try {
            return key.toPrivateKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("Own keys have a private half", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
