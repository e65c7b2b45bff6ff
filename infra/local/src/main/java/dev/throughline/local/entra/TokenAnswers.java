package dev.throughline.local.entra;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The answers of the token endpoint that carry tokens. */
final class TokenAnswers {

    private final Consents consents;
    private final TokenFactory tokens;
    private final RefreshTokens refreshTokens;

    TokenAnswers(Consents consents, TokenFactory tokens, RefreshTokens refreshTokens) {
        this.consents = consents;
        this.tokens = tokens;
        this.refreshTokens = refreshTokens;
    }

    /**
     * Tokens with which the application acts for the person.
     *
     * @throws AadException AADSTS65001 if the person has not agreed, or no longer does
     */
    Map<String, Object> delegated(
            Person person, App app, Scopes scopes, Instant signedIn, String nonce, Parameters form) {
        Set<String> issued = consents.issued(person, app, scopes);
        boolean nothing = scopes.everything() && issued.isEmpty();
        if (nothing || !consents.cover(person, app, scopes)) {
            throw new AadException(Aadsts.consentMissing(app.clientId(), app.name()));
        }
        Set<String> inToken = issued.isEmpty() ? scopes.openId() : issued;
        Map<String, Object> claims = proved(tokens.delegated(person, app, scopes.resource(), inToken), form);
        Map<String, Object> answer = bearer(claims, scopes.answered(issued));
        if (scopes.wantsRefreshToken()) {
            answer.put("refresh_token", refreshTokens.issue(person, app, scopes, signedIn));
        }
        if (scopes.wantsIdToken()) {
            answer.put("id_token", tokens.sign(tokens.idToken(person, app, nonce)));
        }
        if (form.optional("client_info").filter("1"::equals).isPresent()) {
            answer.put("client_info", ClientInfo.of(person));
        }
        return answer;
    }

    /** A token with which the application acts for itself. */
    Map<String, Object> appOnly(Tenant tenant, App app, Resource resource, Parameters form) {
        Map<String, Object> answer = bearer(proved(tokens.appOnly(tenant, app, resource), form), "");
        answer.remove("scope");
        return answer;
    }

    /** The client authentication context: 1 for a secret, 2 for an assertion. */
    private static Map<String, Object> proved(Map<String, Object> claims, Parameters form) {
        if (form.optional("client_assertion").isPresent()) {
            claims.replace("azpacr", "2");
            claims.replace("appidacr", "2");
        }
        return claims;
    }

    private Map<String, Object> bearer(Map<String, Object> claims, String scope) {
        long seconds = tokens.secondsLeft(claims);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", "Bearer");
        answer.put("scope", scope);
        answer.put("expires_in", seconds);
        answer.put("ext_expires_in", seconds);
        answer.put("access_token", tokens.sign(claims));
        return answer;
    }
}
