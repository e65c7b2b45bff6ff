package dev.throughline.local.entra;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** {@code /oauth2/v2.0/logout}: ends the browser's session, and goes back only to where some application is at home. */
final class LogoutEndpoint {

    private final Directory directory;
    private final Sessions sessions;

    LogoutEndpoint(Directory directory, Sessions sessions) {
        this.directory = directory;
        this.sessions = sessions;
    }

    void answer(Tenant tenant, Exchange exchange) throws IOException {
        Parameters query = exchange.query();
        sessions.end(exchange, tenant);
        String target = query.optional("post_logout_redirect_uri").orElse("");
        boolean known =
                directory.apps().stream().anyMatch(app -> app.redirects().contains(target));
        if (!known) {
            exchange.page(200, Pages.signedOut(tenant));
            return;
        }
        String state = query.optional("state")
                .map(value -> "?state=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                .orElse("");
        exchange.redirect(target + state);
    }
}
