package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static dev.throughline.e2e.WebChat.more;
import static dev.throughline.e2e.WebChat.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.run.Installation;
import dev.throughline.local.run.LocalStack;
import dev.throughline.local.run.Progress;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The route on which Foundry passes on the token that the chat called it with, on a stack where that is let in: it
 * names the person and no agent, so that it reads that person's own rows and nothing else.
 */
class PassthroughIT {
    private static final String AGENT = "orders-passthrough";
    private static final String FOUNDRY = "https://ai.azure.com";

    private static LocalStack stack;
    private static Api api;
    private static WebChat chat;
    private static Desk desk;

    @BeforeAll
    static void a_stack_that_lets_such_tokens_in() {
        LocalPorts ports = LocalPorts.free();
        String entra = "http://localhost:" + ports.entra() + "/" + Person.VIC.tenant + "/";
        String keys = entra + "discovery/v2.0/keys";
        Map<String, String> settings = new HashMap<>(Running.NO_LIMITS);
        settings.put("AUTH_ACCEPT_FOUNDRY_AUDIENCE", "true");
        settings.put("AUTH_ISSUERS", entra + "v2.0," + entra);
        settings.put("AUTH_JWKS_URL", keys + "," + keys);
        stack = LocalStack.of(
                        Installation.fromSystemProperties(),
                        ports,
                        Running.emptyFolder("passthrough"),
                        settings,
                        Progress.to(System.out))
                .start();
        api = new Api(stack);
        chat = WebChat.of(api);
        desk = new Desk(stack);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @EnumSource
    void everybody_reads_their_own_rows_and_no_others_whatever_their_role(Hearing hearing) {
        Turn vic = hearing.turn(chat, Person.VIC, saying(AGENT, "list all orders"));
        assertTrue(vic.text().contains("ORD-003") && !vic.text().contains("ORD-002"), vic.text());
        Turn ada = hearing.turn(chat, Person.ADA, saying(AGENT, "list all orders"));
        assertTrue(ada.text().contains("ORD-006") && ada.text().contains("ORD-008"), ada.text());
        assertFalse(ada.text().contains("ORD-003"), "Ada is an administrator, but not here: " + ada.text());

        Turn hidden = hearing.turn(chat, Person.ADA, more(ada.conversation(), "show ORD-003"));
        Turn none = hearing.turn(chat, Person.ADA, more(ada.conversation(), "show ORD-777"));
        assertEquals(none.text(), hidden.text().replace("ORD-003", "ORD-777"));

        assertEquals(List.of(ada.hops(), hidden.hops(), none.hops()), chat.kept(Person.ADA, ada.conversation()));
        assertEquals(List.of(vic.hops()), chat.kept(Person.VIC, vic.conversation()));
    }

    @ParameterizedTest
    @EnumSource
    void the_trail_names_the_person_and_the_client_and_no_agent(Hearing hearing) {
        Turn turn = hearing.turn(chat, Person.VIC, saying(AGENT, "show ORD-003"));

        Json hop = turn.hopTo("mcp");
        assertEquals(
                List.of("verified", Person.VIC.id, "", Ids.API, FOUNDRY, "permit", "own_rows"),
                List.of(
                        hop.text("evidence"),
                        hop.text("user"),
                        hop.text("agent"),
                        hop.text("client"),
                        hop.text("audience"),
                        hop.text("decision"),
                        hop.text("rule")));
        assertEquals("[]", hop.at("/scopes").toString(), "Those of the token are not ours");
        assertEquals(List.of(turn.hops()), chat.kept(Person.VIC, turn.conversation()));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_changed_and_nobody_is_asked(Hearing hearing) {
        String order = desk.order(Person.PAT);

        Turn change = hearing.turn(chat, Person.PAT, saying(AGENT, "change the quantity of " + order + " to 4"));
        Turn creation = hearing.turn(chat, Person.PAT, saying(AGENT, "create an order for Zoe: 2 desk lamps"));

        for (Turn turn : List.of(change, creation)) {
            assertEquals("", turn.error());
            assertTrue(turn.text().contains("gives me no tool for that"), turn.text());
            assertEquals(List.of(), turn.approvals());
        }
        assertEquals("2 v1", desk.row(order));
        assertEquals(
                "[]", chat.found(Person.PAT, WebChat.APPROVALS).at("/items").toString());
    }

    @Test
    void the_token_itself_opens_no_other_door_and_changes_nothing() {
        String token = stack.entra().tokens().userForFoundry("ada").sign();
        AgentClient client = new AgentClient(chat, token);
        AgentClient.content(client.call(McpEra.LEGACY, "list-orders", "{}"));
        int before = desk.extraOrders();

        for (McpEra era : McpEra.values()) {
            assertTrue(AgentClient.error(client.call(
                            era, "create-order", "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}"))
                    .startsWith("This agent may read only"));
        }
        for (String path :
                List.of(Api.ORDERS, WebChat.APPROVALS, WebChat.CONSENTS, WebChat.CONVERSATIONS, WebChat.AGENTS)) {
            HttpResponse<String> refused = Http.send(chat.bearing(token, path));
            assertProblem(403, "mcp_only", refused);
            assertEquals(Optional.empty(), refused.headers().firstValue("WWW-Authenticate"));
        }
        assertProblem(
                403, "mcp_only", Http.send(Api.withBody(chat.bearing(token, Api.CHAT), "POST", saying(AGENT, "help"))));
        assertEquals(before, desk.extraOrders());
    }

    @ParameterizedTest
    @EnumSource
    void what_is_taken_back_from_the_client_stops_the_agent_and_its_token(Hearing hearing) {
        assertEquals(
                "",
                hearing.turn(chat, Person.ANA, saying(AGENT, "show ORD-004")).error());
        AgentClient client = new AgentClient(
                chat, stack.entra().tokens().userForFoundry("ana").sign());
        AgentClient.content(client.call(McpEra.LEGACY, "whoami", "{}"));
        String id = chat.consentOf(Person.ANA, Ids.API).text("id");

        assertEquals(204, chat.delete(Person.ANA, WebChat.CONSENTS + "/" + id).statusCode());

        assertEquals(
                "consent_revoked",
                hearing.turn(chat, Person.ANA, saying(AGENT, "show ORD-004")).error());
        assertTrue(AgentClient.error(client.call(McpEra.LEGACY, "whoami", "{}"))
                .startsWith("You have taken back what you allowed this agent"));
        chat.decide(Person.ANA, WebChat.CONSENTS, id, "allow");
        assertTrue(hearing.turn(chat, Person.ANA, saying(AGENT, "show ORD-004"))
                .text()
                .contains("Mechanical Keyboard"));
    }
}
