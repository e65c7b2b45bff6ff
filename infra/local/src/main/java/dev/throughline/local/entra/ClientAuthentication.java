package dev.throughline.local.entra;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * How a client proves who it is: its secret in the form or by HTTP Basic, a token that stands for it, or, if it is
 * public, not at all.
 */
record ClientAuthentication(String clientId, Optional<String> secret) {

    static App authenticate(
            Tenant tenant, Exchange exchange, Parameters form, Directory directory, ClientAssertions assertions) {
        ClientAuthentication claimed = read(exchange, form);
        App app = directory
                .app(tenant, claimed.clientId())
                .orElseThrow(() -> new AadException(Aadsts.clientUnknown(claimed.clientId(), tenant)));
        if (form.optional("client_assertion").isEmpty()) {
            claimed.provesBySecret(app);
        } else if (app.isPublic()) {
            throw new AadException(Aadsts.publicClientWithSecret());
        } else {
            claimed.requireNoSecret();
            assertions.check(tenant, app, form);
        }
        return app;
    }

    private static ClientAuthentication read(Exchange exchange, Parameters form) {
        Optional<String> header = exchange.requestHeader("Authorization");
        if (header.isEmpty()) {
            return new ClientAuthentication(form.required("client_id"), form.optional("client_secret"));
        }
        try {
            ClientSecretBasic basic = ClientSecretBasic.parse(header.get());
            String id = basic.getClientID().getValue();
            boolean contradicted = form.optional("client_secret").isPresent()
                    || form.optional("client_id")
                            .filter(other -> !other.equals(id))
                            .isPresent();
            if (contradicted) {
                throw new AadException(provedTwice());
            }
            return new ClientAuthentication(
                    id, Optional.of(basic.getClientSecret().getValue()));
        } catch (ParseException e) {
            throw new AadException(Aadsts.malformed("The Authorization header is not HTTP Basic."));
        }
    }

    private void requireNoSecret() {
        if (secret.isPresent()) {
            throw new AadException(provedTwice());
        }
    }

    private static AadError provedTwice() {
        return Aadsts.malformed("The client is named, or proved, twice.");
    }

    private void provesBySecret(App app) {
        if (app.isPublic()) {
            if (secret.isPresent()) {
                throw new AadException(Aadsts.publicClientWithSecret());
            }
        } else if (!equalInConstantTime(
                secret.orElseThrow(() -> new AadException(Aadsts.secretMissing())),
                app.secret().orElseThrow())) {
            throw new AadException(Aadsts.secretWrong(app));
        }
    }

    private static boolean equalInConstantTime(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
