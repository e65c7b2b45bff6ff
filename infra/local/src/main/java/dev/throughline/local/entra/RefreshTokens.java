package dev.throughline.local.entra;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Refresh tokens, opaque to their holders: a sealed note of who allowed what, readable here alone. The key outlives a
 * restart, so that a web session does, too. As in the real service a use gives a new token and leaves the old one good
 * until it expires, since two tabs of a browser may use it at once.
 */
final class RefreshTokens {

    private static final String PREFIX = "1.";
    private static final int NONCE = 12;
    private static final Duration LIFETIME = Duration.ofDays(90);
    /** Counted from the sign-in; using the token does not prolong it. */
    private static final Duration BROWSER_LIFETIME = Duration.ofHours(24);

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * @param scope the scopes in the request's own words
     * @param signedIn when the person signed in, in milliseconds since 1970
     */
    record Note(String tenant, String person, String client, String scope, long signedIn, long expires) {}

    RefreshTokens(PrivateFile file, Clock clock) {
        this.clock = clock;
        this.key = new SecretKeySpec(Base64.getUrlDecoder().decode(file.read().orElseGet(() -> make(file))), "AES");
    }

    String issue(Person person, App app, Scopes scopes, Instant signedIn) {
        boolean browser = app.kind() == App.Kind.SINGLE_PAGE;
        Instant expires =
                browser ? signedIn.plus(BROWSER_LIFETIME) : clock.instant().plus(LIFETIME);
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("tenant", person.tenant().id());
        note.put("person", person.id());
        note.put("client", app.clientId());
        note.put("scope", scopes.asked());
        note.put("signedIn", signedIn.toEpochMilli());
        note.put("expires", expires.toEpochMilli());
        return PREFIX + seal(JSONObjectUtils.toJSONString(note));
    }

    /** Empty if the token is not one of ours; an expired one is found. */
    Optional<Note> read(String token) {
        if (!token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return unseal(token.substring(PREFIX.length())).map(RefreshTokens::parse);
    }

    private String seal(String text) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot seal with an own key", e);
        }
    }

    private Optional<String> unseal(String encoded) {
        try {
            ByteBuffer whole = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
            byte[] nonce = new byte[NONCE];
            whole.get(nonce);
            byte[] sealed = new byte[whole.remaining()];
            whole.get(sealed);
            return Optional.of(new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException | java.nio.BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, nonce));
        return cipher;
    }

    private static Note parse(String text) {
        try {
            Map<String, Object> json = JSONObjectUtils.parse(text);
            return new Note(
                    JSONObjectUtils.getString(json, "tenant"),
                    JSONObjectUtils.getString(json, "person"),
                    JSONObjectUtils.getString(json, "client"),
                    JSONObjectUtils.getString(json, "scope"),
                    JSONObjectUtils.getLong(json, "signedIn"),
                    JSONObjectUtils.getLong(json, "expires"));
        } catch (ParseException e) {
            throw new IllegalStateException("We sealed something unreadable", e);
        }
    }

    private static String make(PrivateFile file) {
        String key = Expiring.newId();
        file.write(key);
        return key;
    }
}
