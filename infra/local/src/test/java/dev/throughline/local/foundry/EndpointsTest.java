package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Every agent at every spelling of its address, in both forms, and what is left of it afterwards. */
class EndpointsTest extends ProjectTest {

    @BeforeEach
    void allow() {
        project.desk.passthrough = List.of(Registration.FOUNDRY_AUDIENCE);
        project.allow("vic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders-assistant", "orders-functions", "orders-passthrough", "night-agent", "legacy-agent"})
    void an_agent_answers_at_each_of_its_addresses(String agent) {
        for (String address : List.of(
                "/openai/v1/responses",
                "/agents/" + agent + "/endpoint/protocols/openai/responses?api-version=v1",
                "/agents/" + agent + "/endpoint/protocols/openai/v1/responses",
                "/agents/" + agent + "/protocols/openai/responses?api-version=v1")) {
            ObjectNode body = OrdersProject.runOf(agent, "help");
            if (address.startsWith("/agents")) {
                body.remove("agent_reference");
            }
            Reply whole = post(address, body);
            assertTrue(whole.text().startsWith("I work at the order desk"), whole.body());
            assertEquals(agent, Json.text(whole.json().path("agent_reference"), "name"));

            Reply stream = post(address, body.put("stream", true));
            List<String> types = stream.eventTypes();
            assertEquals("response.completed", types.get(types.size() - 1), address);

            String conversations = address.replace("/responses", "/conversations");
            String id = post(conversations, Json.object()).id();
            post(address, body.put("stream", false).put("conversation", id));
            assertEquals(200, post(address, body.put("conversation", id)).status());
            body.remove("conversation");
            assertEquals(
                    200,
                    post(address, body.put("previous_response_id", whole.id())).status());
        }
    }

    @Test
    void what_is_deleted_is_gone_for_good_and_others_cannot_delete_it() throws Exception {
        String conversation = post("/openai/v1/conversations", Json.object()).id();
        ObjectNode body = OrdersProject.runOf("orders-functions", "help");
        body.put("input", "the-secret-word").put("conversation", conversation);
        String response = post("/openai/v1/responses", body).id();

        for (String path : List.of("/openai/v1/conversations/" + conversation, "/openai/v1/responses/" + response)) {
            assertEquals(404, project.delete(path, project.token("ana")).status());
            assertEquals(200, project.get(path, project.token("vic")).status());
            assertEquals(200, project.delete(path, project.token("vic")).status());
            assertEquals(404, project.get(path, project.token("vic")).status());
            assertEquals(404, project.delete(path, project.token("vic")).status());
        }
        assertEquals(404, post("/openai/v1/responses", body).status());
        body.remove("conversation");
        assertEquals(
                404,
                post("/openai/v1/responses", body.put("previous_response_id", response))
                        .status());

        project.restartFoundry();
        assertFalse(Files.readString(dataDir.resolve("foundry-project.json")).contains("the-secret-word"));
        assertEquals(
                404,
                project.get("/openai/v1/responses/" + response, project.token("vic"))
                        .status());
    }

    private Reply post(String path, ObjectNode body) {
        return project.post(path, project.token("vic"), body.toString());
    }
}
