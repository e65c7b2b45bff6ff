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
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * For tests alone: a token about to be signed. Each method answers a changed copy, so that one draft may serve as the
 * control and as the start of hostile cases.
 */
public final class TokenDraft {

    private final Map<String, Object> header;
    private final Map<String, Object> claims;
    private final UnaryOperator<byte[]> headerEdit;
    private final UnaryOperator<byte[]> payloadEdit;
    private final PrivateKey key;
    private final BiFunction<PrivateKey, byte[], byte[]> signer;

    private TokenDraft(
            Map<String, Object> header,
            Map<String, Object> claims,
            UnaryOperator<byte[]> headerEdit,
            UnaryOperator<byte[]> payloadEdit,
            PrivateKey key,
            BiFunction<PrivateKey, byte[], byte[]> signer) {
        this.header = header;
        this.claims = claims;
        this.headerEdit = headerEdit;
        this.payloadEdit = payloadEdit;
        this.key = key;
        this.signer = signer;
    }

    static TokenDraft of(Map<String, Object> header, Map<String, Object> claims, RSAKey key) {
        return new TokenDraft(
                header, claims, UnaryOperator.identity(), UnaryOperator.identity(), privateKey(key), TokenDraft::rs256);
    }

    /** Sets a claim; {@code null} becomes JSON's null. */
    public TokenDraft with(String claim, Object value) {
        return copy(header, changed(claims, claim, value));
    }

    /** Leaves a claim out. */
    public TokenDraft without(String claim) {
        Map<String, Object> fewer = new LinkedHashMap<>(claims);
        fewer.remove(claim);
        return copy(header, fewer);
    }

    /** Moves {@code iat}, {@code nbf} and {@code exp}: negative for the past. */
    public TokenDraft shifted(Duration by) {
        Map<String, Object> moved = new LinkedHashMap<>(claims);
        for (String claim : new String[] {"iat", "nbf", "exp"}) {
            moved.computeIfPresent(claim, (name, value) -> ((Number) value).longValue() + by.toSeconds());
        }
        return copy(header, moved);
    }

    /** A token of yesterday. */
    public TokenDraft expired() {
        return shifted(Duration.ofDays(-1));
    }

    /** Sets a field of the header. */
    public TokenDraft header(String name, Object value) {
        return copy(changed(header, name, value), claims);
    }

    /** Leaves a field of the header out. */
    public TokenDraft withoutHeader(String name) {
        Map<String, Object> fewer = new LinkedHashMap<>(header);
        fewer.remove(name);
        return copy(fewer, claims);
    }

    /** Edits the payload's JSON text before it is signed: for duplicate claims and other things no map can hold. */
    public TokenDraft payload(UnaryOperator<String> edit) {
        return payloadBytes(asText(edit));
    }

    /** Edits the payload's bytes before they are signed: for what is no text at all. */
    public TokenDraft payloadBytes(UnaryOperator<byte[]> edit) {
        return new TokenDraft(header, claims, headerEdit, edit, key, signer);
    }

    /** Edits the header's JSON text before it is signed. */
    public TokenDraft headerText(UnaryOperator<String> edit) {
        return new TokenDraft(header, claims, asText(edit), payloadEdit, key, signer);
    }

    /** Signs with somebody else's RSA key; {@code kid} stays as it is. */
    public TokenDraft signedBy(PrivateKey other) {
        return new TokenDraft(header, claims, headerEdit, payloadEdit, other, TokenDraft::rs256);
    }

    /** Signs in any way: the function makes the signature of the signing input; an empty one leaves it empty. */
    public TokenDraft signedWith(UnaryOperator<byte[]> other) {
        return signedByKey((genuine, input) -> other.apply(input));
    }

    /** Signs with the genuine key, but in any way. */
    public TokenDraft signedByKey(BiFunction<PrivateKey, byte[], byte[]> other) {
        return new TokenDraft(header, claims, headerEdit, payloadEdit, key, other);
    }

    /** The claims as they stand. */
    public Map<String, Object> claims() {
        return new LinkedHashMap<>(claims);
    }

    /** The token in its compact form. */
    public String sign() {
        String input = encode(headerEdit.apply(json(header))) + "." + encode(payloadEdit.apply(json(claims)));
        return input + "." + encode(signer.apply(key, input.getBytes(StandardCharsets.US_ASCII)));
    }

    private TokenDraft copy(Map<String, Object> otherHeader, Map<String, Object> otherClaims) {
        return new TokenDraft(otherHeader, otherClaims, headerEdit, payloadEdit, key, signer);
    }

    private static byte[] json(Map<String, Object> members) {
        return JSONObjectUtils.toJSONString(members).getBytes(StandardCharsets.UTF_8);
    }

    private static UnaryOperator<byte[]> asText(UnaryOperator<String> edit) {
        return bytes -> edit.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> changed(Map<String, Object> map, String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(name, value);
        return copy;
    }

    private static byte[] rs256(PrivateKey key, byte[] input) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not a key for RS256", e);
        }
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
