package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static dev.throughline.e2e.WebChat.ASSISTANT;
import static dev.throughline.e2e.WebChat.CONVERSATIONS;
import static dev.throughline.e2e.WebChat.FUNCTIONS;
import static dev.throughline.e2e.WebChat.more;
import static dev.throughline.e2e.WebChat.resuming;
import static dev.throughline.e2e.WebChat.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations are their person's: to find again, to go on with, and to delete for good. */
class ConversationsIT {
    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final WebChat chat = WebChat.of(api);
    private final Desk desk = new Desk(stack);
    private final Rows rows = new Rows(stack);

    @BeforeEach
    void vic_lets_both_agents_act_and_has_said_nothing_else() {
        desk.clear();
        desk.letAct(Person.VIC, ASSISTANT);
        desk.letAct(Person.VIC, FUNCTIONS);
        rows.change("delete from conversation where owner = '" + Person.VIC.id + "'");
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
    }

    private String begin(String agent, String message) {
        Turn turn = Hearing.AT_ONCE.turn(chat, Person.VIC, saying(agent, message));
        assertEquals("", turn.error());
        return turn.conversation();
    }

    private static String path(String conversation) {
        return CONVERSATIONS + "/" + conversation;
    }

    @Test
    void they_are_listed_page_by_page_the_one_that_changed_last_first() {
        List<String> begun = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            begun.add(begin(i % 2 == 0 ? FUNCTIONS : ASSISTANT, "show ORD-00" + i));
        }
        Hearing.AT_ONCE.turn(chat, Person.VIC, more(begun.get(1), "help"));
        List<String> expected = new ArrayList<>(begun);
        Collections.reverse(expected);
        expected.remove(begun.get(1));
        expected.add(0, begun.get(1));

        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            Json list = chat.found(Person.VIC, CONVERSATIONS + "?limit=2" + cursor);
            list.all("/items").forEach(item -> seen.add(item.text("id")));
            cursor = "&cursor=" + list.text("next_cursor");
            assertEquals(page == 2, list.at("/next_cursor").isNull());
        }

        assertEquals(expected, seen);
        Json last = chat.found(Person.VIC, CONVERSATIONS).at("/items/4");
        assertEquals("show ORD-001 orders-assistant", last.text("title") + " " + last.text("agent"));
        assertFalse(last.flag("waiting"));
        String taken = chat.found(Person.VIC, CONVERSATIONS + "?limit=2").text("next_cursor");
        assertProblem(400, "cursor_invalid", chat.get(Person.ADA, CONVERSATIONS + "?cursor=" + taken));
        for (String wrong : List.of("limit=0", "limit=201", "limit=x", "cursor=x")) {
            assertEquals(400, chat.get(Person.VIC, CONVERSATIONS + "?" + wrong).statusCode(), wrong);
        }
        assertProblem(400, "parameter_unknown", chat.get(Person.VIC, CONVERSATIONS + "?owner=" + Person.ADA.id));
    }

    @ParameterizedTest
    @ValueSource(strings = {ASSISTANT, FUNCTIONS})
    void what_was_said_is_there_when_one_comes_back(String agent) {
        String conversation = begin(agent, "show ORD-003");
        Turn second = Hearing.LIVE.turn(chat, Person.VIC, more(conversation, "show ORD-005"));

        Json whole = chat.found(Person.VIC, path(conversation));

        assertEquals(
                List.of("show ORD-003", "show ORD-005"),
                whole.all("/turns").stream().map(turn -> turn.text("message")).toList());
        assertEquals(second.text(), whole.at("/turns/1").text("text"));
        assertEquals(
                "[{\"name\":\"get-order\",\"status\":\"completed\"}]",
                whole.at("/turns/1/tool_calls").toString());
        assertEquals(agent, whole.text("agent"));
        assertEquals("false [] []", whole.at("/waiting") + " " + whole.at("/approvals") + " " + whole.at("/consents"));
        assertTrue(Hearing.LIVE
                .turn(chat, Person.VIC, more(conversation, "show ORD-001"))
                .text()
                .contains("Wireless Keyboard"));
    }

    @Test
    void another_persons_conversation_does_not_exist() {
        String conversation = begin(ASSISTANT, "show ORD-003");
        String unknown = UUID.randomUUID().toString();

        for (String suffix : List.of("", "/trail")) {
            HttpResponse<String> foreign = chat.get(Person.ADA, path(conversation) + suffix);
            assertProblem(404, "conversation_not_found", foreign);
            assertEquals(
                    Problems.withoutCorrelationId(chat.get(Person.ADA, path(unknown) + suffix)),
                    Problems.withoutCorrelationId(foreign));
        }
        HttpResponse<String> deletion = chat.delete(Person.ADA, path(conversation));
        assertProblem(404, "conversation_not_found", deletion);
        assertEquals(
                Problems.withoutCorrelationId(chat.delete(Person.ADA, path(unknown))),
                Problems.withoutCorrelationId(deletion));
        for (var body : List.of(more(conversation, "help"), resuming(conversation), WebChat.declining(conversation))) {
            assertProblem(404, "conversation_not_found", chat.chat(Person.ADA, body));
        }
        assertFalse(chat.get(Person.ADA, CONVERSATIONS).body().contains(conversation));
        assertEquals(200, chat.get(Person.VIC, path(conversation)).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {ASSISTANT, FUNCTIONS})
    void what_is_deleted_is_gone_here_and_at_the_agent_service(String agent) {
        String kept = begin(agent, "show ORD-001");
        String conversation = begin(agent, "show ORD-003");
        Hearing.LIVE.turn(chat, Person.VIC, more(conversation, "show ORD-005"));
        List<String> responses = responsesOf(conversation);
        assertTrue(responses.size() >= 2, responses.toString());
        responses.forEach(response -> assertEquals(200, atFoundry(response).statusCode()));

        assertEquals(204, chat.delete(Person.VIC, path(conversation)).statusCode());

        responses.forEach(response -> assertEquals(404, atFoundry(response).statusCode(), response));
        assertEquals(List.of(), rows.find("select id from conversation where id = '" + conversation + "'"));
        assertEquals(List.of(), rows.find("select id from run where conversation = '" + conversation + "'"));
        for (String suffix : List.of("", "/trail")) {
            assertProblem(404, "conversation_not_found", chat.get(Person.VIC, path(conversation) + suffix));
        }
        assertProblem(404, "conversation_not_found", chat.delete(Person.VIC, path(conversation)));
        assertProblem(404, "conversation_not_found", chat.chat(Person.VIC, more(conversation, "help")));
        assertEquals(
                List.of(kept),
                chat.found(Person.VIC, CONVERSATIONS).all("/items").stream()
                        .map(item -> item.text("id"))
                        .toList());
        responsesOf(kept)
                .forEach(response -> assertEquals(200, atFoundry(response).statusCode()));
    }

    @Test
    void one_that_waits_can_be_deleted_and_nothing_of_it_goes_on() {
        desk.letAct(Person.PAT, FUNCTIONS);
        Turn asked = Hearing.AT_ONCE.turn(chat, Person.PAT, saying(FUNCTIONS, "create an order for Zoe: 2 desk lamps"));
        String approval = asked.approval().text("id");

        assertEquals(204, chat.delete(Person.PAT, path(asked.conversation())).statusCode());

        chat.decide(Person.PAT, WebChat.APPROVALS, approval, "approve");
        assertProblem(404, "conversation_not_found", chat.chat(Person.PAT, resuming(asked.conversation())));
        assertEquals(0, desk.extraOrders());
    }

    @Test
    void while_the_agent_service_is_away_nothing_is_deleted() {
        String conversation = begin(ASSISTANT, "show ORD-003");
        List<String> responses = responsesOf(conversation);
        String before = chat.get(Person.VIC, path(conversation)).body();

        stack.foundry().close();
        try {
            HttpResponse<String> refused = chat.delete(Person.VIC, path(conversation));
            assertProblem(503, "agent_unavailable", refused);
            assertTrue(refused.headers().firstValue("Retry-After").isPresent());
            assertEquals(before, chat.get(Person.VIC, path(conversation)).body(), "It is whole");
        } finally {
            stack.restartFoundry();
        }
        assertEquals(204, chat.delete(Person.VIC, path(conversation)).statusCode());
        responses.forEach(response -> assertEquals(404, atFoundry(response).statusCode()));
    }

    @Test
    void who_has_lost_the_project_is_told_that_nothing_was_deleted() {
        String conversation = begin(ASSISTANT, "show ORD-003");

        stack.foundry().denyProjectRole(Person.VIC.id);
        try {
            assertProblem(503, "not_assigned", chat.delete(Person.VIC, path(conversation)));
        } finally {
            stack.foundry().grantProjectRole(Person.VIC.id);
        }
        assertEquals(200, chat.get(Person.VIC, path(conversation)).statusCode());
        assertEquals(204, chat.delete(Person.VIC, path(conversation)).statusCode());
    }

    /** The responses that the service keeps of a conversation, the newest first. */
    private List<String> responsesOf(String conversation) {
        String last = rows.find("select last_response from conversation where id = '" + conversation + "'")
                .get(0);
        return Stream.iterate(
                        last,
                        id -> !id.isEmpty(),
                        id -> Json.of(atFoundry(id).body()).text("previous_response_id"))
                .toList();
    }

    private HttpResponse<String> atFoundry(String response) {
        URI address = URI.create(stack.foundry().projectEndpoint() + "/openai/v1/responses/" + response);
        return Http.send(HttpRequest.newBuilder(address)
                .header(
                        "Authorization",
                        "Bearer " + stack.entra().tokens().userForFoundry("vic").sign()));
    }
}
