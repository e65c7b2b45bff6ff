package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A desktop MCP client wants to change orders: its person is sent to the web chat, and what they say there counts. */
class DesktopClientIT {
    private static final String LAMP = "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}";

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final WebChat chat = WebChat.of(api);
    private final Desk desk = new Desk(stack);
    private AgentClient client;

    @BeforeEach
    void pat_has_connected_a_client() {
        desk.clear();
        client = new AgentClient(chat, api.signIn().desktopToken(Person.PAT, "Orders.Read", "Orders.Write"));
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
    }

    @Test
    void an_older_client_is_told_in_words_where_its_person_decides() {
        Json asked = client.call(McpEra.LEGACY, "create-order", LAMP);

        assertEquals(
                "This needs your approval: desktop-mcp-client wants to call create-order for you. Open "
                        + stack.web() + "#/approvals/" + AgentClient.question(asked)
                        + " to decide, and then call again with the same arguments.",
                AgentClient.error(asked));
        assertEquals(
                200, Http.get(stack.web()).statusCode(), "The place is the web chat, which asks people to sign in");
    }

    @Test
    void a_newer_client_is_asked_to_send_its_person_there() {
        Json asked = client.call(McpEra.MODERN, "create-order", LAMP);

        assertEquals("input_required", asked.text("resultType"), asked.toString());
        Json request = asked.at("/inputRequests/approval");
        assertEquals("elicitation/create", request.text("method"));
        assertEquals("url", request.at("/params").text("mode"));
        assertEquals(
                stack.web() + "#/approvals/" + AgentClient.question(asked),
                request.at("/params").text("url"));
        assertFalse(asked.text("requestState").contains(AgentClient.question(asked)), "Sealed");
    }

    @ParameterizedTest
    @EnumSource
    void what_its_person_approves_in_the_web_chat_is_done_once_by_the_same_call(McpEra era) {
        Json asked = client.call(era, "create-order", LAMP);
        String id = AgentClient.question(asked);
        assertEquals(id, AgentClient.question(again(era, asked)), "Asked too early, the same question");
        assertEquals(0, desk.extraOrders());
        Json shown = chat.found(Person.PAT, WebChat.APPROVALS + "/" + id);
        assertEquals("desktop-mcp-client create-order", shown.text("agent") + " " + shown.text("tool"));
        assertEquals(LAMP, shown.at("/arguments").toString());
        assertEquals("null", shown.at("/before").toString());
        assertEquals("null", shown.at("/conversation_id").toString());

        assertEquals(
                200, chat.decide(Person.PAT, WebChat.APPROVALS, id, "approve").statusCode());
        Json done = again(era, asked);

        String order = AgentClient.content(done).text("id");
        assertEquals("2 v1", desk.row(order));
        assertEquals(Person.PAT.id, AgentClient.content(done).text("owner"));
        assertEquals("used", desk.state(id));
        assertNotEquals(
                id, AgentClient.question(client.call(era, "create-order", LAMP)), "Once more is another question");
        assertEquals(1, desk.extraOrders());
        assertEquals(
                List.of(id),
                new Rows(stack)
                        .recorded(
                                "select approval from tool_call where tool = 'create-order'"
                                        + " and agent = 'desktop-mcp-client' and decision = 'permit' order by at desc limit 1"));
    }

    private Json again(McpEra era, Json asked) {
        return era == McpEra.LEGACY
                ? client.call(era, "create-order", LAMP)
                : client.again(asked, "create-order", LAMP);
    }

    @ParameterizedTest
    @EnumSource
    void what_its_person_declines_is_not_asked_again(McpEra era) {
        String id = AgentClient.question(client.call(era, "create-order", LAMP));
        assertEquals(200, chat.decide(Person.PAT, WebChat.APPROVALS, id, "deny").statusCode());

        assertTrue(
                AgentClient.error(client.call(era, "create-order", LAMP)).startsWith("You have declined this change"));
        assertEquals(0, desk.extraOrders());
        assertEquals(1, chat.found(Person.PAT, WebChat.APPROVALS).all("/items").size());
    }

    @Test
    void over_rest_it_is_sent_to_the_same_place() {
        Map<String, Object> lamp = Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2);
        HttpResponse<String> asked = Http.send(Api.withBody(chat.bearing(client.token(), Api.ORDERS), "POST", lamp));
        Json problem = assertProblem(403, "approval_needed", asked);
        assertEquals(Optional.empty(), asked.headers().firstValue("WWW-Authenticate"));
        String id = problem.text("detail").replaceAll(".*/#/approvals/([0-9a-f-]{36}).*", "$1");
        assertEquals(stack.web() + "#/approvals/" + id, problem.text("detail").replaceAll(".*(http\\S+)\\.$", "$1"));
        assertEquals(0, desk.extraOrders());

        chat.decide(Person.PAT, WebChat.APPROVALS, id, "approve");

        assertEquals(
                201,
                Http.send(Api.withBody(chat.bearing(client.token(), Api.ORDERS), "POST", lamp))
                        .statusCode());
        assertProblem(
                403,
                "approval_needed",
                Http.send(Api.withBody(chat.bearing(client.token(), Api.ORDERS), "POST", lamp)));
        assertEquals(1, desk.extraOrders());
    }
}
