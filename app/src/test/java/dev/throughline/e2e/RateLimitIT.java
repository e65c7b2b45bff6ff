package dev.throughline.e2e;

import static dev.throughline.e2e.Budgeted.assertNoWayRound;
import static dev.throughline.e2e.Budgeted.assertToldToWait;
import static dev.throughline.e2e.Budgeted.exhaust;
import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.run.LocalStack;
import dev.throughline.local.run.StartFailedException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who asks too much waits, by whichever way; nothing that a client can choose leads round it. One server keeps the
 * budgets in its memory; two others share theirs in the database.
 */
class RateLimitIT {
    private static final int USER = 20;
    private static final int AGENT = 8;
    private static final int WRITES = 6;
    private static final int AGENT_WRITES = WRITES / 2;
    private static final int TOOL = 5;
    private static final int CHAT = 4;
    private static final int CHAT_SECONDS = 5;
    private static final Map<String, String> LIMITS = Map.of(
            "RATE_LIMIT_STORE", "database",
            "RATE_LIMIT_USER", "60," + USER,
            "RATE_LIMIT_AGENT", "60," + AGENT,
            "RATE_LIMIT_WRITES", "60," + WRITES,
            "RATE_LIMIT_TOOL", "60," + TOOL,
            "RATE_LIMIT_CHAT", 60 / CHAT_SECONDS + "," + CHAT,
            // Few, so that a connection which is not given back is missed.
            "DB_POOL_SIZE", "4");
    private static final String ORDER = "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}";
    private static final String NIGHT_AGENT = "c0ffee00-0000-4000-8000-0000000000a5";

    private static final Map<Store, Budgeted> SERVERS = new EnumMap<>(Store.class);
    private static LocalStack stack;

    /** Where a server keeps the budgets. */
    enum Store {
        DATABASE,
        MEMORY
    }

    /** The ways in, each with a request that everybody may make, and the budget that it empties first. */
    enum Way {
        REST("user", USER, 1, Api.ORDERS, ""),
        MCP("user", USER, 1, Api.MCP, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"),
        CHAT("chat", RateLimitIT.CHAT, CHAT_SECONDS, Api.CHAT, "{\"message\":\"help\"}");

        private final String budget;
        private final int burst;
        private final int everySeconds;
        private final String path;
        private final String body;

        Way(String budget, int burst, int everySeconds, String path, String body) {
            this.budget = budget;
            this.burst = burst;
            this.everySeconds = everySeconds;
            this.path = path;
            this.body = body;
        }

        HttpRequest.Builder ask(Budgeted server, String token) {
            return body.isEmpty() ? server.request(path, token) : server.post(path, token, body);
        }

        HttpResponse<String> exhausted(Budgeted server, String token) {
            return exhaust(200, burst, everySeconds, () -> ask(server, token));
        }

        String adapter() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Arguments> everyWay() {
        return Stream.of(Store.values())
                .flatMap(store -> Stream.of(Way.values()).map(way -> Arguments.of(store, way)));
    }

    @BeforeAll
    static void servers_with_small_limits() {
        stack = Running.another("limits", LIMITS);
        SERVERS.put(Store.DATABASE, new Budgeted(stack.web()));
        SERVERS.put(Store.MEMORY, beside(Map.of("RATE_LIMIT_STORE", "memory")));
    }

    private static Budgeted beside(Map<String, String> settings) {
        LocalPorts ports = LocalPorts.free();
        stack.startBeside(ports, Running.emptyFolder("limits-beside"), settings);
        return new Budgeted(URI.create("http://localhost:" + ports.web() + "/"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void beyond_the_budget_one_is_told_when_to_come_back_and_that_is_true(Store store, Way way) throws Exception {
        Budgeted server = SERVERS.get(store);
        String vic = chatting(way, "vic").sign();
        double before = server.refusals(way.budget, way.adapter());

        HttpResponse<String> refused = way.exhausted(server, vic);

        int wait = assertToldToWait(refused);
        assertTrue(wait <= way.everySeconds, "Retry-After: " + wait);
        assertEquals(before + 1, server.refusals(way.budget, way.adapter()));
        String somebodyElse = chatting(way, "ana").sign();
        assertEquals(200, Http.send(way.ask(server, somebodyElse)).statusCode());
        Thread.sleep(1000L * wait);
        assertEquals(200, Http.send(way.ask(server, vic)).statusCode());
        if (store == Store.DATABASE) {
            Json event = new ServerLog(stack).event(Problems.correlationId(refused));
            assertEquals("rate_limited", event.text("event"));
            assertEquals(way.budget, event.text("reason"));
            assertEquals(way.adapter(), event.text("adapter"));
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void nothing_that_a_client_chooses_leads_to_another_budget(Store store, Way way) throws Exception {
        Budgeted server = SERVERS.get(store);
        TokenDraft draft = chatting(way, "pat");
        String pat = draft.sign();
        Supplier<HttpRequest.Builder> plain = () -> way.ask(server, pat);
        assertEquals(200, Budgeted.patiently(plain).statusCode());

        for (List<String> header : List.of(
                List.of("X-Forwarded-For", "203.0.113.9"),
                List.of("Forwarded", "for=203.0.113.9"),
                List.of("X-Real-IP", "203.0.113.9"),
                List.of("True-Client-IP", "203.0.113.9"),
                List.of("X-Forwarded-User", Person.ADA.login),
                List.of("X-MS-CLIENT-PRINCIPAL-ID", Person.ADA.id),
                List.of(Api.CORRELATION_ID, "another"),
                List.of("User-Agent", "another"),
                List.of("Mcp-Session-Id", "another"),
                List.of("Cookie", "JSESSIONID=another"))) {
            assertNoWayRound(
                    plain,
                    () -> Http.send(plain.get().setHeader(header.get(0), header.get(1)))
                            .statusCode(),
                    header.toString());
        }
        for (TokenDraft other : List.of(
                draft.with("uti", UUID.randomUUID().toString()),
                draft.with("sid", UUID.randomUUID().toString()),
                draft.with("sub", "another-pairwise-subject"),
                draft.with("roles", List.of("Admin")),
                draft.with("scp", "Orders.Read"))) {
            assertNotEquals(pat, other.sign());
            assertNoWayRound(
                    plain, () -> Http.send(way.ask(server, other.sign())).statusCode(), "Another token");
        }
        assertNoWayRound(plain, () -> Wire.status(server.byHand(way.path, pat, way.body)), "A connection of its own");
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void many_at_once_get_no_more_than_the_burst(Store store, Way way) throws Exception {
        Budgeted server = SERVERS.get(store);
        String ada = chatting(way, "ada").sign();
        long begin = System.nanoTime();

        List<Integer> statuses = Budgeted.atOnce(
                Stream.generate(() -> way.ask(server, ada)).limit(3L * USER).toList());

        int let = Collections.frequency(statuses, 200);
        Budgeted.assertLimited(let, way.burst, way.burst, way.everySeconds, begin);
        assertEquals(statuses.size() - let, Collections.frequency(statuses, 429), statuses.toString());
    }

    @ParameterizedTest
    @EnumSource
    void attempts_to_change_orders_have_a_lower_budget_whichever_way_they_come(Store store) throws Exception {
        Budgeted server = SERVERS.get(store);
        String pat = somebodyLike("pat").sign();
        Supplier<HttpRequest.Builder> place = () -> server.post(Api.ORDERS, pat, ORDER);
        HttpResponse<String> refused = exhaust(201, WRITES, 1, place);

        int wait = assertToldToWait(refused);
        assertNoWayRound(
                place,
                () -> {
                    int orders = orders();
                    int status = Http.send(server.post(Api.MCP, pat, call("create-order", ORDER)))
                            .statusCode();
                    assertTrue(status != 429 || orders == orders(), "Who is refused changes nothing");
                    return status;
                },
                "A tool");
        assertEquals(200, Http.send(server.request(Api.ORDERS, pat)).statusCode());
        assertEquals(
                200,
                Http.send(server.post(Api.MCP, pat, call("list-orders", "{}"))).statusCode());
        String somebodyElse = somebodyLike("pat").sign();
        assertEquals(
                201, Http.send(server.post(Api.ORDERS, somebodyElse, ORDER)).statusCode());
        Thread.sleep(1000L * wait);
        assertEquals(201, Http.send(place.get()).statusCode());
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_of_change_is_counted(Store store) throws Exception {
        Budgeted server = SERVERS.get(store);
        String pat = somebodyLike("pat").sign();
        String id = "{\"id\":\"ORD-002\"}";
        String change = "{\"id\":\"ORD-002\",\"quantity\":1}";
        String order = Api.ORDERS + "/ORD-002";

        for (Supplier<HttpRequest.Builder> write : List.<Supplier<HttpRequest.Builder>>of(
                () -> Api.withBody(server.request(order, pat), "PUT", "{\"quantity\":1}"),
                () -> server.request(order, pat).DELETE(),
                () -> server.post(Api.MCP, pat, call("create-order", ORDER)),
                () -> server.post(Api.MCP, pat, call("update-order", change)),
                () -> server.post(Api.MCP, pat, call("delete-order", id)))) {
            assertNoWayRound(
                    () -> server.post(Api.ORDERS, pat, ORDER),
                    () -> Http.send(write.get()).statusCode(),
                    write.get().build().toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_agent_beyond_its_budget_leaves_the_rest_to_its_person_and_other_agents(Store store) {
        Budgeted server = SERVERS.get(store);
        TokenDraft vic = somebodyLike("vic");
        String assistant = through(Ids.ASSISTANT, vic);
        double before = server.refusals("agent", "mcp");

        HttpResponse<String> refused = exhaust(200, AGENT, 1, () -> Way.MCP.ask(server, assistant));

        assertToldToWait(refused);
        assertEquals(before + 1, server.refusals("agent", "mcp"));
        for (int i = 0; i < USER; i++) {
            Http.send(Way.MCP.ask(server, assistant));
        }
        String desktop = through(Ids.DESKTOP, vic);
        assertEquals(200, Http.send(Way.MCP.ask(server, desktop)).statusCode());
        assertEquals(200, Http.send(Way.REST.ask(server, vic.sign())).statusCode());
    }

    @ParameterizedTest
    @EnumSource
    void all_agents_of_a_person_together_have_no_more_than_the_person(Store store) {
        Budgeted server = SERVERS.get(store);
        TokenDraft vic = somebodyLike("vic");
        List<String> tokens = List.of(through(Ids.ASSISTANT, vic), through(Ids.DESKTOP, vic), vic.sign());
        AtomicInteger turn = new AtomicInteger();

        assertToldToWait(exhaust(
                200, USER, 1, () -> Way.MCP.ask(server, tokens.get(turn.getAndIncrement() % tokens.size()))));
    }

    /** The policy refuses each of them, too, since agents only read; it is the attempts that count. */
    @ParameterizedTest
    @EnumSource
    void an_agents_attempts_to_change_orders_leave_some_to_its_person(Store store) {
        Budgeted server = SERVERS.get(store);
        TokenDraft pat = somebodyLike("pat");
        String assistant = through(Ids.ASSISTANT, pat);
        double before = server.refusals("agent_writes", "mcp");

        HttpResponse<String> refused =
                exhaust(200, AGENT_WRITES, 2, () -> server.post(Api.MCP, assistant, call("create-order", ORDER)));

        assertToldToWait(refused);
        assertEquals(before + 1, server.refusals("agent_writes", "mcp"));
        assertEquals(
                200,
                Http.send(server.post(Api.MCP, assistant, call("list-orders", "{}")))
                        .statusCode());
        assertEquals(201, Http.send(server.post(Api.ORDERS, pat.sign(), ORDER)).statusCode());
    }

    @ParameterizedTest
    @EnumSource
    void a_loop_around_one_tool_leaves_the_others_to_the_same_agent(Store store) {
        Budgeted server = SERVERS.get(store);
        String assistant = through(Ids.ASSISTANT, somebodyLike("ana"));
        double before = server.refusals("tool", "mcp");

        HttpResponse<String> refused =
                exhaust(200, TOOL, 1, () -> server.post(Api.MCP, assistant, call("list-orders", "{}")));

        assertToldToWait(refused);
        assertEquals(before + 1, server.refusals("tool", "mcp"));
        assertEquals(
                200,
                Http.send(server.post(Api.MCP, assistant, call("whoami", "{}"))).statusCode());
    }

    @ParameterizedTest
    @EnumSource
    void an_agent_that_tries_to_chat_costs_its_person_no_messages(Store store) {
        Budgeted server = SERVERS.get(store);
        TokenDraft vic = somebodyLike("vic");
        String assistant = through(Ids.ASSISTANT, vic);

        assertToldToWait(exhaust(403, CHAT, CHAT_SECONDS, () -> Way.CHAT.ask(server, assistant)));

        assertNotEquals(429, Http.send(Way.CHAT.ask(server, vic.sign())).statusCode());
    }

    @ParameterizedTest
    @EnumSource
    void an_agent_as_itself_is_counted_by_its_client_whatever_else_it_says_of_itself(Store store) {
        Budgeted server = SERVERS.get(store);
        TokenDraft agent = stack.entra().tokens().application(NIGHT_AGENT);

        assertToldToWait(exhaust(200, AGENT, 1, () -> {
            String other = UUID.randomUUID().toString();
            return Way.MCP.ask(
                    server, agent.with("oid", other).with("sub", other).sign());
        }));
    }

    @ParameterizedTest
    @EnumSource
    void tokens_that_are_refused_cost_nobody_anything(Store store) {
        Budgeted server = SERVERS.get(store);
        TokenDraft vic = somebodyLike("vic");
        for (int i = 0; i < 2 * USER; i++) {
            HttpResponse<String> answer =
                    Http.send(Way.REST.ask(server, vic.expired().sign()));
            assertProblem(401, "invalid_token", answer);
        }

        Way.REST.exhausted(server, vic.sign());
    }

    @ParameterizedTest
    @EnumSource
    void no_spelling_of_an_address_makes_a_change_or_a_message_cheaper(Store store) throws Exception {
        Budgeted server = SERVERS.get(store);
        String pat = somebodyLike("pat").sign();
        String ana = stack.entra().tokens().user("ana").sign();
        for (String before :
                List.of("/api/v1/", "/api/v1//", "//api/v1/", "/api/v1/./", "/api;a=b/v1/", "/api/v1/mcp/../")) {
            for (String after : List.of("", "/", ";a=b", "?a=b", "%20")) {
                assertNoWayRound(
                        () -> server.post(Api.ORDERS, pat, ORDER),
                        () -> Wire.status(server.byHand(before + "orders" + after, pat, ORDER)),
                        before + "orders" + after,
                        Set.of(400, 404, 429));
                assertNoWayRound(
                        () -> Way.CHAT.ask(server, ana),
                        () -> Wire.status(server.byHand(before + "chat" + after, ana, Way.CHAT.body)),
                        before + "chat" + after,
                        Set.of(400, 404, 429));
            }
        }
    }

    @Test
    void servers_that_share_a_database_share_the_budgets() throws Exception {
        List<Budgeted> servers = List.of(SERVERS.get(Store.DATABASE), beside(Map.of()));
        String vic = somebodyLike("vic").sign();
        AtomicInteger turn = new AtomicInteger();
        long begin = System.nanoTime();

        List<Integer> statuses =
                Budgeted.atOnce(Stream.generate(() -> Way.REST.ask(servers.get(turn.getAndIncrement() % 2), vic))
                        .limit(3L * USER)
                        .toList());

        int let = Collections.frequency(statuses, 200);
        Budgeted.assertLimited(let, USER, USER, 1, begin);
        assertEquals(statuses.size() - let, Collections.frequency(statuses, 429), statuses.toString());
    }

    @Test
    void where_the_budgets_cannot_be_had_nobody_gets_through_and_afterwards_everybody_does() throws Exception {
        Budgeted server = SERVERS.get(Store.DATABASE);
        String ana = stack.entra().tokens().user("ana").sign();
        for (Way way : Way.values()) {
            assertEquals(200, Budgeted.patiently(() -> way.ask(server, ana)).statusCode());
        }
        stack.database().close();
        try {
            for (Way way : Way.values()) {
                long begin = System.nanoTime();
                HttpResponse<String> answer = Http.send(way.ask(server, ana));
                assertProblem(503, "unavailable", answer);
                assertTrue(Budgeted.retryAfter(answer) > 0);
                assertTrue(System.nanoTime() - begin < 10_000_000_000L, "It took too long");
            }
        } finally {
            stack.restartDatabase();
        }
        assertEquals(200, Http.send(Way.REST.ask(server, ana)).statusCode());
    }

    @Test
    void a_limit_that_is_none_stops_the_start_with_one_sentence() {
        StartFailedException refusal =
                assertThrows(StartFailedException.class, () -> beside(Map.of("RATE_LIMIT_AGENT", "0,5")));

        assertTrue(refusal.getMessage().contains("RATE_LIMIT_AGENT must be requests a minute"), refusal.getMessage());
    }

    /** Somebody who has not asked for anything yet. */
    private static TokenDraft somebodyLike(String person) {
        return stack.entra().tokens().user(person).with("oid", UUID.randomUUID().toString());
    }

    /** Somebody who has not asked by this way yet; only people whom the directory knows can chat. */
    private static TokenDraft chatting(Way way, String person) {
        return way == Way.CHAT ? stack.entra().tokens().user(person) : somebodyLike(person);
    }

    /** The same person through an agent. */
    private static String through(String agent, TokenDraft person) {
        return person.with("azp", agent).sign();
    }

    private static String call(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private static int orders() {
        return Integer.parseInt(
                new Rows(stack).find("select count(*) from orders").get(0));
    }
}
