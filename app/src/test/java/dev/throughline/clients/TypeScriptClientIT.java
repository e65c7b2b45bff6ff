package dev.throughline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.clients.TypeScriptClient.Visit;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import dev.throughline.local.entra.TokenWorkshop;
import dev.throughline.local.run.LocalStack;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The TypeScript SDK's client against the running product: without a token, with a bad one, and with a good one, for
 * people and for an agent that acts as itself. It knows the endpoint's address and its own client id, and finds out
 * everything else.
 */
class TypeScriptClientIT {
    private static final String SCOPES = "api://c0ffee00-0000-4000-8000-0000000000a1/";
    private static final String API = "c0ffee00-0000-4000-8000-0000000000a1";
    private static final List<String> READING = List.of("list-orders", "get-order", "health-check", "whoami");

    private final LocalStack stack = Running.stack();
    private final TypeScriptClient client = new TypeScriptClient(stack);

    @Nested
    class A_without_a_token {

        @Test
        void a_client_that_does_not_sign_in_is_told_to() {
            Visit visit = client.anonymous("--call", "list-orders");

            assertEquals(401, visit.told().at("/error/status").asInt(), visit.toString());
        }

        @Test
        void a_person_who_declines_gets_no_token() {
            Visit visit = client.person(Person.ADA, "--consent", "decline");

            assertEquals("access_denied", visit.text("/error/code"), visit.toString());
        }

        @Test
        void an_agent_with_another_secret_gets_no_token() {
            assertEquals(READING, client.nightAgent().tools());

            Visit visit = client.agent("a-guess");

            assertEquals("invalid_client", visit.text("/error/code"), visit.toString());
        }
    }

    @Nested
    class B_with_a_bad_token {
        private final TokenWorkshop workshop = stack.entra().tokens();

        @Test
        void a_person_whose_token_was_made_for_somebody_else_is_not_let_in() {
            var good = workshop.user("vic", TypeScriptClient.DESKTOP, "Orders.Read");
            assertEquals(READING, client.bearing(good.sign()).tools());

            Visit visit =
                    client.bearing(good.with("aud", "https://ai.azure.com").sign());

            assertRefused(visit);
        }

        @Test
        void an_agent_whose_token_has_ended_is_not_let_in() {
            var good = workshop.application(TypeScriptClient.NIGHT_AGENT);
            assertEquals(READING, client.bearing(good.sign()).tools());

            Visit visit = client.bearing(good.expired().sign());

            assertRefused(visit);
        }

        private void assertRefused(Visit visit) {
            assertEquals("UnauthorizedError", visit.text("/error/name"), visit.toString());
        }
    }

    @Nested
    class C_with_a_good_token {

        @ParameterizedTest(name = "{0} speaks {1}")
        @CsvSource({"legacy, 2025-11-25", "auto, 2026-07-28", "modern, 2026-07-28"})
        void a_person_signs_in_and_sees_what_is_theirs_in_each_era(String era, String revision) {
            Visit visit = client.person(
                    Person.VIC,
                    "--era",
                    era,
                    "--call",
                    "list-orders",
                    "--call",
                    "get-order",
                    "{}",
                    "{\"id\":\"ORD-002\"}");

            assertEquals(revision, visit.text("/protocolVersion"), visit.toString());
            assertEquals("throughline-orders", visit.text("/server"));
            assertEquals(READING, visit.tools());
            assertEquals(List.of("ORD-001", "ORD-003", "ORD-005"), ids(visit.call(0)));
            assertEquals("There is no such order.", visit.call(1).path("text").asString());
        }

        @ParameterizedTest(name = "{0} speaks {1}")
        @CsvSource({"legacy, 2025-11-25", "modern, 2026-07-28"})
        void an_agent_signs_in_as_itself_and_reads_but_never_writes(String era, String revision) {
            Visit visit = client.nightAgent(
                    "--era",
                    era,
                    "--call",
                    "list-orders",
                    "--call",
                    "create-order",
                    "--call",
                    "whoami",
                    "{\"limit\":200}",
                    "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":1}");

            assertEquals(revision, visit.text("/protocolVersion"), visit.toString());
            assertEquals(READING, visit.tools());
            assertTrue(ids(visit.call(0)).containsAll(List.of("ORD-001", "ORD-002", "ORD-004", "ORD-006")));
            assertTrue(visit.call(1).path("isError").asBoolean(), visit.toString());
            JsonNode identity = visit.call(2).path("content");
            assertEquals("night-agent", identity.path("agent").asString());
            assertTrue(identity.path("user").isNull(), identity.toString());
        }

        @Test
        void a_client_that_sends_the_resource_asks_for_this_endpoint_and_the_scope_of_the_challenge() {
            Visit visit = client.person(Person.ANA, "--call", "whoami");

            assertEquals(
                    stack.web() + "api/v1/mcp", visit.asked(0).path("resource").asString());
            assertEquals(SCOPES + "Orders.Read", visit.asked(0).path("scope").asString());
            assertEquals("S256", visit.asked(0).path("code_challenge_method").asString());
            assertEquals(API, visit.call(0).at("/content/audience").asString(), visit.toString());
        }

        @Test
        void a_client_that_sends_no_resource_gets_a_token_that_is_as_good() {
            Visit visit = client.person(Person.ANA, "--no-resource", "--call", "whoami");

            assertFalse(visit.asked(0).has("resource"), visit.toString());
            assertEquals(API, visit.call(0).at("/content/audience").asString(), visit.toString());
        }

        @ParameterizedTest
        @ValueSource(strings = {"legacy", "modern"})
        void a_call_that_needs_more_has_the_client_ask_the_person_for_it_and_go_on(String era) {
            Visit visit = client.person(
                    Person.PAT,
                    "--era",
                    era,
                    "--call",
                    "whoami",
                    "--call",
                    "update-order",
                    "--call",
                    "whoami",
                    "{}",
                    "{\"id\":\"ORD-002\",\"quantity\":1}");

            assertEquals(2, visit.timesAsked(), visit.toString());
            assertEquals(
                    "[\"Orders.Read\"]", visit.call(0).at("/content/scopes").toString());
            assertTrue(
                    visit.call(1).path("text").asString().startsWith("This needs your approval: desktop-mcp-client"));
            assertEquals(
                    "[\"Orders.Read\",\"Orders.Write\"]",
                    visit.call(2).at("/content/scopes").toString());
            assertTrue(visit.asked(1).path("scope").asString().contains(SCOPES + "Orders.Write"), visit.toString());
        }

        private List<String> ids(JsonNode call) {
            List<String> ids = new ArrayList<>();
            StreamSupport.stream(call.at("/content/items").spliterator(), false)
                    .forEach(item -> ids.add(item.path("id").asString()));
            return ids;
        }
    }
}
