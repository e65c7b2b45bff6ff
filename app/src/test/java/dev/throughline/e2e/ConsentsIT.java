package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static dev.throughline.e2e.WebChat.ASSISTANT;
import static dev.throughline.e2e.WebChat.FUNCTIONS;
import static dev.throughline.e2e.WebChat.resuming;
import static dev.throughline.e2e.WebChat.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom people let act for them is theirs alone to say, and what they take back is gone at once. */
class ConsentsIT {
    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final WebChat chat = WebChat.of(api);
    private final Desk desk = new Desk(stack);

    @BeforeEach
    void nobody_has_consented() {
        desk.clear();
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
    }

    private String allowed(Person person, String agent) {
        desk.letAct(person, agent);
        Json entry = chat.consentOf(person, agent);
        assertEquals("allowed", entry.text("state"));
        return entry.text("id");
    }

    private HttpResponse<String> revoke(Person person, String id) {
        return chat.delete(person, WebChat.CONSENTS + "/" + id);
    }

    @ParameterizedTest
    @CsvSource({
        "AT_ONCE, orders-assistant",
        "LIVE, orders-assistant",
        "AT_ONCE, orders-functions",
        "LIVE, orders-functions"
    })
    void what_is_taken_back_stops_the_next_turn_before_anything_is_sent(Hearing hearing, String agent) {
        String id = allowed(Person.VIC, agent);

        assertEquals(204, revoke(Person.VIC, id).statusCode());
        Instant begin = Instant.now();
        Turn refused = hearing.turn(chat, Person.VIC, saying(agent, "list my orders"));

        assertEquals("consent_revoked", refused.error());
        assertEquals("", refused.text());
        assertEquals(
                0,
                stack.foundry().requests().stream()
                        .filter(request -> !request.at().isBefore(begin))
                        .count());
        assertEquals("revoked", chat.consentOf(Person.VIC, agent).text("state"));
        assertTrue(chat.found(Person.VIC, WebChat.AGENTS).all("/items").stream()
                .anyMatch(item -> item.text("name").equals(agent)
                        && item.text("reason").equals("consent_revoked")
                        && !item.flag("usable")));

        assertEquals(200, chat.decide(Person.VIC, WebChat.CONSENTS, id, "allow").statusCode());
        Turn again = hearing.turn(chat, Person.VIC, saying(agent, "list my orders"));
        assertEquals(List.of("list-orders completed"), again.tools(), "Without being asked, since nothing is missing");
    }

    @Test
    void what_is_taken_back_stops_the_agents_token_at_every_door_without_a_challenge() {
        String id = allowed(Person.VIC, ASSISTANT);
        AgentClient agent = new AgentClient(
                chat,
                stack.entra()
                        .tokens()
                        .user("vic", Ids.ASSISTANT, "Orders.Read", "Orders.Write")
                        .sign());
        AgentClient other = new AgentClient(chat, api.signIn().desktopToken(Person.VIC, "Orders.Read"));
        AgentClient ofAda = new AgentClient(
                chat,
                stack.entra()
                        .tokens()
                        .user("ada", Ids.ASSISTANT, "Orders.Read", "Orders.Write")
                        .sign());
        AgentClient.content(agent.call(McpEra.LEGACY, "list-orders", "{}"));

        revoke(Person.VIC, id);

        for (McpEra era : McpEra.values()) {
            for (String tool : List.of("list-orders", "whoami", "health-check")) {
                HttpResponse<String> answer = agent.send(era, era.call(tool, "{}"));
                assertEquals(200, answer.statusCode(), answer.body());
                assertEquals(Optional.empty(), answer.headers().firstValue("WWW-Authenticate"));
                assertTrue(AgentClient.error(Json.of(answer.body()).at("/result"))
                        .startsWith("You have taken back what you allowed this agent"));
            }
        }
        HttpResponse<String> rest = Http.send(chat.bearing(agent.token(), Api.ORDERS));
        assertProblem(403, "consent_revoked", rest);
        assertEquals(Optional.empty(), rest.headers().firstValue("WWW-Authenticate"));
        AgentClient.content(other.call(McpEra.LEGACY, "list-orders", "{}"));
        AgentClient.content(ofAda.call(McpEra.LEGACY, "list-orders", "{}"));
        assertEquals(200, api.get(Person.VIC, Api.ORDERS).statusCode(), "The person is not the agent");

        chat.decide(Person.VIC, WebChat.CONSENTS, id, "allow");
        AgentClient.content(agent.call(McpEra.LEGACY, "list-orders", "{}"));
    }

    @Test
    void nothing_but_the_persons_own_yes_brings_it_back() {
        String id = allowed(Person.VIC, ASSISTANT);
        revoke(Person.VIC, id);

        assertEquals(204, revoke(Person.VIC, id).statusCode(), "Once more changes nothing");
        assertEquals(200, chat.decide(Person.VIC, WebChat.CONSENTS, id, "deny").statusCode());
        stack.foundry().expireConnectionTokens();
        stack.foundry().forgetConnectionTokens();
        stack.entra().forgetConsents();

        assertEquals("revoked", chat.consentOf(Person.VIC, ASSISTANT).text("state"));
        assertEquals(
                "consent_revoked",
                Hearing.AT_ONCE
                        .turn(chat, Person.VIC, saying(ASSISTANT, "list my orders"))
                        .error());
    }

    @ParameterizedTest
    @ValueSource(strings = {ASSISTANT, FUNCTIONS})
    void what_is_taken_back_between_yes_and_deed_stops_the_deed(String agent) {
        String id = allowed(Person.PAT, agent);
        String order = desk.order(Person.PAT);
        Turn asked = Hearing.AT_ONCE.turn(chat, Person.PAT, saying(agent, "change the quantity of " + order + " to 4"));
        String approval = asked.approval().text("id");
        chat.decide(Person.PAT, WebChat.APPROVALS, approval, "approve");

        revoke(Person.PAT, id);
        Turn refused = Hearing.AT_ONCE.turn(chat, Person.PAT, resuming(asked.conversation()));

        assertEquals("consent_revoked", refused.error());
        assertEquals("2 v1", desk.row(order));
        assertEquals("approved", desk.state(approval));
        chat.decide(Person.PAT, WebChat.CONSENTS, id, "allow");
        Turn done = Hearing.AT_ONCE.turn(chat, Person.PAT, resuming(asked.conversation()));
        assertTrue(done.text().contains("Done"), done.toString());
        assertEquals("4 v2", desk.row(order), "It waited all the same");
    }

    @Test
    void another_persons_consent_does_not_exist() {
        String id = allowed(Person.VIC, ASSISTANT);
        String invented = UUID.randomUUID().toString();

        assertEquals(
                "{\"items\":[],\"next_cursor\":null}",
                chat.found(Person.ADA, WebChat.CONSENTS).toString());
        for (String decision : List.of("allow", "deny")) {
            HttpResponse<String> foreign = chat.decide(Person.ADA, WebChat.CONSENTS, id, decision);
            assertProblem(404, "consent_not_found", foreign);
            assertEquals(
                    Problems.withoutCorrelationId(chat.decide(Person.ADA, WebChat.CONSENTS, invented, decision)),
                    Problems.withoutCorrelationId(foreign));
        }
        HttpResponse<String> foreign = revoke(Person.ADA, id);
        assertProblem(404, "consent_not_found", foreign);
        assertEquals(
                Problems.withoutCorrelationId(revoke(Person.ADA, invented)), Problems.withoutCorrelationId(foreign));

        assertEquals("allowed", chat.consentOf(Person.VIC, ASSISTANT).text("state"));
        assertEquals(204, revoke(Person.VIC, id).statusCode());
    }

    @Test
    void an_agent_an_application_and_a_token_without_our_scopes_say_nothing_for_a_person() {
        String id = allowed(Person.VIC, ASSISTANT);
        Map<String, String> others = new LinkedHashMap<>();
        others.put(
                stack.entra()
                        .tokens()
                        .user("vic", Ids.ASSISTANT, "Orders.Read", "Orders.Write")
                        .sign(),
                "app_may_not_chat");
        others.put(api.signIn().desktopToken(Person.VIC, "Orders.Read"), "app_may_not_chat");
        others.put(
                stack.entra()
                        .tokens()
                        .application("c0ffee00-0000-4000-8000-0000000000a5")
                        .sign(),
                "user_required");
        others.put(stack.entra().tokens().user("vic").with("scp", "openid").sign(), "insufficient_scope");

        others.forEach((token, reason) -> {
            String path = WebChat.CONSENTS + "/" + id;
            assertProblem(403, reason, Http.send(chat.bearing(token, WebChat.CONSENTS)));
            assertProblem(403, reason, Http.send(chat.bearing(token, path).DELETE()));
            assertProblem(
                    403,
                    reason,
                    Http.send(Api.withBody(chat.bearing(token, path), "POST", Map.of("decision", "allow"))));
        });
        assertEquals("allowed", chat.consentOf(Person.VIC, ASSISTANT).text("state"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"decision\":\"approve\"}",
                "{\"decision\":\"ALLOW\"}",
                "{\"decision\":true}",
                "{\"decision\":\"allow\",\"agent\":\"night-agent\"}",
                "{\"decision\":\"allow\",\"scopes\":[\"Orders.Audit\"]}"
            })
    void any_other_word_says_nothing(String body) {
        Turn asked = Hearing.AT_ONCE.turn(chat, Person.VIC, saying(FUNCTIONS, "list my orders"));
        String path = WebChat.CONSENTS + "/" + asked.consent().text("id");

        HttpResponse<String> refused = chat.send(Person.VIC, "POST", path, body);

        assertEquals(400, refused.statusCode(), refused.body());
        assertEquals("asked", chat.consentOf(Person.VIC, FUNCTIONS).text("state"));
    }

    /** A15, A17: who opens somebody else's link lends them nothing, and gets nothing themselves. */
    @ParameterizedTest
    @EnumSource
    void a_link_that_was_sent_to_somebody_with_more_rights_opens_nothing(Hearing hearing) {
        Turn asked = hearing.turn(chat, Person.VIC, saying(ASSISTANT, "list all orders"));
        String link = asked.consent().text("consent_link");

        HttpResponse<String> phished = api.consent(Person.ADA, link);

        assertNotEquals(200, phished.statusCode());
        Turn resumed = hearing.turn(chat, Person.VIC, resuming(asked.conversation()));
        assertEquals(List.of(), resumed.tools());
        assertEquals("", resumed.text());
        String own = resumed.consent().text("consent_link");
        assertNotEquals(link, own, "The link is spent");
        assertEquals(
                1,
                hearing.turn(chat, Person.ADA, saying(ASSISTANT, "list all orders"))
                        .consents()
                        .size(),
                "Nothing was kept for her either");
        for (Person person : List.of(Person.VIC, Person.ADA)) {
            assertEquals("[]", chat.found(person, WebChat.CONSENTS).at("/items").toString());
        }

        assertEquals(200, api.consent(Person.VIC, own).statusCode());
        String orders =
                hearing.turn(chat, Person.VIC, resuming(asked.conversation())).text();
        assertTrue(orders.contains("ORD-003") && !orders.contains("ORD-002"), orders);
    }

    /** A16: what comes back to the broker must be what it has begun, once. */
    @Test
    void a_link_and_its_way_back_are_good_once() {
        Turn asked = Hearing.AT_ONCE.turn(chat, Person.VIC, saying(ASSISTANT, "list my orders"));
        String link = asked.consent().text("consent_link");
        String callback = link.replaceFirst("/consent/login\\?.*", "/oauth/callback");

        assertEquals(
                410,
                Http.get(URI.create(callback + "?state=invented&code=invented")).statusCode());
        assertEquals(410, Http.get(URI.create(callback)).statusCode());
        assertEquals(200, api.consent(Person.VIC, link).statusCode(), "The control");
        assertEquals(410, api.consent(Person.VIC, link).statusCode());
        assertEquals(410, api.consent(Person.ADA, link).statusCode());
    }

    @Test
    void a_consent_that_the_broker_asks_for_is_not_ours_to_give() {
        Turn asked = Hearing.AT_ONCE.turn(chat, Person.VIC, saying(ASSISTANT, "list my orders"));

        assertProblem(
                404,
                "consent_not_found",
                chat.decide(Person.VIC, WebChat.CONSENTS, asked.consent().text("id"), "allow"));
        assertEquals(
                1,
                Hearing.AT_ONCE
                        .turn(chat, Person.VIC, resuming(asked.conversation()))
                        .consents()
                        .size());
    }
}
