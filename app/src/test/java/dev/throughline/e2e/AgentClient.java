package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An MCP client with a token of its own, which is an agent of the person whom the token names. In the newer era it says
 * that it can send its person to an address.
 */
record AgentClient(WebChat server, String token) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

    /** Calls a tool and answers its result. */
    Json call(McpEra era, String tool, String arguments) {
        return result(send(era, era.call(tool, arguments)));
    }

    /** Makes the same call again, as a client does whose person was sent somewhere and has come back. */
    Json again(Json question, String tool, String arguments) {
        return again(question.text("requestState"), tool, arguments, "accept");
    }

    /** The same with any state and answer. */
    Json again(String state, String tool, String arguments, String action) {
        return result(sendAgain(state, tool, arguments, action));
    }

    HttpResponse<String> sendAgain(String state, String tool, String arguments, String action) {
        ObjectNode call = McpEra.MODERN.call(tool, arguments);
        ObjectNode params = (ObjectNode) call.get("params");
        params.put("requestState", state);
        params.set("inputResponses", JSON.valueToTree(Map.of("approval", Map.of("action", action))));
        return send(McpEra.MODERN, call);
    }

    HttpResponse<String> send(McpEra era, ObjectNode call) {
        if (era == McpEra.MODERN) {
            ((ObjectNode) call.at("/params/_meta"))
                    .set(CAPABILITIES, JSON.valueToTree(Map.of("elicitation", Map.of("url", Map.of()))));
        }
        return Http.send(Api.withBody(era.headed(server.bearing(token, Api.MCP), call), "POST", call.toString()));
    }

    private static Json result(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        Json result = Json.of(answer.body()).at("/result");
        assertFalse(result.isNull(), answer.body());
        return result;
    }

    /** What a call that went through brought. */
    static Json content(Json result) {
        assertFalse(result.flag("isError"), result.toString());
        assertFalse(result.at("/structuredContent").isNull(), result.toString());
        return result.at("/structuredContent");
    }

    /** Why a call did not go through, as the model is told. */
    static String error(Json result) {
        assertTrue(result.flag("isError"), result.toString());
        return result.at("/content/0").text("text");
    }

    /** The id of the question that a call has made, in whichever form the client is told. */
    static String question(Json result) {
        String text = result.text("resultType").equals("input_required")
                ? result.at("/inputRequests/approval/params").text("url")
                : error(result);
        int at = text.indexOf("/#/approvals/");
        assertTrue(at >= 0, result.toString());
        return text.substring(at + "/#/approvals/".length()).substring(0, 36);
    }
}
