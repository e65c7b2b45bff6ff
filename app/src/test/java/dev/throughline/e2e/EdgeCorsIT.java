package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose pages may call us and read what we answer, as a browser asks it (the Fetch standard's CORS protocol). */
class EdgeCorsIT {
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final ServerLog log = new ServerLog(stack);

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:6274", "https://localhost:9443", "http://127.0.0.1:3000", "http://localhost"})
    void a_page_of_this_machine_may_ask_call_and_read(String origin) {
        for (String path :
                List.of(Api.ORDERS, Api.MCP, Api.CHAT, "/api/v1/config", "/.well-known/oauth-protected-resource")) {
            HttpResponse<String> asked = Http.send(preflight(path, origin));

            assertEquals(204, asked.statusCode(), asked.body());
            assertEquals("", asked.body());
            assertEquals(List.of(origin), asked.headers().allValues(ALLOWED));
            assertEquals(
                    List.of("GET, HEAD, POST, PUT, DELETE"), asked.headers().allValues("Access-Control-Allow-Methods"));
            assertEquals(
                    List.of("Accept, Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID, Mcp-Method,"
                            + " Mcp-Name, MCP-Protocol-Version, Mcp-Session-Id, traceparent, X-Correlation-ID"),
                    asked.headers().allValues("Access-Control-Allow-Headers"));
            assertEquals(List.of("600"), asked.headers().allValues("Access-Control-Max-Age"));
            assertNeverCredentials(asked);
        }
        HttpResponse<String> called = Http.send(api.as(Person.VIC, Api.ORDERS).header("Origin", origin));
        assertEquals(200, called.statusCode());
        assertReadable(origin, called);
        assertReadable(origin, Http.send(api.anonymous(Api.ORDERS).header("Origin", origin)));
        assertReadable(origin, Http.send(api.bearing("x", Api.ORDERS).header("Origin", origin)));
        assertReadable(
                origin, Http.send(api.as(Person.VIC, Api.ORDERS + "/ORD-999").header("Origin", origin)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://localhost.evil.example",
                "http://evil.example:9080",
                "http://[::1]:3000",
                "http://LOCALHOST:3000",
                "http://localhost:3000/",
                "http://localhost:x",
                "http://localhost:3000 https://evil.example",
                "null",
                "file://",
                "vscode-webview://localhost",
                "*"
            })
    void a_page_of_any_other_origin_may_do_nothing(String origin) {
        for (String path : List.of(
                Api.ORDERS, Api.MCP, Api.CHAT, "/api/v1/config", "/.well-known/oauth-protected-resource", "/")) {
            assertEquals(
                    204, Http.send(preflight(path, "http://localhost:3000")).statusCode());

            HttpResponse<String> asked = Http.send(preflight(path, origin));
            HttpResponse<String> called = Http.send(api.as(Person.VIC, path).header("Origin", origin));

            for (HttpResponse<String> answer : List.of(asked, called)) {
                assertProblem(403, "origin_not_allowed", answer);
                assertEquals(List.of(), answer.headers().allValues(ALLOWED));
                assertEquals(List.of(), answer.headers().allValues("Access-Control-Allow-Methods"));
                assertNeverCredentials(answer);
                assertTrue(log.edgeRejection(Problems.correlationId(answer)).startsWith("origin_not_allowed "));
            }
        }
    }

    @Test
    void a_question_that_is_not_a_browsers_stays_behind_the_gate() {
        assertEquals(
                204, Http.send(preflight(Api.ORDERS, "http://localhost:3000")).statusCode());

        assertProblem(401, "sign_in_required", Http.send(options(Api.ORDERS)));
        assertProblem(
                401, "sign_in_required", Http.send(options(Api.ORDERS).header("Origin", "http://localhost:3000")));
        assertProblem(
                401, "sign_in_required", Http.send(options(Api.ORDERS).header("Access-Control-Request-Method", "PUT")));
    }

    @Test
    void a_request_of_a_program_has_no_origin_and_its_answer_no_leave_to_read() {
        HttpResponse<String> answer = api.get(Person.VIC, Api.ORDERS);

        assertEquals(200, answer.statusCode());
        assertEquals(List.of(), answer.headers().allValues(ALLOWED));
        assertEquals(List.of("Origin"), answer.headers().allValues("Vary"));
    }

    private static void assertReadable(String origin, HttpResponse<String> answer) {
        assertEquals(List.of(origin), answer.headers().allValues(ALLOWED), answer.body());
        assertEquals(
                List.of("ETag, Idempotency-Replayed, Location, Retry-After, WWW-Authenticate, X-Correlation-ID"),
                answer.headers().allValues("Access-Control-Expose-Headers"));
        assertEquals(List.of("Origin"), answer.headers().allValues("Vary"));
        assertNeverCredentials(answer);
    }

    private static void assertNeverCredentials(HttpResponse<String> answer) {
        assertEquals(Optional.empty(), answer.headers().firstValue("Access-Control-Allow-Credentials"));
        assertFalse(answer.headers().map().toString().contains("Allow-Origin=[*]"));
    }

    private HttpRequest.Builder preflight(String path, String origin) {
        return options(path).header("Origin", origin).header("Access-Control-Request-Method", "PUT");
    }

    private HttpRequest.Builder options(String path) {
        return api.anonymous(path).method("OPTIONS", BodyPublishers.noBody());
    }
}
