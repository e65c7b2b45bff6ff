package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Call;
import dev.throughline.local.responses.Json;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResponsesTest extends ProjectTest {

    @BeforeEach
    void allow() {
        project.allow("vic");
    }

    @Test
    void a_response_names_its_agent_its_model_and_every_call() {
        JsonNode response = project.ask("vic", "list pending orders").json();

        assertEquals("completed", Json.text(response, "status"));
        assertEquals("guided", Json.text(response, "model"));
        assertEquals("orders-assistant", Json.text(response.path("agent_reference"), "name"));
        assertTrue(Json.text(response, "id").startsWith("resp_"));
        JsonNode call = response.path("output").path(1);
        assertEquals("list-orders", Json.text(call, "name"));
        assertEquals("{\"status\":\"pending\",\"limit\":50}", Json.text(call, "arguments"));
        assertEquals("completed", Json.text(call, "status"));
        assertTrue(call.path("output").isString() && call.path("error").isNull());
        assertEquals("orders-assistant", Json.text(call.path("agent_reference"), "name"));
    }

    @Test
    void the_answer_changes_when_a_row_changes() {
        assertTrue(project.ask("vic", "show ORD-003").text().contains("Monitor Stand"));
        project.desk.row("ORD-003").put("product", "Standing Desk");
        assertTrue(project.ask("vic", "show ORD-003").text().contains("Standing Desk"));
    }

    @Test
    void the_stream_tells_each_step_in_its_order() {
        Reply reply = project.ask("vic", OrdersProject.run("show ORD-003", body -> body.put("stream", true)));

        assertEquals(200, reply.status());
        assertEquals(
                "text/event-stream; charset=utf-8",
                reply.response().headers().firstValue("Content-Type").orElse(""));
        List<String> types = reply.eventTypes().stream()
                .filter(type -> !type.equals("response.output_text.delta"))
                .toList();
        assertEquals(
                List.of(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.mcp_list_tools.in_progress",
                        "response.mcp_list_tools.completed",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.mcp_call.in_progress",
                        "response.mcp_call_arguments.delta",
                        "response.mcp_call_arguments.done",
                        "response.mcp_call.completed",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed"),
                types);
        List<JsonNode> events = reply.events();
        IntStream.range(0, events.size())
                .forEach(i ->
                        assertEquals(i, events.get(i).path("sequence_number").intValue()));
    }

    @Test
    void the_deltas_add_up_to_the_text_and_the_last_event_to_the_stored_response() {
        Reply reply = project.ask("vic", OrdersProject.run("list my orders", body -> body.put("stream", true)));

        StringBuilder deltas = new StringBuilder();
        reply.events()
                .forEach(event ->
                        deltas.append(Json.text(event, "delta").startsWith("{") ? "" : Json.text(event, "delta")));
        JsonNode last = reply.events().get(reply.events().size() - 1).path("response");
        assertEquals(Json.text(last.path("output").path(2).path("content").path(0), "text"), deltas.toString());
        assertEquals(
                last,
                project.get("/openai/v1/responses/" + Json.text(last, "id"), project.token("vic"))
                        .json());
    }

    @Test
    void a_stream_asks_for_consent_too() {
        Reply reply = project.ask("ana", OrdersProject.run("hello", body -> body.put("stream", true)));

        assertEquals(
                List.of(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.output_item.done",
                        "response.completed"),
                reply.eventTypes());
    }

    @Test
    void the_agents_own_endpoint_needs_no_reference() {
        String body = "{\"input\":\"show ORD-003\"}";
        String agent = "/agents/orders-assistant";

        assertEquals(
                200,
                post(agent + "/endpoint/protocols/openai/responses?api-version=v1", body)
                        .status());
        assertEquals(
                200,
                post(agent + "/endpoint/protocols/openai/v1/responses", body).status());
        assertEquals(
                200,
                post(agent + "/protocols/openai/responses?api-version=v1", body).status());
        assertEquals(
                400, post(agent + "/endpoint/protocols/openai/responses", body).status());
        assertEquals(
                404,
                post("/agents/nobody/endpoint/protocols/openai/v1/responses", body)
                        .status());
    }

    @Test
    void the_agent_object_shows_its_definition() {
        Reply agent = project.get("/agents/orders-assistant?api-version=v1", project.token("vic"));

        JsonNode definition = agent.json().path("versions").path("latest").path("definition");
        assertEquals("prompt", Json.text(definition, "kind"));
        assertEquals("orders-oauth", Json.text(definition.path("tools").path(0), "project_connection_id"));
        assertEquals("never", Json.text(definition.path("tools").path(0), "require_approval"));
        assertFalse(
                Json.text(agent.json().path("instance_identity"), "client_id").isEmpty());
        assertEquals(
                404,
                project.get("/agents/nobody?api-version=v1", project.token("vic"))
                        .status());
    }

    @Test
    void one_change_to_a_good_request_is_refused_in_the_words_of_the_service() {
        assertEquals(200, project.ask("vic", OrdersProject.run("help")).status());
        refused("The 'agent' property is deprecated. Use 'agent_reference' instead.", body -> {
            body.putObject("agent").put("name", "orders-assistant");
            return body;
        });
        refused("Not allowed when agent is specified.", body -> body.set("tools", Json.array()));
        refused("Not allowed when agent is specified.", body -> body.put("instructions", "Be rude."));
        refused("Not allowed when agent is specified.", body -> body.put("temperature", 0));
        refused("Unknown parameter: 'colour'.", body -> body.put("colour", "red"));
        refused("Invalid type for 'stream': expected a boolean.", body -> body.put("stream", "yes"));
        refused("The input must be a string or a list of items.", body -> body.put("input", 7));
        refused("Items of this type cannot be sent.", body -> {
            body.putArray("input").addObject().put("type", "computer_call");
            return body;
        });
        refused("The model does not match the model of the agent.", body -> body.put("model", "gpt-9"));
        refused("There is no open approval request with id 'mcpr_x'.", body -> {
            body.putArray("input")
                    .addObject()
                    .put("type", "mcp_approval_response")
                    .put("approval_request_id", "mcpr_x")
                    .put("approve", true);
            return body;
        });
    }

    @Test
    void a_request_that_is_no_json_or_too_long_is_refused() {
        String good = OrdersProject.run("help").toString();

        assertEquals(200, post("/openai/v1/responses", good).status());
        assertEquals(400, post("/openai/v1/responses", good + "x").status());
        assertEquals(
                400,
                post("/openai/v1/responses", "{\"input\":\"a\"," + good.substring(1))
                        .status());
        assertEquals(400, post("/openai/v1/responses", "[]").status());
        assertEquals(
                413,
                post("/openai/v1/responses", " ".repeat(Call.MAX_BODY) + good).status());
    }

    @Test
    void what_does_not_exist_is_not_found() {
        assertEquals(
                404,
                project.ask("vic", OrdersProject.run("hi", body -> {
                            body.withObject("agent_reference").put("name", "nobody");
                            return body;
                        }))
                        .status());
        assertEquals(
                404,
                project.ask("vic", OrdersProject.run("hi", body -> body.put("previous_response_id", "resp_x")))
                        .status());
        assertEquals(
                404, project.get("/openai/v1/elsewhere", project.token("vic")).status());
        assertEquals(
                "DeploymentNotFound",
                post("/openai/v1/responses", "{\"input\":\"hi\",\"model\":\"gpt-9\"}")
                        .error());
        assertEquals(
                "missing_required_parameter",
                post("/openai/v1/responses", "{\"input\":\"hi\"}").error());
    }

    @Test
    void another_persons_response_is_not_found() {
        String id = project.ask("vic", "help").id();

        assertEquals(
                200,
                project.get("/openai/v1/responses/" + id, project.token("vic")).status());
        Reply others = project.get("/openai/v1/responses/" + id, project.token("ana"));
        assertEquals(404, others.status());
        assertEquals("not_found", others.error());
        assertEquals(
                404,
                project.delete("/openai/v1/responses/" + id, project.token("ana"))
                        .status());
        assertEquals(
                404,
                project.ask("ana", OrdersProject.run("hi", body -> body.put("previous_response_id", id)))
                        .status());
        assertEquals(
                200,
                project.delete("/openai/v1/responses/" + id, project.token("vic"))
                        .status());
        assertEquals(
                404,
                project.get("/openai/v1/responses/" + id, project.token("vic")).status());
    }

    @Test
    void a_response_that_is_not_stored_cannot_be_continued() {
        String id = project.ask("vic", OrdersProject.run("help", body -> body.put("store", false)))
                .id();

        assertEquals(
                404,
                project.get("/openai/v1/responses/" + id, project.token("vic")).status());
    }

    @Test
    void a_finished_response_cannot_be_cancelled() {
        String id = project.ask("vic", "help").id();

        Reply refused = post("/openai/v1/responses/" + id + "/cancel", "{}");
        assertEquals(400, refused.status());
        assertEquals("Cannot cancel a synchronous response.", refused.errorMessage());
    }

    @Test
    void ordered_faults_happen_once() {
        project.foundry.failNext(new Fault.Refused(503));
        assertEquals(503, project.ask("vic", "help").status());
        assertEquals(200, project.ask("vic", "help").status());

        project.foundry.failNext(new Fault.CutStream(3));
        ObjectNode stream = OrdersProject.run("help", body -> body.put("stream", true));
        assertThrows(UncheckedIOException.class, () -> project.ask("vic", stream));
        assertEquals(200, project.ask("vic", stream).status());
    }

    private void refused(String message, UnaryOperator<ObjectNode> change) {
        Reply reply = project.ask("vic", OrdersProject.run("help", change));
        assertEquals(400, reply.status(), reply.body());
        assertEquals("invalid_payload", reply.error());
        assertEquals(message, reply.errorMessage());
    }

    private Reply post(String path, String body) {
        return project.post(path, project.token("vic"), body);
    }
}
