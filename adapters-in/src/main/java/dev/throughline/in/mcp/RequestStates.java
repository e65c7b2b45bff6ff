package dev.throughline.in.mcp;

import dev.throughline.access.Caller;
import dev.throughline.in.http.Json;
import dev.throughline.trail.ArgumentsDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals the state that a client carries from one round of a request to the next (MCP 2026-07-28, basic/patterns/mrtr).
 * It is unreadable, and good only for the same caller through the same client, the same method with the same
 * parameters, and five minutes. It can come twice within them: what must happen once must see to that itself.
 */
final class RequestStates {
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = Long.BYTES + NONCE_LENGTH;

    private final RequestStateKey key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RequestStates(RequestStateKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    String seal(String state, Caller caller, Message message) {
        long end = clock.instant().plus(LIFE).toEpochMilli();
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, bound(end, caller, message))
                    .doFinal(state.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(HEAD + sealed.length)
                    .putLong(end)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** The state that was sealed; empty if it is not one of this caller's for this request, or too old. */
    Optional<String> open(String sealed, Caller caller, Message message) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sealed));
            if (bytes.remaining() < HEAD + TAG_BITS / Byte.SIZE) {
                return Optional.empty();
            }
            long end = bytes.getLong();
            byte[] nonce = new byte[NONCE_LENGTH];
            bytes.get(nonce);
            byte[] content = new byte[bytes.remaining()];
            bytes.get(content);
            byte[] state = cipher(Cipher.DECRYPT_MODE, nonce, bound(end, caller, message))
                    .doFinal(content);
            return clock.instant().isBefore(Instant.ofEpochMilli(end))
                    ? Optional.of(new String(state, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    /** Whom and what a state belongs to. */
    private static byte[] bound(long end, Caller caller, Message message) {
        Map<String, @Nullable Object> params =
                message.params().isObject() ? new HashMap<>(Json.map(message.params())) : new HashMap<>();
        params.keySet().removeAll(Set.of("_meta", "inputResponses", "requestState"));
        return ArgumentsDigest.of(Map.of(
                        "end", end,
                        "tenant", caller.tenant().toString(),
                        "caller", caller.objectId().toString(),
                        "client", caller.client().value(),
                        "method", message.method(),
                        "params", params))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
