package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ToolFailuresTest extends ProjectTest {

    @BeforeEach
    void allow() {
        project.allow("vic");
    }

    @Test
    void a_server_that_refuses_the_user_is_reported_with_its_status() {
        project.desk.answerNextRequestWith(403);

        Reply reply = project.ask("vic", "list my orders");
        assertEquals(400, reply.status());
        assertEquals("tool_user_error", reply.error());
        assertEquals(
                "Error encountered while enumerating tools from remote server: http://localhost:"
                        + project.ports.web() + "/api/v1/mcp. Details: Response status code does not indicate success:"
                        + " 403 (Forbidden).",
                reply.errorMessage());
        assertEquals(200, project.ask("vic", "list my orders").status());
    }

    @Test
    void a_server_that_keeps_refusing_the_token_is_reported_after_one_refresh() {
        project.desk.answerNextRequestWith(401);
        project.desk.answerNextRequestWith(401);

        Reply reply = project.ask("vic", "list my orders");
        assertEquals(400, reply.status());
        assertTrue(reply.errorMessage().endsWith("401 (Unauthorized)."), reply.errorMessage());
    }

    @Test
    void other_statuses_are_reported_too() {
        project.desk.answerNextRequestWith(500);

        Reply reply = project.ask("vic", "list my orders");
        assertEquals("tool_user_error", reply.error());
        assertTrue(reply.errorMessage().endsWith("500 (InternalServerError)."), reply.errorMessage());
    }

    @Test
    void a_server_that_is_away_is_reported() {
        project.desk.close();

        Reply reply = project.ask("vic", "list my orders");
        assertEquals("tool_user_error", reply.error());
        assertTrue(reply.errorMessage().endsWith("Details: Connection refused."), reply.errorMessage());
    }

    @Test
    void in_a_stream_the_run_fails() {
        project.desk.answerNextRequestWith(403);

        Reply reply = project.ask("vic", OrdersProject.run("list my orders", body -> body.put("stream", true)));
        assertEquals(List.of("response.created", "response.in_progress", "response.failed"), reply.eventTypes());
        JsonNode error = reply.events().get(2).path("response").path("error");
        assertEquals("tool_user_error", Json.text(error, "code"));
    }

    @Test
    void a_call_that_is_refused_by_status_is_a_failed_call() {
        project.desk.answerNextCallWith(403);

        Reply reply = project.ask("vic", "show ORD-003");
        JsonNode call = reply.item("mcp_call");
        assertEquals("failed", Json.text(call, "status"));
        assertEquals("http_error", Json.text(call.path("error"), "type"));
        assertEquals(403, call.path("error").path("code").intValue());
        assertTrue(reply.text().startsWith("I could not show ORD-003."), reply.text());
    }

    @Test
    void a_tool_that_says_no_is_a_failed_call_with_its_words() {
        project.desk.refusal = "Your role does not allow that.";

        Reply reply = project.ask("vic", "delete ORD-003");
        JsonNode call = reply.item("mcp_call");
        assertEquals("mcp_tool_execution_error", Json.text(call.path("error"), "type"));
        assertTrue(call.path("output").isNull());
        assertEquals("I could not delete ORD-003. The order desk says: Your role does not allow that.", reply.text());
    }

    @Test
    void a_call_is_repeated_once_with_a_fresh_token() {
        project.desk.answerNextCallWith(401);

        assertTrue(project.ask("vic", "show ORD-003").text().startsWith("ORD-003 is pending"));
    }
}
