package dev.throughline.in.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A token to be: the control with some things changed. Made without the library that the gate verifies with, so that
 * both cannot share a mistake.
 */
record Draft(
        Map<String, @Nullable Object> header,
        Map<String, @Nullable Object> claims,
        UnaryOperator<byte[]> headerBytes,
        UnaryOperator<byte[]> claimBytes,
        UnaryOperator<byte[]> signer) {
    private static final JsonMapper JSON = JsonMapper.shared();

    Draft header(String name, @Nullable Object value) {
        return new Draft(with(header, name, value), claims, headerBytes, claimBytes, signer);
    }

    Draft withoutHeader(String name) {
        return new Draft(without(header, name), claims, headerBytes, claimBytes, signer);
    }

    Draft with(String name, @Nullable Object value) {
        return new Draft(header, with(claims, name, value), headerBytes, claimBytes, signer);
    }

    Draft without(String name) {
        return new Draft(header, without(claims, name), headerBytes, claimBytes, signer);
    }

    /** The header's JSON, changed before it is signed. */
    Draft headerText(UnaryOperator<String> edit) {
        return new Draft(header, claims, asBytes(edit), claimBytes, signer);
    }

    /** The claims' JSON, changed before it is signed. */
    Draft text(UnaryOperator<String> edit) {
        return new Draft(header, claims, headerBytes, asBytes(edit), signer);
    }

    /** The claims' bytes, changed before they are signed. */
    Draft bytes(UnaryOperator<byte[]> edit) {
        return new Draft(header, claims, headerBytes, edit, signer);
    }

    Draft signedWith(UnaryOperator<byte[]> other) {
        return new Draft(header, claims, headerBytes, claimBytes, other);
    }

    Draft signedBy(RsaKeys keys) {
        return signedWith(keys::sign);
    }

    /** The token in its compact form. */
    String sign() {
        String input = encode(headerBytes.apply(JSON.writeValueAsBytes(header))) + "."
                + encode(claimBytes.apply(JSON.writeValueAsBytes(claims)));
        return input + "." + encode(signer.apply(input.getBytes(StandardCharsets.US_ASCII)));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static UnaryOperator<byte[]> asBytes(UnaryOperator<String> edit) {
        return bytes -> edit.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> members, String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> members, String name) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
        changed.remove(name);
        return changed;
    }
}
