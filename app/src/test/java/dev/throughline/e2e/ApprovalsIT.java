package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an agent, a client or another person tries, nothing is changed but what its person approved, once. */
class ApprovalsIT {
    private static final String LAMP = "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}";
    private static final int AT_ONCE = 8;

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final WebChat chat = WebChat.of(api);
    private final Desk desk = new Desk(stack);
    private final AgentClient agent = agentOf("pat");

    private AgentClient agentOf(String person) {
        return new AgentClient(
                chat,
                stack.entra()
                        .tokens()
                        .user(person, Ids.ASSISTANT, "Orders.Read", "Orders.Write")
                        .sign());
    }

    @BeforeEach
    void nothing_waits() {
        desk.clear();
        // Once for all threads of a test.
        api.signIn().token(Person.PAT);
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
    }

    private String ask(String tool, String arguments) {
        return AgentClient.question(agent.call(McpEra.LEGACY, tool, arguments));
    }

    private HttpResponse<String> approve(String id) {
        return chat.decide(Person.PAT, WebChat.APPROVALS, id, "approve");
    }

    @ParameterizedTest
    @CsvSource({"approve, approved", "deny, denied"})
    void the_first_answer_counts_and_every_other_is_a_conflict(String decision, String state) {
        String id = ask("create-order", LAMP);

        HttpResponse<String> first = chat.decide(Person.PAT, WebChat.APPROVALS, id, decision);

        assertEquals(200, first.statusCode(), first.body());
        assertEquals(state, Json.of(first.body()).text("state"));
        assertEquals(
                first.body(), chat.get(Person.PAT, WebChat.APPROVALS + "/" + id).body());
        for (String other : List.of("approve", "deny")) {
            assertProblem(409, "approval_decided", chat.decide(Person.PAT, WebChat.APPROVALS, id, other));
        }
        assertEquals(state, desk.state(id));
    }

    @Test
    void of_many_answers_at_once_one_counts() throws Exception {
        String id = ask("create-order", LAMP);

        List<Integer> statuses = AtOnce.times(
                AT_ONCE,
                () -> chat.decide(Person.PAT, WebChat.APPROVALS, id, "approve").statusCode());

        assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
        assertEquals(
                AT_ONCE - 1, statuses.stream().filter(status -> status == 409).count(), statuses.toString());
    }

    @Test
    void what_is_listed_is_ones_own_the_newest_first() {
        String first = ask("create-order", LAMP);
        String second = ask("create-order", LAMP.replace("2", "3"));
        chat.decide(Person.PAT, WebChat.APPROVALS, first, "deny");

        List<Json> listed = chat.found(Person.PAT, WebChat.APPROVALS).all("/items");

        assertEquals(
                List.of(second + " pending", first + " denied"),
                listed.stream()
                        .map(item -> item.text("id") + " " + item.text("state"))
                        .toList());
        assertEquals(
                "{\"items\":[],\"next_cursor\":null}",
                chat.found(Person.ADA, WebChat.APPROVALS).toString());
    }

    /** A45: every question is answered by itself, by its own id, with one of two words. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"approve\"",
                "{\"decision\":\"yes\"}",
                "{\"decision\":\"Approve\"}",
                "{\"decision\":\"approve \"}",
                "{\"decision\":\"allow\"}",
                "{\"decision\":true}",
                "{\"decision\":[\"approve\"]}",
                "{\"decision\":null}",
                "{\"approved\":true}",
                "{\"decision\":\"approve\",\"approved\":true}",
                "{\"decision\":\"deny\",\"decision\":\"approve\"}",
                "{\"decision\":\"approve\",\"ids\":[\"a\"]}",
                "{\"decision\":\"approve\""
            })
    void any_other_word_decides_nothing(String body) {
        String id = ask("create-order", LAMP);

        HttpResponse<String> refused = chat.send(Person.PAT, "POST", WebChat.APPROVALS + "/" + id, body);

        assertEquals(400, refused.statusCode(), refused.body());
        Problems.assertDiscreet(refused.body());
        assertEquals("pending", desk.state(id));
        assertEquals(200, approve(id).statusCode());
    }

    /** A45, A46: there is no way to answer more than one question with one request. */
    @Test
    void there_is_no_bulk_approval() {
        List<String> ids = List.of(ask("create-order", LAMP), ask("create-order", LAMP.replace("2", "3")));
        List<Supplier<HttpResponse<String>>> attempts = List.of(
                () -> chat.send(Person.PAT, "POST", WebChat.APPROVALS, Map.of("decision", "approve")),
                () -> chat.send(Person.PAT, "POST", WebChat.APPROVALS, Map.of("ids", ids, "decision", "approve")),
                () -> chat.send(Person.PAT, "PUT", WebChat.APPROVALS, Map.of("decision", "approve")),
                () -> chat.send(Person.PAT, "PATCH", WebChat.APPROVALS, Map.of("decision", "approve")),
                () -> chat.decide(Person.PAT, WebChat.APPROVALS, "*", "approve"),
                () -> chat.decide(Person.PAT, WebChat.APPROVALS, "all", "approve"),
                () -> chat.decide(Person.PAT, WebChat.APPROVALS, String.join(",", ids), "approve"),
                () -> chat.chat(
                        Person.PAT, Map.of("message", "approve everything", "approvals", ids, "decision", "approve")));

        for (Supplier<HttpResponse<String>> attempt : attempts) {
            HttpResponse<String> answer = attempt.get();
            assertTrue(List.of(400, 404, 405).contains(answer.statusCode()), answer.statusCode() + answer.body());
            ids.forEach(id -> assertEquals("pending", desk.state(id)));
        }
        assertEquals(200, approve(ids.get(0)).statusCode(), "One by its own id");
        assertEquals("pending", desk.state(ids.get(1)));
    }

    /** A42: whose question it is, only they can see, and an id of another is as good as an invented one. */
    @Test
    void another_persons_question_does_not_exist() {
        String id = ask("create-order", LAMP);
        String invented = UUID.randomUUID().toString();

        for (Person other : List.of(Person.ADA, Person.VIC)) {
            for (String decision : List.of("approve", "deny")) {
                HttpResponse<String> foreign = chat.decide(other, WebChat.APPROVALS, id, decision);
                assertProblem(404, "approval_not_found", foreign);
                assertEquals(
                        Problems.withoutCorrelationId(chat.decide(other, WebChat.APPROVALS, invented, decision)),
                        Problems.withoutCorrelationId(foreign));
            }
            assertEquals(
                    Problems.withoutCorrelationId(chat.get(other, WebChat.APPROVALS + "/" + invented)),
                    Problems.withoutCorrelationId(chat.get(other, WebChat.APPROVALS + "/" + id)));
        }
        assertProblem(401, "invalid_token", chat.decide(Person.EVE, WebChat.APPROVALS, id, "approve"));
        assertEquals("pending", desk.state(id));
        assertEquals(200, approve(id).statusCode());
    }

    /** A42: nobody but the person in the web chat can answer, with whatever token. */
    @Test
    void an_agent_an_application_and_a_token_without_our_scopes_answer_nothing() {
        String id = ask("create-order", LAMP);
        Map<String, String> others = new LinkedHashMap<>();
        others.put(agent.token(), "app_may_not_chat");
        others.put(api.signIn().desktopToken(Person.PAT, "Orders.Read", "Orders.Write"), "app_may_not_chat");
        others.put(
                stack.entra()
                        .tokens()
                        .application("c0ffee00-0000-4000-8000-0000000000a5")
                        .sign(),
                "user_required");
        others.put(stack.entra().tokens().user("pat").with("scp", "openid").sign(), "insufficient_scope");

        others.forEach((token, reason) -> {
            for (String decision : List.of("approve", "deny")) {
                assertProblem(403, reason, decide(token, id, decision));
            }
            assertProblem(403, reason, Http.send(chat.bearing(token, WebChat.APPROVALS)));
            assertProblem(403, reason, Http.send(chat.bearing(token, WebChat.APPROVALS + "/" + id)));
        });
        assertProblem(
                401,
                "sign_in_required",
                Http.send(Api.withBody(
                        api.anonymous(WebChat.APPROVALS + "/" + id), "POST", Map.of("decision", "approve"))));
        assertProblem(
                401,
                "invalid_token",
                decide(stack.entra().tokens().user("pat").expired().sign(), id, "approve"));

        assertEquals("pending", desk.state(id));
        assertEquals(
                200,
                decide(
                                stack.entra()
                                        .tokens()
                                        .user("pat", Ids.WEB_CHAT, "Orders.Read")
                                        .sign(),
                                id,
                                "approve")
                        .statusCode(),
                "The same person in the web chat, by any scope of ours");
    }

    private HttpResponse<String> decide(String token, String id, String decision) {
        HttpRequest.Builder request = chat.bearing(token, WebChat.APPROVALS + "/" + id);
        return Http.send(Api.withBody(request, "POST", Map.of("decision", decision)));
    }

    /** A40: what a call says of itself counts for nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\"approved\":true", "\"approval\":\"ID\"", "\"approval_id\":\"ID\"", "\"_approved\":\"ID\""})
    void a_call_that_says_that_it_was_approved_is_not(String claim) {
        String id = ask("create-order", LAMP);
        approve(id);
        String arguments = LAMP.replace("\"quantity\":2}", "\"quantity\":9," + claim.replace("ID", id) + "}");

        assertTrue(AgentClient.error(agent.call(McpEra.LEGACY, "create-order", arguments))
                .startsWith("There is no argument named"));

        assertEquals(0, desk.extraOrders());
        assertEquals("approved", desk.state(id));
    }

    /** A40: a newer client's state and answer are no approval either, its own least of all. */
    @Test
    void a_client_that_says_yes_for_its_person_is_asked_again() {
        Json asked = agent.call(McpEra.MODERN, "create-order", LAMP);
        String state = asked.text("requestState");

        assertEquals(
                AgentClient.question(asked), AgentClient.question(agent.again(state, "create-order", LAMP, "accept")));
        assertEquals(
                "You have not approved this; nothing was done.",
                AgentClient.error(agent.again(state, "create-order", LAMP, "decline")));
        HttpResponse<String> invented = agent.sendAgain(UUID.randomUUID().toString(), "create-order", LAMP, "accept");
        assertTrue(Json.of(invented.body()).at("/result/structuredContent").isNull(), invented.body());
        HttpResponse<String> others = agentOf("ada").sendAgain(state, "create-order", LAMP, "accept");
        assertTrue(Json.of(others.body()).at("/result/structuredContent").isNull(), others.body());

        assertEquals(0, desk.extraOrders());
        assertEquals("pending", desk.state(AgentClient.question(asked)));
    }

    /** A41: the same call again is another question. */
    @Test
    void what_was_approved_once_is_done_once() {
        String id = ask("create-order", LAMP);
        approve(id);

        AgentClient.content(agent.call(McpEra.LEGACY, "create-order", LAMP));

        for (int i = 0; i < 3; i++) {
            assertNotEquals(id, ask("create-order", LAMP));
        }
        assertEquals(1, desk.extraOrders());
        assertEquals("used", desk.state(id));
        assertProblem(409, "approval_decided", approve(id));
    }

    /** A41: however many come at the same moment, in whichever way. */
    @Test
    void of_many_calls_at_once_one_is_done() throws Exception {
        for (int round = 0; round < 3; round++) {
            desk.clear();
            String id = ask("create-order", LAMP);
            approve(id);

            List<Boolean> errors = AtOnce.times(
                    AT_ONCE,
                    () -> agent.call(McpEra.LEGACY, "create-order", LAMP).flag("isError"));

            assertEquals(1, desk.extraOrders(), errors.toString());
            assertEquals(1, errors.stream().filter(error -> !error).count(), errors.toString());
            assertEquals("used", desk.state(id));
        }
    }

    /** A41: who resumes the same run at once does not do it twice. */
    @ParameterizedTest
    @ValueSource(strings = {WebChat.ASSISTANT, WebChat.FUNCTIONS})
    void of_many_who_resume_one_run_at_once_one_runs(String name) throws Exception {
        desk.letAct(Person.PAT, name);
        Turn asked =
                Hearing.AT_ONCE.turn(chat, Person.PAT, WebChat.saying(name, "create an order for Zoe: 2 desk lamps"));
        approve(asked.approval().text("id"));

        List<Integer> statuses = AtOnce.times(
                AT_ONCE,
                () -> chat.chat(Person.PAT, WebChat.resuming(asked.conversation()))
                        .statusCode());

        assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
        assertEquals(
                AT_ONCE - 1, statuses.stream().filter(status -> status == 409).count(), statuses.toString());
        assertEquals(1, desk.extraOrders());
    }

    /** A43: an approval is for exactly these arguments. */
    @Test
    void a_call_with_other_arguments_is_another_question() {
        String order = desk.order(Person.PAT);
        String update = "{\"id\":\"" + order + "\",\"quantity\":5}";
        String id = ask("update-order", update);
        approve(id);

        for (String altered : List.of(
                update.replace(":5", ":6"),
                update.replace("}", ",\"status\":\"cancelled\"}"),
                update.replace(order, "ORD-003"))) {
            assertNotEquals(id, ask("update-order", altered), altered);
        }
        assertEquals("2 v1", desk.row(order));
        assertEquals("approved", desk.state(id), "Untouched");

        AgentClient.content(
                agent.call(McpEra.LEGACY, "update-order", "{ \"quantity\" : 5.0 , \"id\" : \"" + order + "\" }"));
        assertEquals("5 v2", desk.row(order), "However it is spelled");
    }

    /** A43: and for the order as it was shown. */
    @Test
    void an_order_that_has_changed_meanwhile_is_another_question() {
        String order = desk.order(Person.PAT);
        String update = "{\"id\":\"" + order + "\",\"quantity\":5}";
        String id = ask("update-order", update);
        approve(id);
        assertEquals(
                200,
                api.put(Person.PAT, Api.ORDERS + "/" + order, Map.of("status", "shipped"))
                        .statusCode());

        String anew = ask("update-order", update);

        assertNotEquals(id, anew);
        assertEquals(
                "shipped",
                chat.found(Person.PAT, WebChat.APPROVALS + "/" + anew)
                        .at("/before")
                        .text("status"));
        assertEquals("2 v2", desk.row(order));
        approve(anew);
        AgentClient.content(agent.call(McpEra.LEGACY, "update-order", update));
        assertEquals("5 v3", desk.row(order));
    }

    /** A43: neither another person's agent nor another agent of the same person can use it. */
    @Test
    void an_approval_is_for_one_person_and_one_agent() {
        String id = ask("create-order", LAMP);
        approve(id);
        AgentClient desktop =
                new AgentClient(chat, api.signIn().desktopToken(Person.PAT, "Orders.Read", "Orders.Write"));

        assertNotEquals(id, AgentClient.question(desktop.call(McpEra.LEGACY, "create-order", LAMP)));
        assertNotEquals(id, AgentClient.question(agentOf("ada").call(McpEra.LEGACY, "create-order", LAMP)));

        assertEquals(0, desk.extraOrders());
        assertEquals("approved", desk.state(id));
    }

    /** A44: a yes that came to its end is none, and it is too late for one. */
    @Test
    void what_has_expired_is_asked_anew() {
        String approved = ask("create-order", LAMP);
        approve(approved);
        desk.letExpire(approved);
        String asked = ask("create-order", LAMP);
        assertNotEquals(approved, asked);
        assertEquals(
                "expired",
                chat.found(Person.PAT, WebChat.APPROVALS + "/" + approved).text("state"));

        desk.letExpire(asked);
        for (String decision : List.of("approve", "deny")) {
            assertProblem(409, "approval_expired", chat.decide(Person.PAT, WebChat.APPROVALS, asked, decision));
        }
        assertEquals("pending", desk.state(asked));
        assertEquals(0, desk.extraOrders());
    }

    /** A44: the yes is decided about again when the call comes. */
    @Test
    void who_has_lost_the_right_meanwhile_does_nothing_with_it() {
        String id = ask("create-order", LAMP);
        approve(id);
        AgentClient demoted = new AgentClient(
                chat,
                stack.entra()
                        .tokens()
                        .user("pat", Ids.ASSISTANT, "Orders.Read", "Orders.Write")
                        .with("roles", List.of("Viewer"))
                        .sign());

        assertTrue(AgentClient.error(demoted.call(McpEra.LEGACY, "create-order", LAMP))
                .startsWith("Your role does not allow this"));
        assertEquals(0, desk.extraOrders());
        AgentClient.content(agent.call(McpEra.LEGACY, "create-order", LAMP));
    }

    /** A47: a no stands, whatever the agent says around it. */
    @Test
    void what_was_declined_stays_declined() {
        String order = desk.order(Person.PAT);
        String update = "{\"id\":\"" + order + "\",\"quantity\":5}";
        String id = ask("update-order", update);
        chat.decide(Person.PAT, WebChat.APPROVALS, id, "deny");

        for (String spelled : List.of(update, "{\"quantity\":5.0,\"id\":\"" + order + "\"}")) {
            for (McpEra era : McpEra.values()) {
                assertTrue(AgentClient.error(agent.call(era, "update-order", spelled))
                        .startsWith("You have declined this change"));
            }
        }
        api.put(Person.PAT, Api.ORDERS + "/" + order, Map.of("status", "shipped"));
        assertTrue(AgentClient.error(agent.call(McpEra.LEGACY, "update-order", update))
                .startsWith("You have declined this change"));
        assertEquals("2 v2", desk.row(order));
        assertEquals(1, chat.found(Person.PAT, WebChat.APPROVALS).all("/items").size());

        desk.letExpire(id);
        assertNotEquals(id, ask("update-order", update), "It may be asked again later");
    }

    /** A46: an agent cannot wear its person down. */
    @Test
    void at_most_five_questions_of_an_agent_wait() throws Exception {
        List<String> calls = new ArrayList<>();
        for (int quantity = 1; quantity <= 20; quantity++) {
            calls.add(LAMP.replace("2", "" + quantity));
        }
        List<String> told = AtOnce.all(calls.stream()
                .<Callable<String>>map(call -> () -> AgentClient.error(agent.call(McpEra.LEGACY, "create-order", call)))
                .toList());
        assertEquals(
                5, told.stream().filter(text -> text.contains("/#/approvals/")).count(), told.toString());
        assertEquals(
                15,
                told.stream()
                        .filter(text -> text.startsWith("Other changes of this agent wait"))
                        .count(),
                told.toString());
        List<Json> waiting = chat.found(Person.PAT, WebChat.APPROVALS).all("/items");
        assertEquals(5, waiting.size());
        AgentClient.question(agentOf("ada").call(McpEra.LEGACY, "create-order", LAMP));

        chat.decide(Person.PAT, WebChat.APPROVALS, waiting.get(0).text("id"), "deny");
        ask("create-order", LAMP.replace("2", "77"));
        assertEquals(0, desk.extraOrders());
    }
}
