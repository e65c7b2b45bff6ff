package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import dev.throughline.local.responses.ReceivedRequest;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code orders-functions}: what it is sent, what it answers, and how its calls are settled. */
class HostedAgentTest extends ProjectTest {

    private static final String ORDER = """
            {"id":"ORD-003","customer_name":"Carol Lee","product":"Monitor Stand","quantity":1,
             "status":"pending","created_at":"2026-11-03T08:30:00Z","owner":"vic","version":1}""";

    @Test
    void it_asks_its_client_to_call_a_function_and_answers_from_the_output() {
        Reply asked = ask("show ORD-003");

        assertEquals("completed", Json.text(asked.json(), "status"));
        assertEquals(List.of("function_call"), asked.itemTypes());
        JsonNode call = asked.item("function_call");
        assertEquals("get-order", Json.text(call, "name"));
        assertEquals("{\"id\":\"ORD-003\"}", Json.text(call, "arguments"));
        assertEquals("completed", Json.text(call, "status"));
        assertTrue(Json.text(call, "call_id").startsWith("call_"), call.toString());
        assertEquals("orders-functions", Json.text(call.path("agent_reference"), "name"));
        assertEquals(asked.id(), Json.text(call, "response_id"));

        Reply done = project.ask("vic", output(after(asked), callId(asked), ORDER));
        assertEquals(List.of("message"), done.itemTypes());
        assertTrue(done.text().startsWith("ORD-003 is pending: 1 \u00d7 Monitor Stand for Carol Lee."), done.text());
        assertEquals(asked.id(), Json.text(done.json(), "previous_response_id"));
        assertEquals(List.of(), project.desk.bearers);
    }

    @Test
    void the_stream_tells_a_function_call_in_its_order() {
        Reply asked = project.ask("vic", run("show ORD-003").put("stream", true));

        assertEquals(
                List.of(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed"),
                asked.eventTypes());
        JsonNode response = asked.events().get(6).path("response");
        assertEquals(
                response,
                project.get("/openai/v1/responses/" + Json.text(response, "id"), project.token("vic"))
                        .json());
        assertEquals("orders-functions", Json.text(response.path("agent_reference"), "name"));
        JsonNode added = asked.events().get(2).path("item");
        assertEquals("", Json.text(added, "arguments"));
        assertEquals(Json.text(response, "id"), Json.text(added, "response_id"));
    }

    @Test
    void a_turn_of_several_calls_goes_on_call_by_call() {
        Reply who = ask("which orders are mine?");
        assertEquals("whoami", Json.text(who.item("function_call"), "name"));
        Reply list = project.ask("vic", output(after(who), callId(who), "{\"user\":\"vic\"}"));
        assertEquals("list-orders", Json.text(list.item("function_call"), "name"));

        Reply done = project.ask(
                "vic", output(after(list), callId(list), "{\"items\":[" + ORDER + "],\"next_cursor\":null}"));
        assertTrue(done.text().startsWith("There is one order that belongs to you:"), done.text());
    }

    @Test
    void it_works_in_a_conversation_and_there_waits_for_the_output() {
        String id = project.post("/openai/v1/conversations", project.token("vic"), "{}")
                .id();
        UnaryOperator<ObjectNode> there = body -> body.put("conversation", id);
        Reply asked = project.ask("vic", there.apply(run("delete ORD-003")));

        Reply early = project.ask("vic", there.apply(run("list my orders")));
        assertEquals(400, early.status());
        assertEquals("No tool output found for function call " + callId(asked) + ".", early.errorMessage());

        Reply done = project.ask("vic", output(there, callId(asked), "You declined this."));
        assertEquals("I could not delete ORD-003. The order desk says: You declined this.", done.text());
        assertEquals(
                400, project.ask("vic", output(there, callId(asked), "again")).status());
        assertEquals(200, project.ask("vic", there.apply(run("help"))).status());
    }

    @Test
    void an_output_must_belong_to_an_open_call_of_this_person() {
        Reply asked = ask("show ORD-003");

        Reply unknown = project.ask("vic", output(after(asked), "call_x", ORDER));
        assertEquals(400, unknown.status());
        assertEquals("No tool call found for function call output with call_id call_x.", unknown.errorMessage());
        Reply missing = project.ask("vic", after(asked).apply(run("help")));
        assertEquals("No tool output found for function call " + callId(asked) + ".", missing.errorMessage());
        assertEquals(
                404,
                project.ask("ana", output(after(asked), callId(asked), ORDER)).status());
        assertEquals(
                400,
                project.ask("vic", output(body -> body, callId(asked), ORDER)).status());
        ObjectNode twice = output(after(asked), callId(asked), ORDER);
        twice.withArray("input").add(twice.path("input").path(0).deepCopy());
        assertEquals(400, project.ask("vic", twice).status());

        assertEquals(
                200,
                project.ask("vic", output(after(asked), callId(asked), ORDER)).status());
        Reply again = project.ask("vic", output(after(asked), callId(asked), ORDER));
        assertEquals(400, again.status());
        assertEquals("The tool output for function call " + callId(asked) + " was given before.", again.errorMessage());
    }

    @Test
    void an_output_needs_its_parts() {
        Reply asked = ask("show ORD-003");

        ObjectNode without = output(after(asked), callId(asked), ORDER);
        ((ObjectNode) without.path("input").path(0)).remove("output");
        assertEquals("missing_required_parameter", project.ask("vic", without).error());
        ObjectNode parts = output(after(asked), callId(asked), "");
        ((ObjectNode) parts.path("input").path(0))
                .putArray("output")
                .addObject()
                .put("type", "input_text")
                .put("text", ORDER);
        assertTrue(project.ask("vic", parts).text().startsWith("ORD-003 is pending"));
    }

    @Test
    void a_prompt_agent_has_no_calls_that_an_output_could_belong_to() {
        Reply asked = ask("show ORD-003");

        ObjectNode body = output(after(asked), callId(asked), ORDER);
        body.withObject("agent_reference").put("name", "orders-assistant");
        body.remove("previous_response_id");
        assertEquals(
                "No tool call found for function call output with call_id " + callId(asked) + ".",
                project.ask("vic", body).errorMessage());
    }

    @Test
    void an_error_in_the_output_is_passed_on_and_never_a_success() {
        for (String error : List.of(
                "This needs your approval.",
                "{\"error\":\"This needs your approval.\"}",
                "{\"error\":{\"code\":\"x\",\"message\":\"This needs your approval.\"}}",
                "{\"reason\":\"x\",\"detail\":\"This needs your approval.\"}")) {
            Reply asked = ask("delete ORD-003");
            assertEquals(
                    "I could not delete ORD-003. The order desk says: This needs your approval.",
                    project.ask("vic", output(after(asked), callId(asked), error))
                            .text());
        }
    }

    @Test
    void its_listener_gets_neither_token_nor_name_but_a_key_for_each_person() {
        ask("help");
        ask("help");
        project.ask("ana", run("help"));

        List<ReceivedRequest> received = project.foundry.hostedRequests();
        assertEquals(3, received.size());
        for (ReceivedRequest request : received) {
            assertEquals("/responses", request.path());
            assertFalse(request.headers().containsKey("authorization"));
            assertFalse(request.headers().containsKey("cookie"));
            assertFalse(request.body().contains(OrdersProject.VIC), request.body());
            assertFalse(request.body().contains("eyJ"), request.body());
        }
        assertEquals(header(received.get(0), "x-agent-user-id"), header(received.get(1), "x-agent-user-id"));
        assertNotEquals(header(received.get(0), "x-agent-user-id"), header(received.get(2), "x-agent-user-id"));
        assertNotEquals(
                header(received.get(0), "x-agent-foundry-call-id"), header(received.get(1), "x-agent-foundry-call-id"));
        assertEquals(List.of(), project.foundry.hostedViolations());

        project.restartFoundry();
        ask("help");
        assertEquals(
                header(received.get(0), "x-agent-user-id"),
                header(project.foundry.hostedRequests().get(0), "x-agent-user-id"));
    }

    @Test
    void only_some_headers_of_the_client_are_passed_on() {
        Reply reply = project.send(project.request("/openai/v1/responses", project.token("vic"))
                .header("Content-Type", "application/json")
                .header("x-client-channel", "chat")
                .header("x-secret", "s")
                .POST(HttpRequest.BodyPublishers.ofString(run("help").toString())));

        assertEquals(200, reply.status());
        ReceivedRequest received = project.foundry.hostedRequests().get(0);
        assertTrue(received.headers().containsKey("x-client-channel"));
        assertFalse(received.headers().containsKey("x-secret"));
    }

    @Test
    void a_token_at_its_listener_is_refused_and_kept_as_a_violation() {
        String body = "{\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"text\":\"help\"}]}]}";

        assertEquals(200, direct(body).status());
        Reply refused = project.send(HttpRequest.newBuilder(URI.create(project.foundry.hostedEndpoint() + "/responses"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer x")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertEquals(500, refused.status());
        assertEquals(1, project.foundry.hostedViolations().size());
    }

    @Test
    void its_listener_says_that_it_is_ready_and_nothing_else() {
        assertEquals(
                200,
                project.open(project.foundry.hostedEndpoint() + "/readiness").status());
        assertEquals(404, project.open(project.foundry.hostedEndpoint() + "/").status());
        assertEquals(400, direct("{\"input\":\"help\"}").status());
        assertEquals(400, direct("{\"input\":[7]}").status());
        assertEquals(400, direct("[]").status());
    }

    @Test
    void where_its_program_is_away_the_session_is_not_ready() {
        project.foundry.stopHostedAgent();

        Reply reply = ask("help");
        assertEquals(424, reply.status());
        assertEquals("session_not_ready", reply.error());
        assertEquals(424, project.ask("vic", run("help").put("stream", true)).status());
    }

    @Test
    void a_start_that_fails_for_its_busy_port_leaves_nothing_behind() throws Exception {
        project.foundry.close();
        for (int port : new int[] {project.ports.hosted(), project.ports.foundry()}) {
            try (ServerSocket busy = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                String message = assertThrows(UncheckedIOException.class, project::restartFoundry)
                        .getMessage();
                assertTrue(message.contains("port " + busy.getLocalPort()), message);
            }
        }
        project.restartFoundry();
        assertEquals(200, ask("help").status());
    }

    private Reply direct(String body) {
        return project.send(HttpRequest.newBuilder(URI.create(project.foundry.hostedEndpoint() + "/responses"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static List<String> header(ReceivedRequest request, String name) {
        return request.headers().get(name);
    }

    private Reply ask(String message) {
        return project.ask("vic", run(message));
    }

    private static ObjectNode run(String message) {
        return OrdersProject.runOf("orders-functions", message);
    }

    private static String callId(Reply asked) {
        return Json.text(asked.item("function_call"), "call_id");
    }

    private static UnaryOperator<ObjectNode> after(Reply previous) {
        return body -> body.put("previous_response_id", previous.id());
    }

    private static ObjectNode output(UnaryOperator<ObjectNode> where, String callId, String output) {
        ObjectNode body = where.apply(run(""));
        body.putArray("input")
                .addObject()
                .put("type", "function_call_output")
                .put("call_id", callId)
                .put("output", output);
        return body;
    }
}
