package dev.throughline.local.entra;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the endpoint of a request: those of a tenant begin with its id. */
final class Router implements HttpHandler {

    private static final Logger LOG = System.getLogger(Router.class.getName());

    private final Directory directory;
    private final SigningKeys keys;
    private final AuthorizeEndpoint authorize;
    private final LogoutEndpoint logout;
    private final TokenEndpoint token;
    private final Cors cors;
    private final String baseUrl;
    private final Set<String> hosts;
    private final Clock clock;
    private final String style = style();

    Router(
            Directory directory,
            SigningKeys keys,
            AuthorizeEndpoint authorize,
            LogoutEndpoint logout,
            TokenEndpoint token,
            String baseUrl,
            int port,
            Clock clock) {
        this.directory = directory;
        this.keys = keys;
        this.authorize = authorize;
        this.logout = logout;
        this.token = token;
        this.cors = new Cors(directory.browserOrigins());
        this.baseUrl = baseUrl;
        this.hosts = Set.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port);
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        try (http) {
            Exchange exchange = new Exchange(http);
            try {
                route(exchange);
            } catch (AadException e) {
                exchange.page(e.error().status(), Pages.error(ErrorDocument.of(e.error(), exchange, baseUrl, clock)));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The Entra stand-in failed on " + exchange.path(), e);
                exchange.sendEmpty(500);
            }
        }
    }

    private void route(Exchange exchange) throws IOException {
        // A page of a foreign site that made its own name point to this machine must not get tokens.
        if (exchange.requestHeader("Host").filter(hosts::contains).isEmpty()) {
            exchange.sendEmpty(421);
            return;
        }
        String path = exchange.path();
        int slash = path.indexOf('/', 1);
        if (slash < 0) {
            routeToCommon(path, exchange);
        } else {
            String id = path.substring(1, slash);
            Tenant tenant = directory.tenant(id).orElseThrow(() -> new AadException(Aadsts.tenantUnknown(id)));
            routeToTenant(path.substring(slash), tenant, exchange);
        }
    }

    private void routeToCommon(String path, Exchange exchange) throws IOException {
        switch (path) {
            case "/" -> onGet(exchange, () -> exchange.page(200, IndexPage.render(baseUrl, directory)));
            case "/error" -> onGet(exchange, () -> exchange.page(200, errorPage(exchange)));
            case Pages.STYLE_PATH -> onGet(exchange, () -> exchange.send(200, "text/css; charset=utf-8", style));
            default -> exchange.sendEmpty(404);
        }
    }

    private void routeToTenant(String path, Tenant tenant, Exchange exchange) throws IOException {
        switch (path) {
            case "/v2.0/.well-known/openid-configuration" -> document(exchange, Discovery.document(baseUrl, tenant));
            case "/discovery/v2.0/keys" ->
                document(exchange, Map.of("keys", keys.published(baseUrl + "/{tenantid}/v2.0")));
            case "/oauth2/v2.0/authorize" -> onGet(exchange, () -> authorize.begin(tenant, exchange));
            case "/signin" -> onPost(exchange, () -> authorize.signIn(tenant, exchange));
            case "/consent" -> onPost(exchange, () -> authorize.consent(tenant, exchange));
            case "/oauth2/v2.0/logout" -> onGet(exchange, () -> logout.answer(tenant, exchange));
            case "/oauth2/v2.0/token" -> token(tenant, exchange);
            default -> exchange.sendEmpty(404);
        }
    }

    private void document(Exchange exchange, Map<String, Object> json) throws IOException {
        cors.allowEverybody(exchange);
        if (exchange.method().equals("OPTIONS")) {
            cors.preflight(exchange, "GET");
        } else {
            onGet(exchange, () -> exchange.json(200, json));
        }
    }

    private void token(Tenant tenant, Exchange exchange) throws IOException {
        cors.allowClients(exchange);
        if (exchange.method().equals("OPTIONS")) {
            cors.preflight(exchange, "POST");
        } else {
            token.answer(tenant, exchange);
        }
    }

    private static String errorPage(Exchange exchange) {
        String code = exchange.query().optional("code").orElse("");
        return Pages.frame(
                "Error " + code,
                "card",
                "<h1>AADSTS%s</h1><p>Look the number up in Microsoft's list of authentication and authorization error "
                                .formatted(Pages.escape(code))
                        + "codes; this stand-in uses the same numbers.</p>");
    }

    private static void onGet(Exchange exchange, Action action) throws IOException {
        on(List.of("GET", "HEAD"), exchange, action);
    }

    private static void onPost(Exchange exchange, Action action) throws IOException {
        on(List.of("POST"), exchange, action);
    }

    private static void on(List<String> methods, Exchange exchange, Action action) throws IOException {
        if (methods.contains(exchange.method())) {
            action.run();
        } else {
            exchange.responseHeader("Allow", String.join(", ", methods));
            exchange.sendEmpty(405);
        }
    }

    private static String style() {
        try (InputStream css = Router.class.getResourceAsStream("entra.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The style sheet is missing from the archive", e);
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }
}
