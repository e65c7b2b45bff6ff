package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two instances on one database. What a person takes back at one of them stops the next call of the agent at both,
 * however many calls are under way; and what they allow again at one is allowed at both.
 */
class IsolationConsentIT {
    private static final int ROUNDS = Integer.getInteger("isolation.revocations", 8);
    private static final int THREADS = 8;
    private static final int ORDER = 700_000;
    private static final String CONSENTS = "/api/v1/consents";
    private static final String REVOKED = "You have taken back what you allowed this agent";

    private final LocalStack stack = Running.stack();
    private final Api first = new Api(stack);
    private final RemoteServices second = RemoteServices.running();
    private final Rows rows = new Rows(stack);
    private final Member member = new Member(stack, "PM");

    /** A call, when it was made, and whether it was let through. */
    private record Called(long began, long ended, boolean let, String answer) {}

    @BeforeEach
    void an_order() {
        rows.change("insert into orders (number, tenant, owner, customer_name, product, quantity, status, created_at,"
                + " version) values (" + ORDER + ", '" + Person.VIC.tenant + "', '" + member.id + "', 'Somebody', '"
                + member.canary + "', 1, 'pending', now(), 1)");
        second.play(request -> List.of(
                request.message().isEmpty()
                        ? Items.message(request.input().get(0).text("output"))
                        : Items.functionCall("update-order", "{\"id\":\"ORD-" + ORDER + "\",\"quantity\":7}")));
    }

    @AfterEach
    void forget() {
        rows.change("delete from orders where number = " + ORDER);
        for (String table : List.of("approval", "consent", "conversation")) {
            rows.change("delete from " + table + " where owner = '" + member.id + "'");
        }
    }

    @Test
    void what_is_taken_back_at_one_instance_stops_the_next_call_at_both_however_many_are_under_way() throws Exception {
        String agent = member.token(Ids.ASSISTANT);
        assertTrue(let(callFirst(agent, McpEra.LEGACY)));
        String entry = entry("orders-assistant");
        AtomicBoolean over = new AtomicBoolean();
        Queue<Called> calls = new ConcurrentLinkedQueue<>();
        List<long[]> revoked = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                boolean atFirst = i % 2 == 0;
                McpEra era = McpEra.values()[i / 2 % 2];
                all.add(threads.submit(() -> {
                    while (!over.get()) {
                        long began = System.nanoTime();
                        HttpResponse<String> answer = atFirst ? callFirst(agent, era) : callSecond(agent, era);
                        calls.add(new Called(began, System.nanoTime(), let(answer), answer.body()));
                        assertEquals(List.of(), answer.headers().allValues("WWW-Authenticate"));
                    }
                }));
            }
            for (int round = 0; round < ROUNDS; round++) {
                TimeUnit.MILLISECONDS.sleep(100);
                boolean here = round % 2 == 0;
                assertEquals(204, revoke(here, entry).statusCode());
                long from = System.nanoTime();
                TimeUnit.MILLISECONDS.sleep(100);
                long until = System.nanoTime();
                assertEquals(200, allow(!here, entry).statusCode());
                revoked.add(new long[] {from, until, System.nanoTime()});
            }
            TimeUnit.MILLISECONDS.sleep(100);
            over.set(true);
            for (Future<?> ended : all) {
                ended.get();
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }

        assertEquals(
                List.of(),
                calls.stream()
                        .filter(call -> call.let() && within(call, revoked))
                        .toList());
        long stopped = calls.stream().filter(call -> !call.let()).count();
        long let = calls.stream().filter(Called::let).count();
        System.out.println("Taken back " + ROUNDS + " times at two instances: " + let + " calls let through, " + stopped
                + " stopped");
        assertTrue(stopped > 0 && let > 0, stopped + " were stopped, " + let + " were not");
        assertTrue(calls.stream().allMatch(call -> call.let() || call.answer().contains(REVOKED)));
        long last = revoked.get(revoked.size() - 1)[2];
        assertTrue(calls.stream().filter(call -> call.began() > last).allMatch(Called::let), "It is allowed again");
        assertEquals(
                List.of(String.valueOf(stopped)),
                rows.find("select count(*) from tool_call where user_id = '" + member.id
                        + "' and rule = 'consent_revoked'"));
    }

    /** One that ended later may have been decided after it was allowed again. */
    private static boolean within(Called call, List<long[]> revoked) {
        return revoked.stream().anyMatch(span -> call.began() > span[0] && call.ended() < span[1]);
    }

    @Test
    void what_is_taken_back_while_a_run_waits_is_not_done_even_if_it_is_approved() {
        Json asked = chat(Map.of("message", "seven, please", "agent", "orders-functions"));
        String consent = asked.at("/consents/0").text("id");
        assertEquals(200, allow(true, consent).statusCode());
        String conversation = asked.text("conversation_id");
        Json waits = chat(Map.of("conversation_id", conversation, "resume", true));
        String approval = waits.at("/approvals/0").text("id");
        assertFalse(approval.isEmpty(), waits.toString());
        Optional<String> before = order();

        assertEquals(204, revoke(true, consent).statusCode());
        Map<String, Object> approve = Map.of("decision", "approve");
        assertEquals(
                200,
                Http.send(Api.withBody(first.bearing(member.token(), "/api/v1/approvals/" + approval), "POST", approve))
                        .statusCode());
        Json stopped = chat(Map.of("conversation_id", conversation, "resume", true));

        assertEquals("consent_revoked", stopped.at("/error").text("reason"), stopped.toString());
        assertEquals(before, order());
        assertEquals(200, allow(true, consent).statusCode());
        Json done = chat(Map.of("conversation_id", conversation, "resume", true));
        assertTrue(done.text("text").contains("\"quantity\":7"), done.toString());
        assertFalse(before.equals(order()));
    }

    private Optional<String> order() {
        return rows.find("select o::text from orders o where number = " + ORDER).stream()
                .findFirst();
    }

    private Json chat(Map<String, Object> body) {
        HttpResponse<String> answer = second.post(member.token(), Api.CHAT, body);
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.of(answer.body());
    }

    private HttpResponse<String> callFirst(String token, McpEra era) {
        var message = era.call("get-order", "{\"id\":\"ORD-" + ORDER + "\"}");
        return Http.send(Api.withBody(era.headed(first.bearing(token, Api.MCP), message), "POST", message.toString()));
    }

    private HttpResponse<String> callSecond(String token, McpEra era) {
        return second.call(token, era, "get-order", Map.of("id", "ORD-" + ORDER));
    }

    private boolean let(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body().contains(member.canary);
    }

    private String entry(String agent) {
        HttpResponse<String> all = Http.send(first.bearing(member.token(), CONSENTS));
        return Json.of(all.body()).all("/items").stream()
                .filter(item -> item.text("agent").equals(agent))
                .findFirst()
                .orElseThrow()
                .text("id");
    }

    private HttpResponse<String> revoke(boolean atFirst, String entry) {
        return Http.send(at(atFirst, CONSENTS + "/" + entry).DELETE());
    }

    private HttpResponse<String> allow(boolean atFirst, String entry) {
        return Http.send(Api.withBody(at(atFirst, CONSENTS + "/" + entry), "POST", Map.of("decision", "allow")));
    }

    private HttpRequest.Builder at(boolean atFirst, String path) {
        return atFirst ? first.bearing(member.token(), path) : second.request(member.token(), path);
    }
}
