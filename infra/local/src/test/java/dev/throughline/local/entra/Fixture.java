package dev.throughline.local.entra;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** A running stand-in, and the requests that its well-behaved clients send: the controls of every hostile case. */
final class Fixture implements AutoCloseable {

    static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789";
    static final String CHALLENGE = challengeOf(VERIFIER);
    static final String HOME = Directory.ID_PREFIX + "01";
    static final String FOREIGN = Directory.ID_PREFIX + "02";
    static final String API_URI = "api://" + Directory.API;

    final LocalPorts ports;
    final LocalSecrets secrets;
    final SettableClock clock = new SettableClock();
    final Browser browser = new Browser();
    private final Path dataDir;
    private EntraStandIn entra;

    Fixture(Path dataDir) {
        this.dataDir = dataDir;
        this.ports = LocalPorts.free();
        this.secrets = LocalSecrets.loadOrCreate(dataDir);
        this.entra = EntraStandIn.start(ports, secrets, dataDir, clock);
    }

    EntraStandIn entra() {
        return entra;
    }

    void restart() {
        entra.close();
        entra = EntraStandIn.start(ports, LocalSecrets.loadOrCreate(dataDir), dataDir, clock);
    }

    @Override
    public void close() {
        entra.close();
    }

    String url(String tenant, String path) {
        return entra.baseUrl() + "/" + tenant + path;
    }

    String webRedirect() {
        return "http://localhost:" + ports.web() + "/";
    }

    String assistantRedirect() {
        return "http://localhost:" + ports.foundry() + "/oauth/callback";
    }

    /** What the web chat asks for on behalf of Vic, without a session. */
    Map<String, String> webRequest() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", Directory.WEB_CHAT);
        parameters.put("response_type", "code");
        parameters.put("redirect_uri", webRedirect());
        parameters.put("scope", API_URI + "/Orders.Read openid profile offline_access");
        parameters.put("state", "state-1");
        parameters.put("nonce", "nonce-1");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.put("login_hint", "vic@contoso.example");
        parameters.put("prompt", "none");
        return parameters;
    }

    /** What Foundry asks for as orders-assistant, for Vic to decide on. */
    Map<String, String> assistantRequest() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", Directory.ORDERS_ASSISTANT);
        parameters.put("response_type", "code");
        parameters.put("redirect_uri", assistantRedirect());
        parameters.put("scope", API_URI + "/Orders.Read " + API_URI + "/Orders.Write offline_access");
        parameters.put("state", "state-2");
        parameters.put("login_hint", "vic@contoso.example");
        return parameters;
    }

    Answer authorize(Map<String, String> parameters) {
        return authorize(HOME, parameters);
    }

    Answer authorize(String tenant, Map<String, String> parameters) {
        return browser.get(url(tenant, "/oauth2/v2.0/authorize?") + Browser.encode(parameters));
    }

    Answer token(Map<String, String> form, String... headers) {
        return browser.post(url(HOME, "/oauth2/v2.0/token"), form, headers);
    }

    Map<String, String> webRedemption(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", Directory.WEB_CHAT);
        form.put("code", code);
        form.put("redirect_uri", webRedirect());
        form.put("code_verifier", VERIFIER);
        return form;
    }

    Map<String, String> assistantRedemption(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", Directory.ORDERS_ASSISTANT);
        form.put("client_secret", secrets.assistantClientSecret());
        form.put("code", code);
        form.put("redirect_uri", assistantRedirect());
        return form;
    }

    Map<String, String> refresh(String refreshToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", Directory.WEB_CHAT);
        form.put("refresh_token", refreshToken);
        return form;
    }

    /** The exchange of our API: the user's token for one that Foundry takes. */
    Map<String, String> onBehalfOf(String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", TokenEndpoint.ON_BEHALF_OF);
        form.put("client_id", Directory.API);
        form.put("client_secret", secrets.apiClientSecret());
        form.put("assertion", assertion);
        form.put("scope", "https://ai.azure.com/.default");
        form.put("requested_token_use", "on_behalf_of");
        return form;
    }

    Map<String, String> clientCredentials(String clientId, String secret) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("client_secret", secret);
        form.put("scope", API_URI + "/.default");
        return form;
    }

    /** Vic's tokens in the web chat. */
    Answer vicSignsIn() {
        return token(webRedemption(authorize(webRequest()).code()));
    }

    /** A copy with one parameter changed; {@code null} leaves it out. */
    static Map<String, String> but(Map<String, String> control, String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(control);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    private static String challengeOf(String verifier) {
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(TokenFactory.sha256(verifier));
    }

    /** A clock that tests move. */
    static final class SettableClock extends Clock {

        private volatile Duration offset = Duration.ZERO;

        void advance(Duration by) {
            offset = offset.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
