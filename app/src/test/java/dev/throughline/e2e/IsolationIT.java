package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.e2e.RemoteServices.Request;
import dev.throughline.local.run.LocalStack;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A thousand people at once, each with something that is theirs alone: whatever they and their agents do at the same
 * time, what one of them is answered, and what is kept of it, has nothing of anybody else.
 * {@code -Disolation.operations=1000000}, {@code -Disolation.reads=1000000} and {@code -Disolation.seed=…} do more and
 * other.
 */
class IsolationIT {
    private static final int OPERATIONS = Integer.getInteger("isolation.operations", 4_000);
    private static final int READS = Integer.getInteger("isolation.reads", 1_000);
    private static final long SEED = Long.getLong("isolation.seed", 20_261_126L);
    private static final int THREADS = 64;
    private static final int PEOPLE = 1_000;
    private static final int FIRST_ORDER = 600_000;
    private static final String FUNCTIONS = "orders-functions";
    private static final String APPROVALS = "/api/v1/approvals";
    private static final String CONSENTS = "/api/v1/consents";
    private static final String CONVERSATIONS = "/api/v1/conversations";
    private static final Pattern CANARIES = Pattern.compile(Member.CANARY);
    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern ORDER = Pattern.compile("ORD-\\d+");

    private final LocalStack stack = Running.stack();
    private final RemoteServices server = RemoteServices.running();
    private final Rows rows = new Rows(stack);
    private final List<Somebody> people = new ArrayList<>();
    private final Map<String, Somebody> byId = new HashMap<>();
    private final Map<String, String> ownerOfCanary = new HashMap<>();
    private final Queue<String> mixedUp = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<String, AtomicLong> done = new ConcurrentHashMap<>();
    private final AtomicInteger left = new AtomicInteger();

    @BeforeEach
    void everybody_has_an_order_and_a_canary() {
        for (int i = 0; i < PEOPLE; i++) {
            Member member = new Member(stack, i % 10 == 0 ? "PM" : "Viewer");
            Somebody somebody = new Somebody(member, FIRST_ORDER + i);
            people.add(somebody);
            byId.put(member.id, somebody);
            ownerOfCanary.put(member.canary, member.id);
        }
        rows.change("insert into orders (number, tenant, owner, customer_name, product, quantity, status, created_at,"
                + " version) values "
                + people.stream()
                        .map(somebody -> "(%d, '%s', '%s', 'Somebody', '%s', 1, 'pending', now(), 1)"
                                .formatted(
                                        somebody.number, Person.VIC.tenant, somebody.member.id, somebody.member.canary))
                        .collect(Collectors.joining(", ")));
        server.play(this::answered);
    }

    @AfterEach
    void forget() {
        rows.change("delete from orders where number between " + FIRST_ORDER + " and " + (FIRST_ORDER + PEOPLE));
        for (String table : List.of("approval", "consent", "conversation")) {
            rows.change("delete from " + table + " where owner in (" + ids() + ")");
        }
        rows.change("delete from tool_call where user_id in (" + ids() + ")");
    }

    private String ids() {
        return byId.keySet().stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
    }

    @Test
    void whatever_a_thousand_people_do_at_once_each_meets_nothing_but_their_own() throws Exception {
        long exchanges = server.exchanges.get();
        long begin = System.nanoTime();
        atOnce(OPERATIONS, Somebody::act);
        long reading = System.nanoTime();
        String acted = new TreeMap<>(done).toString();
        done.clear();
        atOnce(READS, Somebody::readAnything);
        System.out.println("Isolation: seed " + SEED + ", " + (reading - begin) / 1_000_000_000 + " s, "
                + (server.exchanges.get() - exchanges) + " exchanges, operations " + acted + "; then "
                + (System.nanoTime() - reading) / 1_000_000_000 + " s, reads " + new TreeMap<>(done));

        assertEquals(List.of(), List.copyOf(mixedUp));
        assertEquals(List.of(), server.broken());
        assertTrue(server.exchanges.get() > exchanges, "Tokens were exchanged");
        everything_on_record_is_of_whom_it_is_about();
        no_token_is_anywhere();
    }

    @Test
    void something_of_somebody_else_would_be_noticed() {
        Member one = people.get(0).member;
        Member other = people.get(1).member;
        assertOnly(one.id, one.id + one.canary);

        assertThrows(AssertionError.class, () -> assertOnly(one.id, other.canary));
        assertThrows(AssertionError.class, () -> assertOnly(one.id, other.id));
        answered(new Request(one.id, FUNCTIONS, Json.of(Json.text(Map.of("input", List.of(), "text", other.canary)))));
        assertEquals(1, mixedUp.size());
        assertTrue(Problems.holdsToken("{\"title\":\"" + one.token() + "\"}"));
        assertFalse(Problems.holdsToken("{\"next_cursor\":\"AeyJhAAAAAAAAAAAAA\"}"));
    }

    private void atOnce(int operations, BiConsumer<Somebody, Random> act) throws Exception {
        left.set(operations);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(SEED + i);
                all.add(threads.submit(() -> act(act, random)));
            }
            for (Future<?> ended : all) {
                ended.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void act(BiConsumer<Somebody, Random> act, Random random) {
        try {
            while (left.get() > 0) {
                Somebody somebody = people.get(random.nextInt(PEOPLE));
                if (somebody.busy.tryLock()) {
                    try {
                        act.accept(somebody, random);
                    } finally {
                        somebody.busy.unlock();
                    }
                }
            }
        } finally {
            // Whether all is done or somebody has met what they must not: it is over for all.
            left.set(0);
        }
    }

    private void everything_on_record_is_of_whom_it_is_about() {
        Map<String, Integer> calls = new HashMap<>();
        assertTheirs(rows.recorded(
                        "select user_id::text || ' ' || t::text from tool_call t where user_id in (" + ids() + ")"))
                .forEach(owner -> calls.merge(owner, 1, Integer::sum));
        List<String> owned = List.of(
                "select owner::text || ' ' || a::text from approval a",
                "select owner::text || ' ' || o::text from orders o",
                "select owner::text || ' ' || c::text from consent c",
                "select owner::text || ' ' || c::text from conversation c",
                "select owner::text || ' ' || r::text from run r");
        owned.forEach(sql -> assertTheirs(rows.find(sql + " where owner in (" + ids() + ")")));
        for (Somebody somebody : people) {
            String who = somebody.member.toString();
            assertEquals(somebody.calls, calls.getOrDefault(somebody.member.id, 0), "Calls on record of " + who);
        }
        assertEquals(
                people.stream()
                        .map(somebody -> somebody.number + " " + somebody.quantity + " " + somebody.version)
                        .toList(),
                rows.find("select number || ' ' || quantity || ' ' || version from orders where owner in (" + ids()
                        + ") order by number"));
        assertEquals(
                people.stream()
                        .filter(somebody -> !somebody.consentId.isEmpty())
                        .map(somebody -> somebody.member.id + " " + somebody.consent)
                        .sorted()
                        .toList(),
                rows
                        .find("select owner::text || ' ' || state from consent where agent = '" + FUNCTIONS
                                + "' and owner in (" + ids() + ")")
                        .stream()
                        .sorted()
                        .toList());
    }

    /** Asserts of rows, each after its owner, that they hold nothing of anybody else; answers the owners. */
    private List<String> assertTheirs(List<String> found) {
        List<String> owners = new ArrayList<>();
        for (String row : found) {
            String owner = row.substring(0, 36);
            owners.add(owner);
            assertOnly(owner, row);
        }
        return owners;
    }

    private void no_token_is_anywhere() {
        assertEquals(List.of(), rows.columnsContaining(server.marker));
        Somebody somebody = people.get(0);
        for (String token : somebody.member.tokens()) {
            String signature = token.substring(token.lastIndexOf('.') + 1);
            assertEquals(List.of(), rows.columnsContaining(signature));
        }
        String logs = server.logs();
        assertFalse(logs.contains(server.marker), "A delegated token is in the log");
        assertFalse(Problems.holdsToken(logs), "A token is in the log");
        assertFalse(CANARIES.matcher(logs).find(), "What people write is in the log");
    }

    /** Asserts that a text holds no canary, and names nobody, but of this person. */
    private void assertOnly(String owner, String text) {
        Matcher canaries = CANARIES.matcher(text);
        while (canaries.find()) {
            assertEquals(owner, ownerOfCanary.get(canaries.group()), () -> "Foreign canary in " + text);
        }
        Matcher uuids = UUIDS.matcher(text);
        while (uuids.find()) {
            boolean foreign = byId.containsKey(uuids.group()) && !uuids.group().equals(owner);
            assertFalse(foreign, () -> "Another person in " + text);
        }
    }

    /**
     * An agent that does what it is told, and tells all that it hears; and looks whether it hears it of the right one.
     */
    private List<Map<String, Object>> answered(Request request) {
        String heard = request.body().toString();
        Matcher canaries = CANARIES.matcher(heard);
        while (canaries.find()) {
            if (!request.user().equals(ownerOfCanary.get(canaries.group()))) {
                mixedUp.add("The token of " + request.user() + " came with " + heard);
            }
        }
        String message = request.message();
        if (message.isEmpty()) {
            return List.of(Items.message(request.input().stream()
                    .map(output -> output.text("output"))
                    .collect(Collectors.joining(" "))));
        }
        Matcher order = ORDER.matcher(message);
        assertTrue(order.find());
        Map<String, Object> arguments = message.startsWith("change")
                ? Map.of("id", order.group(), "quantity", Integer.parseInt(message.replaceAll(".* to ", "")))
                : Map.of("id", order.group());
        return List.of(
                Items.functionCall(message.startsWith("change") ? "update-order" : "get-order", Json.text(arguments)));
    }

    /** A person, with what the test knows of them; nobody else acts for them meanwhile. */
    private final class Somebody {
        final Member member;
        final int number;
        final ReentrantLock busy = new ReentrantLock();
        volatile String consentId = "";
        volatile String conversation = "";
        volatile String approval = "";
        String consent = "none";
        int calls;
        int quantity = 1;
        int version = 1;

        Somebody(Member member, int number) {
            this.member = member;
            this.number = number;
        }

        void act(Random random) {
            int choice = random.nextInt(100);
            if (choice < 34) {
                read(random);
            } else if (choice < 45) {
                look(random);
            } else if (choice < 58) {
                talk(random, "show " + member.canary + " " + order(), "application/json");
            } else if (choice < 65) {
                talk(random, "show " + member.canary + " " + order(), "text/event-stream");
            } else if (choice < 75) {
                change(random);
            } else if (choice < 82) {
                decide(random);
            } else if (choice < 90) {
                remember(random);
            } else {
                steal(people.get(random.nextInt(PEOPLE)));
            }
        }

        /** What can be looked at, in every way there is, while all others look at theirs. */
        void readAnything(Random random) {
            int choice = random.nextInt(100);
            if (choice < 40) {
                read(random);
            } else if (choice < 80) {
                look(random);
            } else if (choice < 90) {
                remember(random);
            } else if (choice < 94) {
                seen("consent", 200, server.get(member.token(), CONSENTS));
            } else if (choice < 96) {
                seen("approval", 200, server.get(member.token(), APPROVALS));
            } else {
                lookAtTheirs(people.get(random.nextInt(PEOPLE)));
            }
        }

        private String order() {
            return "ORD-" + number;
        }

        /** Through an agent or an MCP client. */
        private void read(Random random) {
            boolean list = member.is("Viewer") && random.nextBoolean();
            String answer = call(
                    random, list ? "list-orders" : "get-order", list ? Map.of("limit", 200) : Map.of("id", order()));
            assertTrue(answer.contains(member.canary), answer);
        }

        private String call(Random random, String tool, Map<String, Object> arguments) {
            String client = random.nextBoolean() ? Ids.ASSISTANT : Ids.DESKTOP;
            return call(client, McpEra.values()[random.nextInt(2)], tool, arguments);
        }

        private String call(String client, McpEra era, String tool, Map<String, Object> arguments) {
            calls++;
            return seen("tool call", 200, server.call(member.token(client), era, tool, arguments));
        }

        private void look(Random random) {
            String path = member.is("Viewer") && random.nextBoolean() ? "?limit=200" : "/" + order();
            String answer = seen("REST", 200, server.get(member.token(), Api.ORDERS + path));
            assertTrue(answer.contains(member.canary), answer);
        }

        /** Says something to the agent, allows it what it asks for or not, and goes on. */
        private String talk(Random random, String message, String accept) {
            // Another token of the same person has to be exchanged anew.
            String token = random.nextInt(5) == 0 ? member.newToken(Ids.WEB_CHAT) : member.token();
            String before = consent;
            String answer = chat(token, Map.of("message", message, "agent", FUNCTIONS), accept);
            if (before.equals("revoked")) {
                assertTrue(answer.contains("consent_revoked"), answer);
                return answer;
            }
            calls++;
            if (!before.equals("allowed")) {
                return asked(random, answer, token, accept);
            }
            assertTrue(message.startsWith("change") || answer.contains(member.canary), answer);
            return answer;
        }

        private String asked(Random random, String answer, String token, String accept) {
            Json interrupt = accept.contains("stream")
                    ? Events.of(answer).last().at("/outcome/interrupts/0")
                    : Json.of(answer).at("/consents/0");
            String id = interrupt.text("id");
            assertTrue(consentId.isEmpty() || consentId.equals(id), answer);
            consentId = id;
            consent = "asked";
            if (random.nextInt(4) == 0) {
                return answer;
            }
            boolean allow = random.nextInt(4) != 0;
            answer(allow ? "allow" : "deny");
            String further = chat(token, Map.of("conversation_id", conversation, "resume", true), accept);
            calls += allow ? 1 : 0;
            assertEquals(!allow, further.contains("does not allow you to use the order desk"), further);
            return further;
        }

        private String chat(String token, Map<String, Object> body, String accept) {
            HttpResponse<String> response =
                    Http.send(Api.withBody(server.request(token, Api.CHAT).header("Accept", accept), "POST", body));
            String answer = seen(accept.contains("stream") ? "chat, streamed" : "chat", 200, response);
            String begun = accept.contains("stream")
                    ? Events.of(answer).all().get(0).text("threadId")
                    : Json.of(answer).text("conversation_id");
            // What is refused begins none.
            conversation = begun.isEmpty() ? conversation : begun;
            return answer;
        }

        private void answer(String decision) {
            String answer = seen(
                    "consent",
                    200,
                    server.post(member.token(), CONSENTS + "/" + consentId, Map.of("decision", decision)));
            consent = Json.of(answer).text("state");
        }

        /** An agent wants to change the person's order, by either route. */
        private void change(Random random) {
            int wanted = 1 + random.nextInt(10_000);
            Map<String, Object> arguments = Map.of("id", order(), "quantity", wanted);
            if (member.is("Viewer")) {
                assertTrue(call(random, "update-order", arguments).contains("Your role does not allow this"));
                return;
            }
            if (random.nextBoolean()) {
                McpEra era = McpEra.values()[random.nextInt(2)];
                assertTrue(call(Ids.ASSISTANT, era, "update-order", arguments).contains("needs your approval"));
                approve(wanted);
                assertTrue(call(Ids.ASSISTANT, era, "update-order", arguments).contains("\"isError\":false"));
                changedTo(wanted);
            } else if (consent.equals("allowed")) {
                talk(random, "change " + member.canary + " " + order() + " to " + wanted, "application/json");
                approve(wanted);
                String answer = chat(
                        member.token(), Map.of("conversation_id", conversation, "resume", true), "application/json");
                calls++;
                assertTrue(answer.contains(member.canary), answer);
                changedTo(wanted);
            }
        }

        private void approve(int wanted) {
            Json all = Json.of(seen("approval", 200, server.get(member.token(), APPROVALS)));
            Json pending = all.all("/items").stream()
                    .filter(item -> item.text("state").equals("pending"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(wanted, pending.at("/after").number("quantity"));
            approval = pending.text("id");
            seen(
                    "approval",
                    200,
                    server.post(member.token(), APPROVALS + "/" + approval, Map.of("decision", "approve")));
        }

        private void changedTo(int wanted) {
            quantity = wanted;
            version++;
        }

        private void decide(Random random) {
            Json all = Json.of(seen("consent", 200, server.get(member.token(), CONSENTS)));
            List<Json> functions = all.all("/items").stream()
                    .filter(item -> item.text("agent").equals(FUNCTIONS))
                    .toList();
            assertEquals(consentId, functions.isEmpty() ? "" : functions.get(0).text("id"));
            if (functions.isEmpty()) {
                return;
            }
            assertEquals(consent, functions.get(0).text("state"));
            if (random.nextInt(3) == 0) {
                seen(
                        "consent",
                        204,
                        Http.send(server.request(member.token(), CONSENTS + "/" + consentId)
                                .DELETE()));
                consent = "revoked";
            } else {
                answer("allow");
            }
        }

        private void remember(Random random) {
            String answer = seen("conversations", 200, server.get(member.token(), CONVERSATIONS));
            assertEquals(conversation.isEmpty(), !answer.contains(member.canary), answer);
            if (!conversation.isEmpty()) {
                String trail = random.nextBoolean() ? "/trail" : "";
                seen("conversations", 200, server.get(member.token(), CONVERSATIONS + "/" + conversation + trail));
            }
        }

        private void steal(Somebody other) {
            if (other == this) {
                return;
            }
            lookAtTheirs(other);
            String token = member.token();
            String unknown = UUID.randomUUID().toString();
            String theirs = other.conversation.isEmpty() ? unknown : other.conversation;
            seen("theft", 404, server.post(token, Api.CHAT, Map.of("conversation_id", theirs, "resume", true)));
            String question = other.approval.isEmpty() ? unknown : other.approval;
            seen("theft", 404, server.post(token, APPROVALS + "/" + question, Map.of("decision", "approve")));
            String entry = other.consentId.isEmpty() ? unknown : other.consentId;
            seen("theft", 404, server.post(token, CONSENTS + "/" + entry, Map.of("decision", "allow")));
        }

        private void lookAtTheirs(Somebody other) {
            if (other == this) {
                return;
            }
            if (!other.conversation.isEmpty()) {
                seen("theft", 404, server.get(member.token(), CONVERSATIONS + "/" + other.conversation));
            }
            if (member.is("Viewer")) {
                seen("theft", 404, server.get(member.token(), Api.ORDERS + "/" + other.order()));
            }
        }

        /** What is answered is of its asker, and of nobody else. */
        private String seen(String operation, int status, HttpResponse<String> response) {
            left.decrementAndGet();
            done.computeIfAbsent(operation, name -> new AtomicLong()).incrementAndGet();
            String answer = response.body();
            assertEquals(status, response.statusCode(), () -> member + ", " + operation + ": " + answer);
            assertOnly(member.id, answer);
            assertDiscreet(answer);
            assertFalse(answer.contains(server.marker) || Problems.holdsToken(answer), "A token in " + answer);
            return answer;
        }
    }
}
