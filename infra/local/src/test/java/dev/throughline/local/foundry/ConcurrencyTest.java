package dev.throughline.local.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.OrdersProject.Reply;
import dev.throughline.local.responses.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** Many runs at once, and runs whose reader leaves. */
@Timeout(180)
class ConcurrencyTest extends ProjectTest {

    private static final int RUNS = 200;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void allow() {
        project.allow("vic");
    }

    @Test
    void two_hundred_runs_wait_for_their_tools_at_once_and_nobody_else_waits() throws Exception {
        project.desk.holdCalls();
        List<CompletableFuture<HttpResponse<String>>> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(http.sendAsync(
                    request(OrdersProject.run("show ORD-003").put("stream", true)),
                    HttpResponse.BodyHandlers.ofString()));
        }
        until(() -> project.desk.calls.size() == RUNS);

        assertEquals(
                List.of("oauth_consent_request"), project.ask("ana", "hello").itemTypes());
        assertEquals(
                200,
                project.ask("ana", OrdersProject.runOf("orders-functions", "help"))
                        .status());
        project.allow("pat");

        for (int i = RUNS; i < ResponsesApi.MAX_RUNS; i++) {
            runs.add(http.sendAsync(
                    request(OrdersProject.run("show ORD-003").put("stream", true)),
                    HttpResponse.BodyHandlers.ofString()));
        }
        until(() -> project.desk.calls.size() == ResponsesApi.MAX_RUNS);
        Reply oneTooMany = project.ask("vic", "show ORD-003");
        assertEquals(429, oneTooMany.status());
        assertEquals(
                "1", oneTooMany.response().headers().firstValue("Retry-After").orElse(""));

        project.desk.releaseCalls();
        for (CompletableFuture<HttpResponse<String>> run : runs) {
            Reply reply = new Reply(run.get(60, TimeUnit.SECONDS));
            assertTrue(reply.body().contains("ORD-003 is pending"), reply.body());
        }
    }

    @Test
    void two_hundred_runs_of_the_hosted_agent_end() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(http.sendAsync(
                    request(OrdersProject.runOf("orders-functions", "show ORD-003")
                            .put("stream", true)),
                    HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> run : runs) {
            List<String> types = new Reply(run.get(60, TimeUnit.SECONDS)).eventTypes();
            assertEquals("response.completed", types.get(types.size() - 1));
        }
    }

    @Test
    void an_expired_token_is_refreshed_once_for_all_runs() {
        project.foundry.expireConnectionTokens();
        long before = refreshes();

        List<CompletableFuture<HttpResponse<String>>> runs = Stream.generate(() -> http.sendAsync(
                        request(OrdersProject.run("show ORD-003")), HttpResponse.BodyHandlers.ofString()))
                .limit(20)
                .toList();
        runs.forEach(run -> assertEquals(200, run.join().statusCode()));
        assertEquals(1, refreshes() - before);
    }

    private long refreshes() {
        return project.entra.requests().stream()
                .filter(request -> request.grantType().equals("refresh_token"))
                .count();
    }

    @Test
    void a_run_whose_reader_stays_makes_both_of_its_calls() throws Exception {
        project.desk.holdCalls();
        HttpResponse<InputStream> answer = begin(OrdersProject.run("which orders are mine?"));
        until(() -> project.desk.calls.size() == 1);
        project.desk.releaseCalls();

        try (InputStream body = answer.body()) {
            body.readAllBytes();
        }
        assertEquals(2, project.desk.calls.size());
    }

    @Test
    void a_run_whose_reader_has_gone_makes_no_further_call() throws Exception {
        project.desk.holdCalls();
        HttpResponse<InputStream> answer = begin(OrdersProject.run("which orders are mine?"));
        until(() -> project.desk.calls.size() == 1);
        String id = responseId(answer.body());
        answer.body().close();
        Thread.sleep(200);
        project.desk.releaseCalls();

        Thread.sleep(1_000);
        assertEquals(1, project.desk.calls.size());
        assertEquals(
                404,
                project.get("/openai/v1/responses/" + id, project.token("vic")).status());
    }

    @Test
    void nothing_is_kept_of_a_hosted_run_whose_reader_has_gone() throws Exception {
        project.foundry.failNext(new Fault.SlowEvents(Duration.ofMillis(150)));
        HttpResponse<InputStream> answer = begin(OrdersProject.runOf("orders-functions", "show ORD-003"));
        String id = responseId(answer.body());
        answer.body().close();

        Thread.sleep(2_000);
        assertEquals(
                404,
                project.get("/openai/v1/responses/" + id, project.token("vic")).status());
    }

    /** From the first event. */
    private static String responseId(InputStream body) throws IOException {
        StringBuilder read = new StringBuilder();
        while (!read.toString().endsWith("\n\n")) {
            read.append((char) body.read());
        }
        String data = read.substring(read.indexOf("data: ") + "data: ".length());
        return Json.text(Json.MAPPER.readTree(data).path("response"), "id");
    }

    private HttpResponse<InputStream> begin(ObjectNode body) throws Exception {
        return http.send(request(body.put("stream", true)), HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest request(ObjectNode body) {
        return project.request("/openai/v1/responses", project.token("vic"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "It did not come to that");
            Thread.sleep(20);
        }
    }
}
