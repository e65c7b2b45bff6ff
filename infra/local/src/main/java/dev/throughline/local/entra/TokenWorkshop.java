package dev.throughline.local.entra;

import com.nimbusds.jose.jwk.RSAKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For tests alone: tokens as this stand-in would issue them, in which a test then changes one thing, such as
 *
 * <pre>{@code
 * entra.tokens().user("vic").sign()                          // the control
 * entra.tokens().user("vic").with("aud", other).sign()       // the hostile case
 * }</pre>
 *
 * It can be reached from Java only, never over HTTP.
 */
public final class TokenWorkshop {

    private final Directory directory;
    private final TokenFactory tokens;
    private final SigningKeys keys;

    TokenWorkshop(Directory directory, TokenFactory tokens, SigningKeys keys) {
        this.directory = directory;
        this.tokens = tokens;
        this.keys = keys;
    }

    /**
     * What the web chat holds for a person: a token for our API with {@code Orders.Read} and {@code Orders.Write}.
     *
     * @param person the first name: {@code ada}, {@code ana}, {@code pat}, {@code vic}, or {@code eve} of the foreign
     *     tenant
     */
    public TokenDraft user(String person) {
        return user(person, Directory.WEB_CHAT, "Orders.Read", "Orders.Write");
    }

    /** What any application may hold for a person: a token for our API. */
    public TokenDraft user(String person, String clientId, String... scopes) {
        return draft(tokens.delegated(
                directory.personByName(person),
                directory.appById(clientId),
                directory.resourceById(Directory.API),
                List.of(scopes)));
    }

    /** What our API gets for a person by on-behalf-of exchange: a version 1 token for {@code https://ai.azure.com}. */
    public TokenDraft userForFoundry(String person) {
        return draft(tokens.delegated(
                directory.personByName(person),
                directory.appById(Directory.API),
                directory.resourceById(Directory.FOUNDRY),
                List.of("user_impersonation")));
    }

    /** A token for our API with which an application, such as {@code night-agent}, acts as itself. */
    public TokenDraft application(String clientId) {
        return draft(
                tokens.appOnly(directory.home(), directory.appById(clientId), directory.resourceById(Directory.API)));
    }

    /** The ID token that the web chat gets when a person signs in: no access token. */
    public TokenDraft idToken(String person) {
        return draft(tokens.idToken(
                directory.personByName(person), directory.appById(Directory.WEB_CHAT), "nonce-of-the-web-chat"));
    }

    /** What the managed identity that our API trusts gets from its host, for the token exchange. */
    public TokenDraft managedIdentity() {
        return draft(tokens.managedIdentity(directory.home(), directory.managedIdentity(), directory.tokenExchange()));
    }

    private TokenDraft draft(Map<String, Object> claims) {
        RSAKey key = keys.current();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", "RS256");
        header.put("kid", key.getKeyID());
        return TokenDraft.of(header, claims, key);
    }
}
