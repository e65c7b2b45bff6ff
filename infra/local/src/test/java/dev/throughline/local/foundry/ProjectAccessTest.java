package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.foundry.OrdersProject.Reply;
import java.net.http.HttpRequest;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectAccessTest extends ProjectTest {

    @Test
    void one_change_to_a_good_token_makes_it_useless() throws Exception {
        TokenDraft good = project.entra.tokens().userForFoundry("vic");
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);

        assertEquals(200, conversation(good.sign()).status());
        for (TokenDraft bad : List.of(
                good.with("aud", "https://ai.azure.com/"),
                good.with("aud", "https://cognitiveservices.azure.com"),
                good.with("aud", List.of("https://ai.azure.com", "https://other.example")),
                good.with("iss", String.valueOf(good.claims().get("iss")).replaceAll("/$", "")),
                good.with("tid", "c0ffee00-0000-4000-8000-000000000002"),
                good.without("exp"),
                good.without("oid"),
                good.expired(),
                good.shifted(Duration.ofHours(3)),
                good.header("alg", "none").signedWith(input -> new byte[0]),
                good.header("kid", "unknown"),
                good.signedBy(rsa.generateKeyPair().getPrivate()))) {
            Reply refused = conversation(bad.sign());
            assertEquals(401, refused.status(), () -> "accepted: " + bad.claims());
            assertEquals("401", refused.error());
            assertEquals(
                    "Bearer",
                    refused.response().headers().firstValue("WWW-Authenticate").orElse(""));
        }
    }

    @Test
    void a_token_of_the_other_tenant_or_for_our_api_is_refused() {
        assertEquals(
                401,
                conversation(project.entra.tokens().userForFoundry("eve").sign())
                        .status());
        assertEquals(
                401, conversation(project.entra.tokens().user("vic").sign()).status());
        assertEquals(401, conversation("").status());
    }

    @Test
    void an_application_has_no_role_on_the_project() {
        TokenDraft delegated = project.entra.tokens().userForFoundry("vic");

        assertEquals(200, conversation(delegated.sign()).status());
        assertEquals(
                "PermissionDenied",
                conversation(delegated.without("scp").sign()).error());
    }

    @Test
    void a_person_without_a_role_gets_401_with_the_name_of_the_missing_action() {
        project.foundry.denyProjectRole(OrdersProject.VIC);

        Reply denied = project.ask("vic", "hello");
        assertEquals(401, denied.status());
        assertEquals("PermissionDenied", denied.error());
        assertTrue(denied.errorMessage().contains("accounts/AIServices/agents/write"), denied.errorMessage());
        assertTrue(denied.errorMessage().contains(OrdersProject.VIC), denied.errorMessage());
        assertEquals(200, project.ask("ana", "hello").status());

        project.foundry.grantProjectRole(OrdersProject.VIC);
        assertEquals(200, project.ask("vic", "hello").status());
    }

    @Test
    void a_new_signing_key_is_found() {
        assertEquals(200, conversation(project.token("vic")).status());
        project.entra.rotateKeys();
        assertEquals(200, conversation(project.token("vic")).status());
    }

    @Test
    void two_authorization_headers_are_refused() {
        String token = project.token("vic");
        HttpRequest.Builder twice = project.request("/openai/v1/conversations", token)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));

        assertEquals(401, project.send(twice).status());
    }

    private Reply conversation(String token) {
        return project.post("/openai/v1/conversations", token, "{}");
    }
}
