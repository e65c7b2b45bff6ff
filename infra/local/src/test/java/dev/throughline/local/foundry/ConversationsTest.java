package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationsTest extends ProjectTest {

    private String id;

    @BeforeEach
    void begin() {
        project.allow("vic");
        id = project.post("/openai/v1/conversations", project.token("vic"), "{\"metadata\":{\"topic\":\"orders\"}}")
                .id();
    }

    @Test
    void a_conversation_keeps_what_was_said_and_done() {
        ask("show ORD-003");

        Reply items = project.get("/openai/v1/conversations/" + id + "/items?order=asc", project.token("vic"));
        assertEquals(
                List.of("message", "mcp_list_tools", "mcp_call", "message"),
                StreamSupport.stream(items.json().path("data").spliterator(), false)
                        .map(item -> Json.text(item, "type"))
                        .toList());
        Reply newest = project.get("/openai/v1/conversations/" + id + "/items?limit=1", project.token("vic"));
        assertEquals("assistant", Json.text(newest.json().path("data").path(0), "role"));
        assertTrue(newest.json().path("has_more").booleanValue());
    }

    @Test
    void a_question_is_answered_in_the_next_message_of_the_conversation() {
        assertTrue(ask("create an order").text().startsWith("Who is the order for?"));
        assertTrue(ask("Zoe").text().startsWith("What does Zoe order?"));
        assertTrue(ask("2 desk lamps").text().startsWith("Done: I created ORD-009, 2 \u00d7 desk lamps for Zoe."));
    }

    @Test
    void a_conversation_goes_on_after_a_restart() {
        ask("delete the order");
        project.restartFoundry();

        assertEquals("Done: I deleted ORD-005.", ask("ORD-005").text());
    }

    @Test
    void a_chain_of_responses_goes_on_too() {
        String first = project.ask("vic", "delete the order").id();

        Reply second =
                project.ask("vic", OrdersProject.run("ORD-005", body -> body.put("previous_response_id", first)));
        assertEquals("Done: I deleted ORD-005.", second.text());
        assertEquals(
                "Done: I deleted ORD-003.",
                project.ask("vic", OrdersProject.run("ORD-003", body -> body.put("previous_response_id", first)))
                        .text());
    }

    @Test
    void a_response_may_be_continued_out_of_its_conversation() {
        String asked = ask("delete the order").id();

        assertEquals(
                "Done: I deleted ORD-005.",
                project.ask("vic", OrdersProject.run("ORD-005", body -> body.put("previous_response_id", asked)))
                        .text());
    }

    @Test
    void conversation_and_previous_response_exclude_each_other() {
        String previous = ask("help").id();

        Reply both = project.ask(
                "vic",
                OrdersProject.run("help", body -> body.put("conversation", id).put("previous_response_id", previous)));
        assertEquals(400, both.status());
        assertEquals("invalid_payload", both.error());
    }

    @Test
    void another_persons_conversation_is_not_found() {
        String path = "/openai/v1/conversations/" + id;

        assertEquals(
                "orders",
                Json.text(project.get(path, project.token("vic")).json().path("metadata"), "topic"));
        assertEquals(404, project.get(path, project.token("ana")).status());
        assertEquals(404, project.get(path + "/items", project.token("ana")).status());
        assertEquals(404, project.delete(path, project.token("ana")).status());
        assertEquals(
                404,
                project.post(path, project.token("ana"), "{\"metadata\":{}}").status());
        assertEquals(
                404,
                project.ask("ana", OrdersProject.run("hi", body -> body.put("conversation", id)))
                        .status());
        assertEquals(200, project.delete(path, project.token("vic")).status());
        assertEquals(404, project.get(path, project.token("vic")).status());
    }

    private Reply ask(String message) {
        return project.ask("vic", OrdersProject.run(message, body -> {
            body.putObject("conversation").put("id", id);
            return body;
        }));
    }
}
