package dev.throughline.local.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Discovery, the public pages, and which other origins may read what. */
class EndpointsTest extends OneStandInForAll {

    @ParameterizedTest
    @ValueSource(strings = {Fixture.HOME, Fixture.FOREIGN})
    void discovery_names_the_tenants_endpoints_and_nothing_that_entra_keeps_quiet(String tenant) {
        Map<String, Object> json = discovery(tenant).json();
        assertEquals(entra.url(tenant, "/v2.0"), json.get("issuer"));
        assertEquals(entra.url(tenant, "/oauth2/v2.0/authorize"), json.get("authorization_endpoint"));
        assertEquals(entra.url(tenant, "/oauth2/v2.0/token"), json.get("token_endpoint"));
        assertEquals(entra.url(tenant, "/oauth2/v2.0/logout"), json.get("end_session_endpoint"));
        assertEquals(entra.url(tenant, "/discovery/v2.0/keys"), json.get("jwks_uri"));
        assertFalse(json.containsKey("code_challenge_methods_supported"));
        assertFalse(json.containsKey("registration_endpoint"));
    }

    @Test
    void an_unknown_tenant_is_not_found() {
        Answer answer = discovery(Directory.ID_PREFIX + "03");
        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("AADSTS90002"));
    }

    @Test
    void everybody_may_read_the_public_documents() {
        Answer answer =
                entra.browser.get(entra.url(Fixture.HOME, "/discovery/v2.0/keys"), "Origin", "http://a.example");
        assertEquals("*", answer.header("Access-Control-Allow-Origin"));
        assertEquals("*", discovery(Fixture.HOME).header("Access-Control-Allow-Origin"));
    }

    @Test
    void only_the_web_chats_pages_may_read_tokens() {
        String own = "http://localhost:" + entra.ports.web();
        String ownTls = "https://localhost:" + entra.ports.webTls();
        assertEquals(own, allowedOrigin(own));
        assertEquals(ownTls, allowedOrigin(ownTls));
        assertEquals("", allowedOrigin("http://localhost:1"));
        assertEquals("", allowedOrigin("http://evil.example"));
        assertEquals("", allowedOrigin("null"));

        String url = entra.url(Fixture.HOME, "/oauth2/v2.0/token");
        Answer preflight = entra.browser.options(
                url, "Origin", own, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "x-a");
        assertEquals(204, preflight.status());
        assertEquals(own, preflight.header("Access-Control-Allow-Origin"));
        assertEquals("x-a", preflight.header("Access-Control-Allow-Headers"));
    }

    @Test
    void the_index_tells_what_this_is_and_what_it_is_not() {
        Answer index = entra.browser.get(entra.entra().baseUrl() + "/");
        assertEquals(200, index.status());
        for (String expected :
                new String[] {"vic@contoso.example", "eve@fabrikam.example", "Not imitated", "night-agent"}) {
            assertTrue(index.body().contains(expected), expected);
        }
        assertFalse(index.body().contains(entra.secrets.apiClientSecret()));
    }

    @Test
    void text_from_a_request_stays_text_on_the_page() {
        Answer page = entra.browser.get(
                entra.url(Fixture.HOME, "/oauth2/v2.0/authorize?client_id=%3Cscript%3Ealert(1)%3C/script%3E"));
        assertEquals(400, page.status());
        assertFalse(page.body().contains("<script"));
        assertTrue(page.body().contains("&lt;script&gt;"));
    }

    @Test
    void a_foreign_host_name_gets_nothing() throws IOException {
        assertEquals("HTTP/1.1 421", statusLine("evil.example:" + entra.ports.entra()));
        assertEquals("HTTP/1.1 200", statusLine("localhost:" + entra.ports.entra()), "control");
    }

    @Test
    void the_token_endpoint_takes_forms_by_post_only() {
        String url = entra.url(Fixture.HOME, "/oauth2/v2.0/token");
        assertEquals("405 invalid_request 900561", entra.browser.get(url).outcome());
        assertEquals(
                "400 invalid_request 900144", entra.browser.post(url, "a=b").outcome());
        assertEquals(
                "400 invalid_request 9002313", entra.browser.post(url, "a=%zz").outcome());
    }

    @Test
    void a_taken_port_is_named() {
        UncheckedIOException refused =
                assertThrows(UncheckedIOException.class, () -> EntraStandIn.start(entra.ports, entra.secrets, dataDir));
        assertTrue(refused.getMessage().contains(String.valueOf(entra.ports.entra())), refused.getMessage());
    }

    private static Answer discovery(String tenant) {
        return entra.browser.get(entra.url(tenant, "/v2.0/.well-known/openid-configuration"));
    }

    private static String allowedOrigin(String origin) {
        return entra.token(Map.of("grant_type", "refresh_token"), "Origin", origin)
                .header("Access-Control-Allow-Origin");
    }

    private static String statusLine(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", entra.ports.entra())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }
}
