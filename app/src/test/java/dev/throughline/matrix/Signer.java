package dev.throughline.matrix;

import dev.throughline.local.entra.TokenDraft;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;

/** A signing key with its id. */
record Signer(String id, KeyPair pair) {
    static Signer of(String id, int bits) {
        return new Signer(id, Strangers.pair(bits));
    }

    /** The same token, signed with this key. */
    String sign(TokenDraft draft) {
        return draft.header("kid", id).signedBy(pair.getPrivate()).sign();
    }

    Map<String, Object> published() {
        return PublicKeys.published(id, (RSAPublicKey) pair.getPublic());
    }

    /** As it is published, with one member more or of another value. */
    Map<String, Object> published(String member, Object value) {
        Map<String, Object> key = published();
        key.put(member, value);
        return key;
    }
}
