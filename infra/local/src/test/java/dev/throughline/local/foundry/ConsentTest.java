package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsentTest extends ProjectTest {

    @Test
    void the_first_use_asks_for_consent_and_the_next_one_answers_as_the_user() throws Exception {
        Reply first = project.ask("vic", "list my orders");
        assertEquals(List.of("oauth_consent_request"), first.itemTypes(), first.body());
        assertEquals("completed", Json.text(first.json(), "status"));
        assertEquals("orders", Json.text(first.item("oauth_consent_request"), "server_label"));

        Reply page = project.consent(link(first), "vic", "accept");
        assertEquals(200, page.status());
        assertTrue(page.body().contains("You can close this window and go back to the chat"));

        Reply second = project.ask("vic", "list my orders");
        assertEquals(List.of("mcp_list_tools", "mcp_call", "message"), second.itemTypes(), second.body());
        assertTrue(second.text().contains("ORD-003"), second.text());
        assertFalse(second.text().contains("ORD-002"), second.text());

        JWTClaimsSet claims = SignedJWT.parse(project.desk.bearers.get(0)).getJWTClaimsSet();
        assertEquals(OrdersProject.VIC, claims.getStringClaim("oid"));
        assertEquals(Registration.ASSISTANT_CLIENT, claims.getStringClaim("azp"));
        assertEquals("1", claims.getStringClaim("azpacr"));
        assertEquals(
                List.of("Orders.Read", "Orders.Write"),
                List.of(claims.getStringClaim("scp").split(" ")));
    }

    @Test
    void the_consent_holds_for_this_person_alone() {
        project.allow("vic");

        assertEquals(
                List.of("mcp_list_tools", "mcp_call", "message"),
                project.ask("vic", "list my orders").itemTypes());
        assertEquals(
                List.of("oauth_consent_request"),
                project.ask("ana", "list my orders").itemTypes());
    }

    @Test
    void somebody_elses_consent_is_refused_and_nothing_is_kept() {
        Reply page = project.consent(link(project.ask("vic", "hello")), "ana", "accept");

        assertEquals(403, page.status());
        assertTrue(page.body().contains("somebody else"), page.body());
        assertEquals(
                List.of("oauth_consent_request"), project.ask("vic", "hello").itemTypes());
        assertEquals(
                List.of("oauth_consent_request"), project.ask("ana", "hello").itemTypes());
    }

    @Test
    void a_declined_consent_ends_politely_and_is_asked_for_again() {
        Reply page = project.consent(link(project.ask("vic", "hello")), "vic", "decline");

        assertEquals(200, page.status());
        assertTrue(page.body().contains("You have declined"), page.body());
        assertEquals(
                List.of("oauth_consent_request"), project.ask("vic", "hello").itemTypes());
    }

    @Test
    void after_a_decline_another_link_is_given_and_nothing_is_stored() throws Exception {
        String first = link(project.ask("vic", "hello"));
        project.consent(first, "vic", "decline");

        String second = link(project.ask("vic", "hello"));
        assertNotEquals(first, second);
        assertEquals(410, project.consent(first, "vic", "accept").status());
        assertFalse(Files.exists(dataDir.resolve("foundry-tokens.json")));
        assertEquals(200, project.consent(second, "vic", "accept").status());
        assertTrue(Files.exists(dataDir.resolve("foundry-tokens.json")));
    }

    @Test
    void an_expired_access_token_is_refreshed_silently() {
        project.allow("vic");
        project.ask("vic", "list my orders");
        project.foundry.expireConnectionTokens();

        assertTrue(project.ask("vic", "list my orders").text().contains("ORD-003"));
        assertEquals(2, project.desk.bearers.stream().distinct().count());
    }

    @Test
    void a_revoked_refresh_token_is_noticed_when_it_is_needed() {
        project.allow("vic");
        project.foundry.revokeConnectionRefreshTokens();
        assertTrue(project.ask("vic", "list my orders").text().contains("ORD-003"));

        project.foundry.expireConnectionTokens();
        String link = link(project.ask("vic", "list my orders"));
        assertEquals(200, project.consent(link, "vic", "accept").status());
        assertTrue(project.ask("vic", "list my orders").text().contains("ORD-003"));
    }

    @Test
    void a_token_that_the_tool_refuses_and_nobody_refreshes_leads_to_a_new_consent() {
        project.allow("vic");
        project.foundry.revokeConnectionRefreshTokens();
        project.desk.answerNextRequestWith(401);

        assertEquals(
                List.of("oauth_consent_request"),
                project.ask("vic", "list my orders").itemTypes());
    }

    @Test
    void a_link_is_good_for_one_consent_only() {
        String link = link(project.ask("vic", "hello"));

        assertEquals(200, project.consent(link, "vic", "accept").status());
        assertEquals(410, project.consent(link, "vic", "accept").status());
    }

    @Test
    void a_link_may_be_opened_again_before_the_consent_is_given() throws Exception {
        String link = link(project.ask("vic", "hello"));

        assertNotEquals(redirect(link), redirect(link));
        assertEquals(200, project.consent(link, "vic", "accept").status());
    }

    @Test
    void a_link_ends_after_ten_minutes() {
        String early = link(project.ask("vic", "hello"));
        project.clock.forward(Duration.ofMinutes(9));
        assertEquals(200, project.consent(early, "vic", "accept").status());

        String late = link(project.ask("ana", "hello"));
        project.clock.forward(Duration.ofMinutes(11));
        Reply page = project.consent(late, "ana", "accept");
        assertEquals(410, page.status());
        assertTrue(page.body().contains("This link is no longer good"), page.body());
    }

    @Test
    void a_link_that_nobody_was_given_is_refused() {
        assertEquals(
                410,
                project.open(project.foundry
                                .projectEndpoint()
                                .resolve("/consent/login?data=abc")
                                .toString())
                        .status());
        assertEquals(
                410,
                project.open(project.foundry
                                .projectEndpoint()
                                .resolve("/oauth/callback?code=a&state=b")
                                .toString())
                        .status());
    }

    @Test
    void the_authorization_request_is_what_the_service_sends() throws Exception {
        String target = redirect(link(project.ask("vic", "hello")));

        assertTrue(target.contains("client_id=" + Registration.ASSISTANT_CLIENT), target);
        assertTrue(target.contains("code_challenge_method=S256"), target);
        assertTrue(target.contains("Orders.Read") && target.contains("Orders.Write"), target);
        assertTrue(target.contains("offline_access"), target);
        assertFalse(target.contains("resource="), target);
    }

    @Test
    void tokens_survive_a_restart_in_a_file_of_the_owner_alone() throws Exception {
        project.allow("vic");

        project.restartFoundry();

        assertTrue(project.ask("vic", "list my orders").text().contains("ORD-003"));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve("foundry-tokens.json"))));
    }

    @Test
    void a_token_is_refreshed_shortly_before_it_ends() {
        project.allow("vic");
        project.ask("vic", "list my orders");
        project.clock.forward(Duration.ofMinutes(89));

        assertTrue(project.ask("vic", "list my orders").text().contains("ORD-003"));
        assertEquals(2, project.desk.bearers.stream().distinct().count());
    }

    @Test
    void a_token_that_the_tool_refuses_is_refreshed_once() {
        project.allow("vic");
        project.desk.answerNextRequestWith(401);

        assertTrue(project.ask("vic", "list my orders").text().contains("ORD-003"));
        assertEquals(2, project.desk.bearers.stream().distinct().count());
    }

    @Test
    void a_refresh_that_fails_leads_to_a_new_consent() {
        project.allow("vic");
        project.entra.revokeSessions("vic");
        project.clock.forward(Duration.ofMinutes(89));

        assertEquals(
                List.of("oauth_consent_request"),
                project.ask("vic", "list my orders").itemTypes());
    }

    private static String link(Reply reply) {
        return Json.text(reply.item("oauth_consent_request"), "consent_link");
    }

    private static String redirect(String link) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }
}
