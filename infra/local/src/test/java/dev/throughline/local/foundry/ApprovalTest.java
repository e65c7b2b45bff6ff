package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ApprovalTest extends ProjectTest {

    @Override
    RequireApproval requireApproval() {
        return RequireApproval.FOR_WRITES;
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
        Reply asked = project.ask("vic", "delete ORD-003");

        Reply done = settle(asked, false);

        assertEquals("I did not delete ORD-003, because you declined it. Nothing was done.", done.text());
        assertEquals(List.of("mcp_list_tools", "message"), done.itemTypes());
        assertEquals(List.of(), project.desk.calls);
        assertEquals(
                400, project.ask("vic", approvals(after(done), asked, true)).status());
        assertEquals(List.of(), project.desk.calls);
    }

    @Test
    void every_write_waits_and_no_reading_does() {
        for (String write : List.of("create an order for Zoe: 2 desk lamps", "ship ORD-003", "delete ORD-003")) {
            assertEquals(
                    List.of("mcp_list_tools", "mcp_approval_request"),
                    project.ask("vic", write).itemTypes(),
                    write);
        }
        for (String reading : List.of("list my orders", "show ORD-003", "who am I", "health check")) {
            assertEquals(
                    List.of("mcp_list_tools", "mcp_call", "message"),
                    project.ask("vic", reading).itemTypes(),
                    reading);
        }
    }

    @Test
    void an_approval_is_given_in_a_conversation_too() {
        String conversation = project.post("/openai/v1/conversations", project.token("vic"), "{}")
                .id();
        Reply asked = project.ask("vic", OrdersProject.run("delete ORD-003", in(conversation)));

        Reply done = project.ask("vic", approvals(in(conversation), asked, true));
        assertEquals("Done: I deleted ORD-003.", done.text());
        assertEquals(
                400,
                project.ask("vic", approvals(in(conversation), asked, true)).status());
        assertEquals(1, project.desk.calls.size());
    }

    @Test
    void one_request_holds_for_one_call_however_often_its_response_is_continued() {
        Reply asked = project.ask("vic", "delete ORD-003");

        assertEquals(200, settle(asked, true).status());
        Reply again = settle(asked, true);
        assertEquals(400, again.status());
        assertEquals("There is no open approval request with id '" + requestId(asked) + "'.", again.errorMessage());
        assertEquals(400, settle(asked, false).status());
        project.restartFoundry();
        assertEquals(400, settle(asked, true).status());
        assertEquals(1, project.desk.calls.size());
    }

    @Test
    void an_approval_of_a_run_that_broke_off_before_the_call_can_be_given_again() {
        Reply asked = project.ask("vic", "delete ORD-003");
        ObjectNode yes = approvals(after(asked), asked, true).put("stream", true);

        project.foundry.failNext(new Fault.CutStream(3));
        assertThrows(UncheckedIOException.class, () -> project.ask("vic", yes));
        assertEquals(List.of(), project.desk.calls);
        assertTrue(project.ask("vic", yes).body().contains("Done: I deleted ORD-003."));
        assertEquals(400, project.ask("vic", yes).status());
        assertEquals(1, project.desk.calls.size());
    }

    @Test
    void an_approval_that_a_run_is_at_is_neither_open_nor_used_up() {
        Reply asked = project.ask("vic", "delete ORD-003");
        ObjectNode yes = approvals(after(asked), asked, true).put("stream", true);

        project.foundry.failNext(new Fault.SlowEvents(Duration.ofMillis(500)));
        CompletableFuture<Reply> one = CompletableFuture.supplyAsync(() -> project.ask("vic", yes));
        CompletableFuture<Reply> other = CompletableFuture.supplyAsync(() -> project.ask("vic", yes));
        Reply done = one.join().status() == 200 ? one.join() : other.join();
        Reply refused = done == one.join() ? other.join() : one.join();

        assertTrue(done.body().contains("Done: I deleted ORD-003."), done.body());
        assertEquals("conversation_locked", refused.error(), refused.body());
        assertEquals("invalid_payload", project.ask("vic", yes).error());
        assertEquals(1, project.desk.calls.size());
    }

    @Test
    void another_persons_request_cannot_be_answered() {
        project.allow("ana");
        Reply asked = project.ask("vic", "delete ORD-003");
        Reply mine = project.ask("ana", "help");

        assertEquals(
                404, project.ask("ana", approvals(after(asked), asked, true)).status());
        assertEquals(
                400, project.ask("ana", approvals(after(mine), asked, true)).status());
        assertEquals(
                400, project.ask("ana", approvals(body -> body, asked, true)).status());
        assertEquals(List.of(), project.desk.calls);
        assertEquals(200, settle(asked, true).status());
    }

    @Test
    void a_new_message_leaves_the_question_open_and_the_call_unmade() {
        Reply asked = project.ask("vic", "delete ORD-003");
        Reply other = project.ask("vic", OrdersProject.run("show ORD-005", after(asked)));

        assertEquals(List.of("mcp_list_tools", "mcp_call", "message"), other.itemTypes());
        assertEquals(List.of("get-order {\"id\":\"ORD-005\"}"), project.desk.calls);

        Reply done = project.ask("vic", approvals(after(other), asked, true));
        assertEquals("Done: I deleted ORD-003.", done.text());
    }

    @Test
    void an_answer_may_come_with_another_message() {
        Reply asked = project.ask("vic", "delete ORD-003");

        ObjectNode body = approvals(after(asked), asked, false);
        body.withArray("input").addObject().put("role", "user").put("content", "show ORD-003");
        Reply done = project.ask("vic", body);
        assertTrue(done.text().startsWith("ORD-003 is pending"), done.text());
    }

    @Test
    void an_approval_that_met_a_missing_consent_can_be_given_again() {
        Reply asked = project.ask("vic", "delete ORD-003");
        project.foundry.forgetConnectionTokens();

        Reply consent = settle(asked, true);
        assertEquals(List.of("oauth_consent_request"), consent.itemTypes());
        project.allow("vic");
        assertEquals(
                "Done: I deleted ORD-003.",
                project.ask("vic", approvals(after(consent), asked, true)).text());
    }

    @Test
    void an_approval_is_spent_with_its_call() {
        Reply asked = project.ask("vic", "delete ORD-003");
        Reply done = settle(asked, true);

        Reply again = project.ask("vic", approvals(after(done), asked, true));
        assertEquals(400, again.status());
        assertEquals(1, project.desk.calls.size());
    }

    @Test
    void a_tool_that_is_named_nowhere_needs_approval_and_a_named_one_does_not() {
        assertTrue(project.ask("vic", "ship ORD-003").itemTypes().contains("mcp_approval_request"));
        assertTrue(project.ask("vic", "show ORD-003").itemTypes().contains("mcp_call"));
    }

    private Reply settle(Reply asked, boolean approve) {
        return project.ask("vic", approvals(after(asked), asked, approve));
    }

    private static String requestId(Reply asked) {
        return Json.text(asked.item("mcp_approval_request"), "id");
    }

    private static UnaryOperator<ObjectNode> after(Reply previous) {
        return body -> body.put("previous_response_id", previous.id());
    }

    private static UnaryOperator<ObjectNode> in(String conversation) {
        return body -> body.put("conversation", conversation);
    }

    private static ObjectNode approvals(UnaryOperator<ObjectNode> where, Reply asked, boolean approve) {
        ObjectNode body = OrdersProject.run("", where);
        body.putArray("input")
                .addObject()
                .put("type", "mcp_approval_response")
                .put("approval_request_id", requestId(asked))
                .put("approve", approve);
        return body;
    }
}
