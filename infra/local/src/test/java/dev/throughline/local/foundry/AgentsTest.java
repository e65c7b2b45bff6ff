package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The five agents: how they are listed, and whose token each brings to the order desk. */
class AgentsTest extends ProjectTest {

    private static final String ID = "c0ffee00-0000-4000-8000-0000000000";

    @Override
    RequireApproval requireApproval() {
        return RequireApproval.FOR_WRITES;
    }

    @Test
    void all_five_are_listed_as_they_are() {
        JsonNode list = project.get("/agents?api-version=v1", project.token("vic"))
                .json()
                .path("data");

        Map<String, JsonNode> agents = new TreeMap<>();
        list.forEach(agent -> agents.put(Json.text(agent, "name"), agent));
        assertEquals(
                Set.of("orders-assistant", "orders-functions", "orders-passthrough", "night-agent", "legacy-agent"),
                agents.keySet());
        agents.forEach((name, agent) -> assertEquals(
                name.equals("orders-functions") ? "hosted" : "prompt", Json.text(definition(agent), "kind"), name));
        assertEquals(
                Map.of("never", 4, "always", 3),
                Map.of(
                        "never", approval(agents, "never"),
                        "always", approval(agents, "always")));
        assertEquals(7, definition(agents.get("orders-functions")).path("tools").size());
        assertEquals(ID + "a5", Json.text(agents.get("night-agent").path("instance_identity"), "client_id"));
        assertTrue(agents.get("legacy-agent").path("instance_identity").isNull());
    }

    private static int approval(Map<String, JsonNode> agents, String rule) {
        return definition(agents.get("orders-assistant"))
                .at("/tools/0/require_approval/" + rule + "/tool_names")
                .size();
    }

    private static JsonNode definition(JsonNode agent) {
        return agent.at("/versions/latest/definition");
    }

    @Test
    void each_function_is_declared_with_a_closed_schema() {
        JsonNode tools = definition(project.get("/agents/orders-functions?api-version=v1", project.token("vic"))
                        .json())
                .path("tools");

        for (JsonNode function : tools) {
            JsonNode schema = function.path("parameters");
            assertEquals("function", Json.text(function, "type"));
            assertFalse(schema.path("additionalProperties").booleanValue());
            assertEquals(
                    function.path("strict").booleanValue(),
                    schema.path("required").size() == schema.path("properties").size(),
                    "Strict functions require all of their arguments: " + Json.text(function, "name"));
        }
    }

    @Test
    void passthrough_brings_the_users_token_for_foundry() throws Exception {
        project.desk.passthrough = List.of("https://ai.azure.com");

        Reply reply = ask("orders-passthrough", "list my orders");
        assertEquals(List.of("mcp_list_tools", "mcp_call", "message"), reply.itemTypes(), reply.body());
        JWTClaimsSet claims = claims(0);
        assertEquals(List.of("https://ai.azure.com"), claims.getAudience());
        assertEquals(OrdersProject.VIC, claims.getStringClaim("oid"));
        assertEquals(new Registration(project.ports).v1Issuer(), claims.getIssuer());
        assertEquals(Registration.PASSTHROUGH_CLIENT, claims.getStringClaim("appid"));
        assertNull(claims.getClaim("roles"));
        assertEquals("user_impersonation", claims.getStringClaim("scp"));
    }

    @Test
    void passthrough_to_another_audience_is_refused_as_the_service_does() {
        project.desk.passthrough = List.of("https://ai.azure.com");
        project.restartFoundryWithPassthroughTo("https://ai.azure.com");
        assertEquals(200, ask("orders-passthrough", "list my orders").status());

        project.restartFoundryWithPassthroughTo(Registration.API_AUDIENCE);
        Reply refused = ask("orders-passthrough", "list my orders");
        assertEquals(400, refused.status());
        assertEquals("tool_user_error", refused.error());
        assertTrue(
                refused.errorMessage().contains("ARA OBO token request failed with status BadRequest"),
                refused.errorMessage());
        Reply stream = project.ask(
                "vic",
                OrdersProject.runOf("orders-passthrough", "list my orders").put("stream", true));
        assertEquals("response.failed", stream.eventTypes().get(2));
    }

    @Test
    void the_night_agent_acts_as_itself_and_asks_nobody() throws Exception {
        Reply reply = ask("night-agent", "list all orders");

        assertEquals(List.of("mcp_list_tools", "mcp_call", "message"), reply.itemTypes(), reply.body());
        JWTClaimsSet claims = claims(0);
        assertEquals(ID + "a5", claims.getStringClaim("azp"));
        assertEquals(List.of("MCP.Access"), claims.getStringListClaim("roles"));
        assertEquals("app", claims.getStringClaim("idtyp"));
        assertNull(claims.getClaim("scp"));
        assertEquals(ID + "c5", claims.getStringClaim("oid"));
    }

    @Test
    void the_legacy_agent_acts_as_the_project() throws Exception {
        ask("legacy-agent", "list all orders");

        assertEquals(ID + "a6", claims(0).getStringClaim("azp"));
    }

    @Test
    void an_agents_own_token_is_kept_until_it_is_refused_or_expired() {
        ask("night-agent", "list all orders");
        ask("night-agent", "list all orders");
        assertEquals(1, project.desk.bearers.stream().distinct().count());

        project.desk.answerNextRequestWith(401);
        assertEquals(200, ask("night-agent", "list all orders").status());
        assertEquals(2, project.desk.bearers.stream().distinct().count());
        project.foundry.expireConnectionTokens();
        ask("night-agent", "list all orders");
        assertEquals(3, project.desk.bearers.stream().distinct().count());
    }

    @Test
    void any_agent_may_fall_back_to_the_shared_identity() throws Exception {
        for (String agent : List.of("orders-assistant", "orders-passthrough", "night-agent")) {
            project.desk.bearers.clear();
            project.foundry.useSharedIdentity(agent, true);
            assertEquals(200, ask(agent, "list my orders").status());
            assertEquals(ID + "a6", claims(0).getStringClaim("azp"), agent);
            project.foundry.useSharedIdentity(agent, false);
        }
        assertEquals(
                List.of("oauth_consent_request"),
                ask("orders-assistant", "hello").itemTypes());
        assertThrows(IllegalArgumentException.class, () -> project.foundry.useSharedIdentity("nobody", true));
        assertThrows(IllegalArgumentException.class, () -> project.foundry.useSharedIdentity("orders-functions", true));
    }

    private JWTClaimsSet claims(int index) throws Exception {
        return SignedJWT.parse(project.desk.bearers.get(index)).getJWTClaimsSet();
    }

    private Reply ask(String agent, String message) {
        return project.ask("vic", OrdersProject.runOf(agent, message));
    }
}
