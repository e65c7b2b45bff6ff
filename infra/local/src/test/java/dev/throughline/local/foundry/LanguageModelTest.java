package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A language model in the place of the guided mode. */
class LanguageModelTest extends ProjectTest {

    private FakeModel model;

    @Override
    RequireApproval requireApproval() {
        return RequireApproval.FOR_WRITES;
    }

    @BeforeEach
    void useTheModel() throws Exception {
        model = new FakeModel();
        project.restartFoundry(Mode.from(model.environment()));
        project.foundry.forgetConnectionTokens();
        project.allow("vic");
    }

    @AfterEach
    void endTheModel() {
        model.close();
    }

    @Test
    void it_calls_tools_and_answers_from_them() {
        model.calls("get-order", "{\"id\":\"ORD-003\"}");
        model.says("It is a monitor stand.");

        Reply reply = ask("orders-assistant", "what is ORD-003?");
        assertEquals(List.of("mcp_list_tools", "mcp_call", "message"), reply.itemTypes(), reply.body());
        assertEquals("It is a monitor stand.", reply.text());
        assertEquals("tiny-model", Json.text(reply.json(), "model"));
        assertEquals(List.of("Bearer a-key", "Bearer a-key"), model.keys);

        JsonNode second = model.asked.get(1);
        assertEquals("tiny-model", Json.text(second, "model"));
        assertEquals(7, second.path("tools").size());
        assertEquals("system", Json.text(second.at("/messages/0"), "role"));
        assertEquals("what is ORD-003?", Json.text(second.at("/messages/1"), "content"));
        assertEquals("get-order", Json.text(second.at("/messages/2/tool_calls/0/function"), "name"));
        assertEquals(
                Json.text(second.at("/messages/2/tool_calls/0"), "id"),
                Json.text(second.at("/messages/3"), "tool_call_id"));
        assertTrue(Json.text(second.at("/messages/3"), "content").contains("Monitor Stand"));
    }

    @Test
    void its_writes_wait_for_approval_too() {
        model.calls("delete-order", "{\"id\":\"ORD-003\"}");
        Reply asked = ask("orders-assistant", "away with the stand");
        assertEquals(List.of("mcp_list_tools", "mcp_approval_request"), asked.itemTypes());

        model.says("I left it.");
        ObjectNode no = OrdersProject.run("", body -> body.put("previous_response_id", asked.id()));
        no.putArray("input")
                .addObject()
                .put("type", "mcp_approval_response")
                .put("approval_request_id", Json.text(asked.item("mcp_approval_request"), "id"))
                .put("approve", false);
        assertEquals("I left it.", project.ask("vic", no).text());
        assertTrue(model.asked.get(1).at("/messages/3/content").stringValue().contains("declined"));
        assertEquals(List.of(), project.desk.calls);
    }

    @Test
    void it_drives_the_hosted_agent_too_and_sees_no_token() {
        model.calls("get-order", "{\"id\":\"ORD-003\"}");
        Reply asked = ask("orders-functions", "what is ORD-003?");
        assertEquals("get-order", Json.text(asked.item("function_call"), "name"));
        assertEquals("tiny-model", Json.text(asked.json(), "model"));

        model.says("A stand.");
        ObjectNode output = OrdersProject.runOf("orders-functions", "").put("previous_response_id", asked.id());
        output.putArray("input")
                .addObject()
                .put("type", "function_call_output")
                .put("call_id", Json.text(asked.item("function_call"), "call_id"))
                .put("output", "{\"id\":\"ORD-003\"}");
        assertEquals("A stand.", project.ask("vic", output).text());
        model.asked.forEach(request -> assertFalse(request.toString().contains("eyJ")));
    }

    @Test
    void it_is_told_what_was_said_before() {
        model.says("Hello.");
        String first = ask("orders-assistant", "hi").id();
        model.says("Hello again.");
        project.ask("vic", OrdersProject.run("again", body -> body.put("previous_response_id", first)));

        List<String> said = new ArrayList<>();
        model.asked
                .get(1)
                .path("messages")
                .forEach(message -> said.add(Json.text(message, "role") + " " + Json.text(message, "content")));
        assertEquals(List.of("user hi", "assistant Hello.", "user again"), said.subList(1, 4));
    }

    @Test
    void it_may_leave_optional_arguments_out_as_null() {
        model.calls("list-orders", "{\"status\":null,\"limit\":5}");
        model.says("Some.");

        ask("orders-assistant", "list");
        assertEquals(List.of("list-orders {\"limit\":5}"), project.desk.calls);
    }

    @Test
    void what_is_no_step_ends_in_a_failed_response() {
        for (String agent : List.of("orders-assistant", "orders-functions")) {
            model.says("This is the control.");
            assertEquals("completed", Json.text(ask(agent, "x").json(), "status"));
            fails(agent, "The model called a tool that does not exist.", () -> model.calls("drop-table", "{}"));
            fails(agent, "get-order was not called with an object", () -> model.calls("get-order", "[1]"));
            fails(agent, "get-order was called with something that is not JSON", () -> model.calls("get-order", "{id"));
            fails(
                    agent,
                    "get-order knows no argument 'colour'",
                    () -> model.calls("get-order", "{\"colour\":\"red\"}"));
            fails(agent, "get-order cannot take this value for 'id'", () -> model.calls("get-order", "{\"id\":3}"));
            fails(agent, "The model said nothing.", () -> model.says(" "));
            fails(agent, "The model's answer is not JSON.", () -> model.answersRaw("<html>"));
            fails(agent, "The model's answer has no message.", () -> model.answersRaw("{\"choices\":[]}"));
            fails(agent, "The model's answer is too long.", () -> model.says("x".repeat(1 << 20)));
        }
        assertEquals(List.of(), project.desk.calls);
    }

    private void fails(String agent, String reason, Runnable order) {
        order.run();
        Reply reply = ask(agent, "x");
        assertEquals("failed", Json.text(reply.json(), "status"), reply.body());
        String message = Json.text(reply.json().path("error"), "message");
        assertTrue(message.contains(reason), message);
    }

    @Test
    void calls_without_end_are_ended_after_eight() {
        model.alwaysCalls("get-order", "{\"id\":\"ORD-003\"}");

        Reply reply = ask("orders-assistant", "go on and on");
        assertEquals("failed", Json.text(reply.json(), "status"));
        assertEquals("model_error", Json.text(reply.json().path("error"), "code"));
        assertEquals(8, model.asked.size());
        assertEquals(8, project.desk.calls.size());
    }

    @Test
    void a_model_that_is_away_ends_in_a_failed_response() {
        model.status = 503;
        Reply refused = ask("orders-assistant", "hi");
        assertEquals(
                "The model answers with HTTP 503.", Json.text(refused.json().path("error"), "message"));
        model.close();
        Reply away = ask("orders-functions", "hi");
        assertEquals("server_error", Json.text(away.json().path("error"), "code"));
        assertFalse(away.body().contains("Exception"), away.body());
    }

    @Test
    void settings_that_cannot_be_stop_the_start_with_a_sentence() {
        Map<String, String> good = model.environment();
        assertEquals("tiny-model", Mode.from(good).model());
        assertEquals("guided", Mode.from(Map.of("LOCAL_MODEL", "")).model());
        refuses("LOCAL_MODEL_URL and LOCAL_MODEL must be set together.", "LOCAL_MODEL", "");
        refuses("LOCAL_MODEL_URL and LOCAL_MODEL must be set together.", "LOCAL_MODEL_URL", "");
        refuses("LOCAL_MODEL must be the name of a model, and not 'guided'.", "LOCAL_MODEL", "guided");
        refuses("LOCAL_MODEL_URL must be an http or https address.", "LOCAL_MODEL_URL", "file:///etc/x");
        refuses("LOCAL_MODEL_KEY must not be sent unencrypted", "LOCAL_MODEL_URL", "http://models.example/v1");
        assertFalse(Mode.from(good).toString().contains("a-key"));
    }

    private void refuses(String sentence, String variable, String value) {
        Map<String, String> environment = new HashMap<>(model.environment());
        environment.put(variable, value);
        String message = assertThrows(IllegalArgumentException.class, () -> Mode.from(environment))
                .getMessage();
        assertTrue(message.startsWith(sentence), message);
    }

    private Reply ask(String agent, String message) {
        return project.ask("vic", OrdersProject.runOf(agent, message));
    }
}
