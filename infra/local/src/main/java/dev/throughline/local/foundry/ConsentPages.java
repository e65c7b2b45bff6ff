package dev.throughline.local.foundry;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import dev.throughline.local.responses.Call;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The broker's two addresses in the user's browser: where a consent link leads, and where the consent comes back to.
 */
final class ConsentPages {

    private final PendingConsents pending;
    private final TokenClient client;
    private final TokenVault vault;

    ConsentPages(PendingConsents pending, TokenClient client, TokenVault vault) {
        this.pending = pending;
        this.client = client;
        this.vault = vault;
    }

    /** Sends the browser on to the issuer's authorization endpoint. */
    void login(Call call) throws IOException {
        Map<String, String> query = call.query();
        Optional<Map.Entry<String, PendingConsents.Started>> started = pending.start(query.getOrDefault("data", ""));
        if (started.isEmpty()) {
            Pages.show(call, 410, Pages.LINK_IS_SPENT);
            return;
        }
        call.redirect(authorize(started.get().getKey(), started.get().getValue(), query));
    }

    /** Takes the code, and keeps the tokens if the person who consented is the one whose run had asked. */
    void callback(Call call) throws IOException {
        Map<String, String> query = call.query();
        Optional<PendingConsents.Started> started = pending.finish(query.getOrDefault("state", ""));
        if (started.isEmpty()) {
            Pages.show(call, 410, Pages.LINK_IS_SPENT);
        } else if (query.containsKey("error")) {
            boolean declined = "access_denied".equals(query.get("error"));
            Pages.show(call, 200, declined ? Pages.DECLINED : Pages.REFUSED);
        } else {
            redeem(call, started.get(), query.getOrDefault("code", ""));
        }
    }

    private void redeem(Call call, PendingConsents.Started started, String code) throws IOException {
        Optional<TokenClient.Consented> consented;
        try {
            consented = code.isEmpty()
                    ? Optional.empty()
                    : client.redeem(started.asked().connection(), code, started.verifier(), started.nonce());
        } catch (IOException e) {
            Pages.show(call, 502, Pages.ISSUER_IS_AWAY);
            return;
        }
        if (consented.isEmpty()) {
            Pages.show(call, 400, Pages.REFUSED);
        } else if (!consented.get().user().equals(started.asked().user())) {
            Pages.show(call, 403, Pages.SOMEBODY_ELSE);
        } else {
            vault.keep(
                    started.asked().user(),
                    started.asked().connection(),
                    consented.get().token());
            Pages.show(call, 200, Pages.DONE);
        }
    }

    /** No {@code resource}: Foundry sends none. {@code login_hint} and {@code consent} are passed on for scripts. */
    private static URI authorize(String state, PendingConsents.Started started, Map<String, String> query) {
        OAuthConnection connection = started.asked().connection();
        AuthorizationRequest.Builder request = new AuthorizationRequest.Builder(
                        ResponseType.CODE, new ClientID(connection.clientId()))
                .endpointURI(connection.authorizationUrl())
                .redirectionURI(connection.redirectUri())
                .scope(new Scope(connection.scopes().toArray(String[]::new)))
                .state(new State(state))
                .codeChallenge(started.verifier(), CodeChallengeMethod.S256)
                .customParameter("nonce", started.nonce().getValue());
        for (String passedOn : new String[] {"login_hint", "consent"}) {
            if (query.containsKey(passedOn)) {
                request.customParameter(passedOn, query.get(passedOn));
            }
        }
        return request.build().toURI();
    }
}
