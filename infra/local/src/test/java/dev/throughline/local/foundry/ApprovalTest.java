package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApprovalTest extends ProjectTest {

    @Override
    RequireApproval requireApproval() {
        return RequireApproval.except(Set.of("list-orders", "get-order", "whoami"), Set.of("delete-order"));
    }

    @BeforeEach
    void allow() {
        project.allow("vic");
    }

    @Test
    void a_tool_that_needs_approval_is_not_called_before_it() {
        Reply asked = project.ask("vic", "delete ORD-003");

        assertEquals(List.of("mcp_list_tools", "mcp_approval_request"), asked.itemTypes());
        JsonNode request = asked.item("mcp_approval_request");
        assertEquals("delete-order", Json.text(request, "name"));
        assertEquals("{\"id\":\"ORD-003\"}", Json.text(request, "arguments"));
        assertEquals(List.of(), project.desk.calls);
    }

    @Test
    void an_approved_call_is_made_as_it_was_shown() {
        Reply asked = project.ask("vic", "delete ORD-003");

        Reply done = settle(asked, true);
        assertEquals(List.of("mcp_list_tools", "mcp_call", "message"), done.itemTypes());
        assertEquals(
                Json.text(asked.item("mcp_approval_request"), "id"),
                Json.text(done.item("mcp_call"), "approval_request_id"));
        assertEquals("Done: I deleted ORD-003.", done.text());
        assertEquals(List.of("delete-order {\"id\":\"ORD-003\"}"), project.desk.calls);
    }

    @Test
    void a_declined_call_is_not_made() {
        Reply done = settle(project.ask("vic", "delete ORD-003"), false);

        assertEquals("I did not delete ORD-003, because you declined it.", done.text());
        assertEquals(List.of(), project.desk.calls);
    }

    @Test
    void an_approval_is_spent_with_its_call() {
        Reply asked = project.ask("vic", "delete ORD-003");
        Reply done = settle(asked, true);

        Reply again = answer(done, asked, true);
        assertEquals(400, again.status());
        assertEquals(1, project.desk.calls.size());
    }

    @Test
    void a_tool_that_is_named_nowhere_needs_approval_and_a_named_one_does_not() {
        assertTrue(project.ask("vic", "ship ORD-003").itemTypes().contains("mcp_approval_request"));
        assertTrue(project.ask("vic", "show ORD-003").itemTypes().contains("mcp_call"));
    }

    private Reply settle(Reply asked, boolean approve) {
        return answer(asked, asked, approve);
    }

    private Reply answer(Reply previous, Reply asked, boolean approve) {
        return project.ask("vic", OrdersProject.run("", body -> {
            body.put("previous_response_id", previous.id());
            body.putArray("input")
                    .addObject()
                    .put("type", "mcp_approval_response")
                    .put("approval_request_id", Json.text(asked.item("mcp_approval_request"), "id"))
                    .put("approve", approve);
            return body;
        }));
    }
}
