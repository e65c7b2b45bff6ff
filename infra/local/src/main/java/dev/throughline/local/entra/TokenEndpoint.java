package dev.throughline.local.entra;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** {@code /oauth2/v2.0/token}. */
final class TokenEndpoint {

    static final String ON_BEHALF_OF = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Directory directory;
    private final ClientAssertions assertions;
    private final Map<String, Grant> grants;
    private final TestControls controls;
    private final String baseUrl;
    private final Clock clock;

    TokenEndpoint(
            Directory directory,
            ClientAssertions assertions,
            Map<String, Grant> grants,
            TestControls controls,
            String baseUrl,
            Clock clock) {
        this.directory = directory;
        this.assertions = assertions;
        this.grants = grants;
        this.controls = controls;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    void answer(Tenant tenant, Exchange exchange) throws IOException {
        exchange.responseHeader("Cache-Control", "no-store");
        exchange.responseHeader("Pragma", "no-cache");
        try {
            if (!exchange.method().equals("POST")) {
                throw new AadException(Aadsts.postOnly());
            }
            Parameters form = exchange.form();
            controls.record(tenant, exchange, form);
            form.refuseRepeated();
            String type = form.required("grant_type");
            if (!answeredAsScripted(type, exchange)) {
                exchange.json(200, redeem(type, tenant, exchange, form));
            }
        } catch (AadException e) {
            ErrorDocument document = ErrorDocument.of(e.error(), exchange, baseUrl, clock);
            exchange.json(e.error().status(), document.json());
        }
    }

    private Map<String, Object> redeem(String type, Tenant tenant, Exchange exchange, Parameters form) {
        Grant grant = Optional.ofNullable(grants.get(type))
                .orElseThrow(() -> new AadException(Aadsts.grantUnsupported(type)));
        App app = ClientAuthentication.authenticate(tenant, exchange, form, directory, assertions);
        return grant.redeem(tenant, app, form);
    }

    private boolean answeredAsScripted(String type, Exchange exchange) throws IOException {
        Optional<TestControls.ScriptedAnswer> scripted = controls.scriptedFor(type);
        try {
            return scripted.isPresent() && scripted.get().answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while delaying an answer", e);
        }
    }
}
