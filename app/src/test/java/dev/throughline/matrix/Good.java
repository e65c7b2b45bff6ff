package dev.throughline.matrix;

import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.entra.TokenWorkshop;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A good token of somebody who may do everything, and what the cases need to spoil it. Each case has a person of its
 * own, so that no limit of what one person may do comes into it.
 *
 * @param draft the good token
 * @param workshop makes genuine tokens of other kinds
 * @param publicKey the issuer's published key, as JSON members
 * @param canary an address that nobody has any reason to call
 */
record Good(TokenDraft draft, TokenWorkshop workshop, Map<String, Object> publicKey, String canary) {
    static final String PREFIX = "c0ffee00-0000-4000-8000-0000000000";
    static final String WEB_CHAT = PREFIX + "a2";
    static final String ASSISTANT = PREFIX + "a3";
    static final String NIGHT_AGENT = PREFIX + "a5";
    static final String SHARED = PREFIX + "a6";

    /** The control of a case: a new administrator in the web chat. */
    static Good of(TokenWorkshop workshop, Map<String, Object> publicKey, String canary) {
        return new Good(asNewPerson(workshop.user("ada")), workshop, publicKey, canary);
    }

    /** The same token for somebody whom nobody has seen before. */
    static TokenDraft asNewPerson(TokenDraft draft) {
        String person = UUID.randomUUID().toString();
        return draft.with("oid", person).with("sub", "pairwise-" + person);
    }

    long now() {
        return Instant.now().getEpochSecond();
    }

    String issuer() {
        return (String) draft.claims().get("iss");
    }

    String person() {
        return (String) draft.claims().get("oid");
    }

    String token() {
        return draft.sign();
    }

    /** The three parts of the good token. */
    List<String> parts() {
        return List.of(token().split("\\."));
    }

    /** The good token with another signature. */
    String signature(java.util.function.UnaryOperator<byte[]> change) {
        List<String> parts = parts();
        byte[] changed = change.apply(Base64.getUrlDecoder().decode(parts.get(2)));
        return parts.get(0) + "." + parts.get(1) + "." + encode(changed);
    }

    /** A genuine token with which an agent acts as itself. */
    TokenDraft nightAgent() {
        return workshop.application(NIGHT_AGENT);
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
