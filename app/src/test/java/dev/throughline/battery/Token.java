package dev.throughline.battery;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An access token about to be sent. Each method answers a changed copy. */
public final class Token {

    /** Signs the signing input of RFC 7515 section 5.1. */
    @FunctionalInterface
    public interface Signer {
        byte[] sign(byte[] input);
    }

    private final Map<String, Object> header;
    private final Map<String, Object> claims;
    private final Optional<Signer> signer;
    private final String verbatim;

    private Token(Map<String, Object> header, Map<String, Object> claims, Optional<Signer> signer, String verbatim) {
        this.header = header;
        this.claims = claims;
        this.signer = signer;
        this.verbatim = verbatim;
    }

    /** A token that can be changed and signed anew. */
    public static Token of(Map<String, Object> header, Map<String, Object> claims, Signer signer) {
        return new Token(new LinkedHashMap<>(header), new LinkedHashMap<>(claims), Optional.of(signer), "");
    }

    /**
     * A token as it came from its issuer, in the compact form: it can be sent, and spoilt, but not signed anew.
     *
     * @throws IllegalArgumentException if it is no signed JWT; opaque tokens cannot be doctored
     */
    public static Token ready(String compact) {
        String[] parts = compact.split("\\.");
        if (parts.length != 3) {
            throw new IllegalArgumentException("A ready-made token must be a signed JWT");
        }
        return new Token(members(parts[0]), members(parts[1]), Optional.empty(), compact);
    }

    private static Map<String, Object> members(String part) {
        return Json.of(new Base64URL(part).decodeToString()).members();
    }

    boolean signable() {
        return signer.isPresent();
    }

    Object claim(String name) {
        return claims.get(name);
    }

    Token with(String claim, Object value) {
        return new Token(header, changed(claims, claim, value), signer, verbatim);
    }

    Token without(String claim) {
        Map<String, Object> fewer = new LinkedHashMap<>(claims);
        fewer.remove(claim);
        return new Token(header, fewer, signer, verbatim);
    }

    Token withHeader(String name, Object value) {
        return new Token(changed(header, name, value), claims, signer, verbatim);
    }

    Token signedBy(Signer other) {
        return new Token(header, claims, Optional.of(other), verbatim);
    }

    private static Map<String, Object> changed(Map<String, Object> map, String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(name, value);
        return copy;
    }

    /** The compact form. */
    String compact() {
        if (signer.isEmpty()) {
            return verbatim;
        }
        String input = Base64URL.encode(Json.text(header)) + "." + Base64URL.encode(Json.text(claims));
        return input + "." + Base64URL.encode(signer.get().sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The claims changed under the signature of the token as it is. */
    String compactWith(String claim, Object value) {
        String[] parts = compact().split("\\.");
        return parts[0] + "." + Base64URL.encode(Json.text(changed(claims, claim, value))) + "." + parts[2];
    }
}
