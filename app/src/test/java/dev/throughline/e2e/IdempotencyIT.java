package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An order is placed once, however often it is asked for under the same Idempotency-Key. */
class IdempotencyIT {
    private static final String KEY = "Idempotency-Key";
    private static final String LAMPS = "{\"customer_name\":\"Zoe Quill\",\"product\":\"Desk Lamp\",\"quantity\":2}";

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);
    private final Desk desk = new Desk(stack);
    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void only_the_samples_are_there() {
        desk.clear();
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
        rows.change("delete from order_key");
    }

    @Test
    void who_asks_again_gets_the_same_answer_and_no_second_order() {
        HttpResponse<String> first = place(Person.PAT, key, LAMPS);
        HttpResponse<String> again = place(Person.PAT, key, LAMPS);

        assertEquals(201, first.statusCode(), first.body());
        assertEquals(Optional.empty(), first.headers().firstValue("Idempotency-Replayed"));
        assertReplayed(first, again);
        assertEquals(1, desk.extraOrders());
        assertEquals(Optional.of("no-store"), again.headers().firstValue("Cache-Control"));
    }

    @Test
    void the_answer_is_as_it_was_then_whatever_has_become_of_the_order() {
        HttpResponse<String> first = place(Person.PAT, key, LAMPS);
        String address = first.headers().firstValue("Location").orElseThrow();

        assertEquals(
                200, api.put(Person.PAT, address, Map.of("status", "shipped")).statusCode());
        assertReplayed(first, place(Person.PAT, key, LAMPS));
        assertEquals(204, api.delete(Person.ADA, address).statusCode());
        assertReplayed(first, place(Person.PAT, key, LAMPS));
        assertEquals(0, desk.extraOrders());
    }

    @Test
    void the_same_request_may_be_spelled_otherwise() {
        HttpResponse<String> first = place(Person.PAT, key, LAMPS);

        assertReplayed(
                first,
                place(
                        Person.PAT,
                        "\"" + key + "\"",
                        "{ \"quantity\" : 2, \"product\" : \"Desk Lamp \", \"customer_name\" : \"Zoe\\u0020Quill\" }"));
        assertEquals(1, desk.extraOrders());
    }

    @Test
    void a_key_that_was_used_is_for_no_other_order() {
        HttpResponse<String> first = place(Person.PAT, key, LAMPS);

        for (String other :
                List.of(LAMPS.replace("2", "3"), LAMPS.replace("Zoe", "Yan"), LAMPS.replace("Desk", "Wall"))) {
            assertProblem(422, "key_reused", place(Person.PAT, key, other));
        }
        assertReplayed(first, place(Person.PAT, key, LAMPS));
        assertEquals(1, desk.extraOrders());
    }

    @Test
    void a_key_is_its_persons_alone() {
        HttpResponse<String> ofPat = place(Person.PAT, key, LAMPS);
        HttpResponse<String> ofAda = place(Person.ADA, key, LAMPS);
        HttpResponse<String> another = place(Person.ADA, UUID.randomUUID().toString(), LAMPS.replace("2", "3"));

        assertEquals(201, ofAda.statusCode(), ofAda.body());
        assertEquals(Optional.empty(), ofAda.headers().firstValue("Idempotency-Replayed"));
        assertEquals(Person.ADA.id, Json.of(ofAda.body()).text("owner"));
        assertNotEquals(Json.of(ofPat.body()).text("id"), Json.of(ofAda.body()).text("id"));
        assertEquals(201, another.statusCode(), another.body());
        assertEquals(3, desk.extraOrders());
    }

    @Test
    void a_request_that_was_refused_has_not_used_its_key() {
        assertProblem(400, "value_invalid", place(Person.PAT, key, LAMPS.replace("2", "0")));
        assertProblem(403, "role_not_sufficient", place(Person.VIC, key, LAMPS));

        HttpResponse<String> placed = place(Person.PAT, key, LAMPS);

        assertEquals(201, placed.statusCode(), placed.body());
        assertEquals(Optional.empty(), placed.headers().firstValue("Idempotency-Replayed"));
    }

    @Test
    void without_a_key_each_request_is_another_order() {
        api.post(Person.PAT, Api.ORDERS, LAMPS);
        api.post(Person.PAT, Api.ORDERS, LAMPS);

        assertEquals(2, desk.extraOrders());
        assertEquals(List.of("0"), rows.find("select count(*) from order_key"));
    }

    static Stream<String> keysThatAreNone() {
        return Stream.of(
                "", "two words", "k".repeat(256), "\"open", "\"\"", "\"" + "k".repeat(256) + "\"", "\"k\";a=1");
    }

    @ParameterizedTest
    @MethodSource("keysThatAreNone")
    void what_can_be_no_key_is_refused_and_told_what_one_is(String bad) {
        assertEquals(201, place(Person.PAT, "k".repeat(255), LAMPS).statusCode());

        Json problem = assertProblem(400, "value_invalid", place(Person.PAT, bad, LAMPS));

        assertEquals(KEY, problem.text("field"));
        assertEquals("Idempotency-Key must be one key of 1 to 255 visible ASCII characters.", problem.text("detail"));
        assertEquals(1, desk.extraOrders());
    }

    @Test
    void two_keys_are_refused() {
        HttpRequest.Builder twice =
                api.as(Person.PAT, Api.ORDERS).header(KEY, key).header(KEY, key);

        assertProblem(400, "header_repeated", Http.send(Api.withBody(twice, "POST", LAMPS)));
        assertEquals(0, desk.extraOrders());
        assertEquals(201, place(Person.PAT, key, LAMPS).statusCode());
    }

    @Test
    void while_the_first_request_runs_a_second_does_not_wait_for_it() throws Exception {
        try (Connection holder = stack.database().superuser();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table order_key in share mode");
            CompletableFuture<HttpResponse<String>> first =
                    CompletableFuture.supplyAsync(() -> place(Person.PAT, key, LAMPS));
            awaitWaiting(statement);

            HttpResponse<String> second = place(Person.PAT, key, LAMPS);

            assertProblem(409, "request_running", second);
            assertEquals(Optional.of("1"), second.headers().firstValue("Retry-After"));
            assertProblem(409, "request_running", place(Person.PAT, key, LAMPS.replace("2", "3")));
            assertFalse(first.isDone(), "Else nobody had to wait");
            holder.rollback();
            assertEquals(201, first.get(10, TimeUnit.SECONDS).statusCode());
            assertReplayed(first.get(), place(Person.PAT, key, LAMPS));
        }
        assertEquals(1, desk.extraOrders());
    }

    private static void awaitWaiting(Statement statement) throws Exception {
        for (int i = 0; i < 200; i++) {
            try (ResultSet waiting = statement.executeQuery(
                    "select count(*) from pg_locks where not granted and relation = 'order_key'::regclass")) {
                waiting.next();
                if (waiting.getInt(1) == 1) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("The first request is not being carried out");
    }

    @Test
    void an_agent_whose_approved_order_was_placed_is_answered_again_and_nobody_is_asked_anew() {
        WebChat chat = WebChat.of(api);
        String token = api.signIn().desktopToken(Person.PAT, "Orders.Read", "Orders.Write");
        String id = assertProblem(403, "approval_needed", placeAs(token, key, LAMPS))
                .text("detail")
                .replaceAll(".*/#/approvals/([0-9a-f-]{36}).*", "$1");
        assertEquals(
                200, chat.decide(Person.PAT, WebChat.APPROVALS, id, "approve").statusCode());
        HttpResponse<String> first = placeAs(token, key, LAMPS);
        assertEquals(201, first.statusCode(), first.body());

        assertReplayed(first, placeAs(token, key, LAMPS));
        assertProblem(422, "key_reused", placeAs(token, key, LAMPS.replace("2", "3")));
        assertEquals(1, chat.found(Person.PAT, WebChat.APPROVALS).all("/items").size());
        assertProblem(403, "approval_needed", placeAs(token, UUID.randomUUID().toString(), LAMPS));
        assertEquals(1, desk.extraOrders());
    }

    @Test
    void no_key_and_no_name_is_kept_beside_the_orders() {
        String lamps = LAMPS.replace("Zoe Quill", "Iris Novak-Lund");
        place(Person.PAT, "iris.novak@example.com", lamps);

        assertEquals(List.of("1"), rows.find("select count(*) from order_key"));
        assertEquals(List.of(), rows.columnsContaining("iris.novak@example.com"));
        assertEquals(List.of("orders.customer_name"), rows.columnsContaining("Iris Novak-Lund"));
    }

    private HttpResponse<String> place(Person person, String key, String order) {
        return placeAs(api.signIn().token(person), key, order);
    }

    private HttpResponse<String> placeAs(String token, String key, String order) {
        return Http.send(Api.withBody(api.bearing(token, Api.ORDERS).header(KEY, key), "POST", order));
    }

    private static void assertReplayed(HttpResponse<String> first, HttpResponse<String> again) {
        assertEquals(201, again.statusCode(), again.body());
        assertEquals(Optional.of("true"), again.headers().firstValue("Idempotency-Replayed"));
        assertEquals(first.body(), again.body());
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertEquals(first.headers().allValues(header), again.headers().allValues(header), header);
        }
    }
}
