package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order desk for programs that speak HTTP. */
class RestOrdersIT {
    private static final Map<String, Object> LAMPS =
            Map.of("customer_name", "Zoe Quill", "product", "Desk Lamp", "quantity", 2);

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);

    @BeforeEach
    void only_the_samples_are_there() {
        rows.change("delete from orders where number > 8");
    }

    @Test
    void a_viewer_lists_his_own_orders_with_all_that_belongs_to_them() {
        HttpResponse<String> answer = api.get(Person.VIC, Api.ORDERS);

        assertEquals(200, answer.statusCode());
        assertEquals(Optional.of("application/json"), answer.headers().firstValue("Content-Type"));
        assertEquals(Optional.of("no-store"), answer.headers().firstValue("Cache-Control"));
        Json page = Json.of(answer.body());
        assertEquals(List.of("ORD-001", "ORD-003", "ORD-005"), ids(page));
        assertTrue(page.at("/next_cursor").isNull());
        assertEquals(
                Json.of("{\"id\":\"ORD-001\",\"customer_name\":\"Alice Johnson\",\"product\":\"Wireless Keyboard\","
                        + "\"quantity\":2,\"status\":\"delivered\",\"created_at\":\"2026-10-05T08:12:00Z\",\"owner\":\""
                        + Person.VIC.id + "\",\"version\":1}"),
                page.at("/items/0"));
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String query = "?limit=3";
        while (!query.isEmpty()) {
            Json page = Json.of(api.get(Person.ANA, Api.ORDERS + query).body());
            seen.addAll(ids(page));
            sizes.add(ids(page).size());
            query = page.at("/next_cursor").isNull() ? "" : "?limit=3&cursor=" + page.text("next_cursor");
        }

        assertEquals(List.of(3, 3, 2), sizes);
        assertEquals(
                List.of("ORD-001", "ORD-002", "ORD-003", "ORD-004", "ORD-005", "ORD-006", "ORD-007", "ORD-008"), seen);
    }

    @Test
    void a_cursor_is_good_for_the_person_and_the_list_that_it_was_made_for_and_in_one_spelling() {
        String cursor =
                Json.of(api.get(Person.ANA, Api.ORDERS + "?limit=3").body()).text("next_cursor");
        String tampered = (cursor.charAt(9) == 'A' ? 'B' : 'A') + cursor.substring(1);
        String next = Api.ORDERS + "?limit=3&cursor=";

        assertEquals(
                List.of("ORD-004", "ORD-005", "ORD-006"),
                ids(Json.of(api.get(Person.ANA, next + cursor).body())));
        assertProblem(400, "cursor_invalid", api.get(Person.PAT, next + cursor));
        assertProblem(400, "cursor_invalid", api.get(Person.ANA, next + tampered));
        assertProblem(400, "cursor_invalid", api.get(Person.ANA, next + cursor + "A"));
        assertProblem(400, "cursor_invalid", api.get(Person.ANA, next));
        Json problem = assertProblem(400, "cursor_invalid", api.get(Person.ANA, next + cursor + "&status=pending"));
        assertEquals("cursor", problem.text("field"));
    }

    @Test
    void a_list_can_be_narrowed_to_a_status() {
        assertEquals(
                List.of("ORD-003", "ORD-005", "ORD-008"),
                ids(Json.of(api.get(Person.ANA, Api.ORDERS + "?status=pending").body())));
        assertEquals(
                List.of("ORD-001"),
                ids(Json.of(
                        api.get(Person.VIC, Api.ORDERS + "?status=delivered").body())));
        assertEquals(
                "status",
                assertProblem(400, "value_invalid", api.get(Person.ANA, Api.ORDERS + "?status=Pending"))
                        .text("field"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "limit=0, value_invalid",
        "limit=201, value_invalid",
        "limit=-1, value_invalid",
        "limit=1.5, value_invalid",
        "limit=99999999999999999999, value_invalid",
        "limit=, value_invalid",
        "limit=2&limit=3, parameter_unknown",
        "owner=c0ffee00-0000-4000-8000-0000000000b1, parameter_unknown",
        "Limit=3, parameter_unknown"
    })
    void a_list_takes_no_parameter_that_it_does_not_know_or_cannot_read(String query, String reason) {
        assertEquals(200, api.get(Person.VIC, Api.ORDERS + "?limit=3").statusCode());
        assertEquals(200, api.get(Person.VIC, Api.ORDERS + "?limit=200").statusCode());

        assertProblem(400, reason, api.get(Person.VIC, Api.ORDERS + "?" + query));
    }

    @Test
    void an_order_is_found_by_its_id_together_with_its_version() {
        HttpResponse<String> found = api.get(Person.VIC, Api.ORDERS + "/ORD-003");

        assertEquals(200, found.statusCode());
        assertEquals(Optional.of("\"1\""), found.headers().firstValue("ETag"));
        assertEquals("Monitor Stand", Json.of(found.body()).text("product"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ORD-002", "ORD-999", "ORD-000", "ord-003", "3", "ORD-3", "ORD-0003", "ORD-00000000003", "%20"})
    void an_order_that_is_not_yours_and_one_that_does_not_exist_are_equal_to_the_byte(String id) {
        assertEquals(200, api.get(Person.VIC, Api.ORDERS + "/ORD-003").statusCode());
        HttpResponse<String> unknown = api.get(Person.VIC, Api.ORDERS + "/ORD-777");
        assertProblem(404, "order_not_found", unknown);

        HttpResponse<String> other = api.get(Person.VIC, Api.ORDERS + "/" + id);

        assertProblem(404, "order_not_found", other);
        assertEquals(Problems.withoutCorrelationId(unknown), Problems.withoutCorrelationId(other));
        assertEquals(unknown.headers().map().keySet(), other.headers().map().keySet());
    }

    @Test
    void a_new_order_is_pending_and_belongs_to_who_placed_it() {
        HttpResponse<String> created = api.post(Person.PAT, Api.ORDERS, LAMPS);

        assertEquals(201, created.statusCode(), created.body());
        Json order = Json.of(created.body());
        assertTrue(order.text("id").matches("ORD-\\d{3,}"), order.toString());
        assertTrue(Integer.parseInt(order.text("id").substring(4)) >= 9, order.toString());
        assertEquals(
                List.of("Zoe Quill", "Desk Lamp", "pending", Person.PAT.id),
                List.of(order.text("customer_name"), order.text("product"), order.text("status"), order.text("owner")));
        assertEquals(Optional.of("\"1\""), created.headers().firstValue("ETag"));
        String location = created.headers().firstValue("Location").orElseThrow();
        assertTrue(location.endsWith(Api.ORDERS + "/" + order.text("id")), location);
        assertEquals(
                created.body(),
                Http.send(api.as(Person.PAT, Api.ORDERS + "/" + order.text("id")))
                        .body());
        assertEquals(
                created.body(),
                api.get(Person.ANA, Api.ORDERS + "/" + order.text("id")).body());
        assertProblem(404, "order_not_found", api.get(Person.VIC, Api.ORDERS + "/" + order.text("id")));
    }

    @Test
    void a_change_touches_only_what_it_names_and_counts_the_version_up() {
        Json before = Json.of(api.post(Person.PAT, Api.ORDERS, LAMPS).body());
        String address = Api.ORDERS + "/" + before.text("id");

        HttpResponse<String> changed = api.put(Person.PAT, address, Map.of("quantity", 5));
        assertEquals(200, changed.statusCode(), changed.body());
        assertEquals(Optional.of("\"2\""), changed.headers().firstValue("ETag"));
        assertEquals(
                before.toString().replace("\"quantity\":2", "\"quantity\":5").replace("\"version\":1", "\"version\":2"),
                changed.body());

        Json all = Json.of(api.put(
                        Person.PAT,
                        address,
                        Map.of("customer_name", "Yan", "product", "Stool", "quantity", 1, "status", "shipped"))
                .body());
        assertEquals(
                List.of("Yan", "Stool", "shipped", before.text("owner"), before.text("created_at")),
                values(all, "customer_name", "product", "status", "owner", "created_at"));
        assertEquals(3, all.number("version"));
        assertEquals(all.toString(), api.get(Person.PAT, address).body());
    }

    @Test
    void a_change_goes_through_only_in_the_version_that_it_names_if_it_names_one() {
        String address = Api.ORDERS + "/"
                + Json.of(api.post(Person.ADA, Api.ORDERS, LAMPS).body()).text("id");

        assertEquals(200, ifMatch("\"1\"", "PUT", address).statusCode());
        assertProblem(412, "version_changed", ifMatch("\"1\"", "PUT", address));
        assertProblem(412, "version_changed", ifMatch("W/\"2\"", "PUT", address));
        assertProblem(412, "version_changed", ifMatch("\"other\"", "PUT", address));
        assertEquals(200, ifMatch("\"1\", \"2\"", "PUT", address).statusCode());
        assertEquals(200, ifMatch("*", "PUT", address).statusCode());
        assertEquals(
                "If-Match",
                assertProblem(400, "if_match_invalid", ifMatch("2", "PUT", address))
                        .text("field"));
        assertProblem(412, "version_changed", ifMatch("\"1\"", "DELETE", address));
        assertEquals(4, Json.of(api.get(Person.ADA, address).body()).number("version"));
        assertEquals(204, ifMatch("\"4\"", "DELETE", address).statusCode());
    }

    @Test
    void an_order_moves_only_where_it_can_and_is_told_where() {
        String address = Api.ORDERS + "/"
                + Json.of(api.post(Person.PAT, Api.ORDERS, LAMPS).body()).text("id");

        assertImpossible("An order that is pending can only become shipped or cancelled.", address, "delivered");
        assertMoves(address, "pending", "shipped");
        assertImpossible("An order that is shipped can only become delivered.", address, "pending");
        assertImpossible("An order that is shipped can only become delivered.", address, "cancelled");
        assertMoves(address, "shipped", "delivered", "delivered");
        for (String status : List.of("pending", "shipped", "cancelled")) {
            assertImpossible("An order that is delivered stays delivered.", address, status);
        }
        assertEquals(
                200, api.put(Person.PAT, address, Map.of("product", "Stool")).statusCode());

        String other = Api.ORDERS + "/"
                + Json.of(api.post(Person.PAT, Api.ORDERS, LAMPS).body()).text("id");
        assertMoves(other, "cancelled");
        for (String status : List.of("pending", "shipped", "delivered")) {
            assertImpossible("An order that is cancelled stays cancelled.", other, status);
        }
        assertEquals(204, api.delete(Person.ADA, other).statusCode());
    }

    private void assertMoves(String address, String... statuses) {
        for (String status : statuses) {
            HttpResponse<String> moved = api.put(Person.PAT, address, Map.of("status", status));
            assertEquals(200, moved.statusCode(), moved.body());
            assertEquals(status, Json.of(moved.body()).text("status"));
        }
    }

    /** Together with something else that could be changed: nothing is done by halves. */
    private void assertImpossible(String sentence, String address, String status) {
        String before = api.get(Person.PAT, address).body();
        assertEquals(
                sentence,
                assertProblem(
                                409,
                                "status_impossible",
                                api.put(Person.PAT, address, Map.of("status", status, "quantity", 7)))
                        .text("detail"));
        assertEquals(before, api.get(Person.PAT, address).body());
    }

    private HttpResponse<String> ifMatch(String tag, String method, String address) {
        HttpRequest.Builder request = api.as(Person.ADA, address).header("If-Match", tag);
        return Http.send(method.equals("PUT") ? Api.withBody(request, "PUT", Map.of("quantity", 3)) : request.DELETE());
    }

    @Test
    void a_deleted_order_is_gone_for_good() {
        String address = Api.ORDERS + "/"
                + Json.of(api.post(Person.PAT, Api.ORDERS, LAMPS).body()).text("id");

        HttpResponse<String> deleted = api.delete(Person.ADA, address);

        assertEquals(204, deleted.statusCode());
        assertEquals("", deleted.body());
        assertProblem(404, "order_not_found", api.get(Person.ADA, address));
        assertProblem(404, "order_not_found", api.delete(Person.ADA, address));
        assertProblem(404, "order_not_found", api.put(Person.ADA, address, Map.of("quantity", 1)));
    }

    @ParameterizedTest(name = "{0} may list, create {1}, update {2}, delete {3}")
    @CsvSource({"VIC, 403, 403, 403", "ANA, 403, 403, 403", "PAT, 201, 200, 403", "ADA, 201, 200, 204"})
    void what_a_person_may_do_follows_from_the_role(Person person, int create, int update, int delete) {
        String address = Api.ORDERS + "/"
                + Json.of(api.post(Person.PAT, Api.ORDERS, LAMPS).body()).text("id");

        assertEquals(200, api.get(person, Api.ORDERS).statusCode());
        assertRole(create, api.post(person, Api.ORDERS, LAMPS));
        assertRole(update, api.put(person, address, Map.of("quantity", 9)));
        assertRole(delete, api.delete(person, address));
        assertEquals(
                delete == 204 ? "404" : update == 200 ? "9" : "2",
                api.get(Person.ADA, address).statusCode() == 404
                        ? "404"
                        : String.valueOf(
                                Json.of(api.get(Person.ADA, address).body()).number("quantity")));
    }

    private static void assertRole(int status, HttpResponse<String> answer) {
        if (status == 403) {
            assertProblem(403, "role_not_sufficient", answer);
            assertEquals(
                    Optional.empty(), answer.headers().firstValue("WWW-Authenticate"), "No sign-in would help here");
        } else {
            assertEquals(status, answer.statusCode(), answer.body());
        }
    }

    @Test
    void writing_needs_the_scope_to_write_and_the_answer_names_it() {
        String reading = api.signIn().token(Person.PAT, "Orders.Read");
        String writing = api.signIn().token(Person.PAT, "Orders.Write");

        assertEquals(200, Http.send(api.bearing(reading, Api.ORDERS)).statusCode());
        assertEquals(200, Http.send(api.bearing(writing, Api.ORDERS)).statusCode(), "Writing implies reading");
        assertEquals(
                201,
                Http.send(Api.withBody(api.bearing(writing, Api.ORDERS), "POST", LAMPS))
                        .statusCode());
        HttpResponse<String> refused = Http.send(Api.withBody(api.bearing(reading, Api.ORDERS), "POST", LAMPS));
        assertProblem(403, "insufficient_scope", refused);
        String challenge = refused.headers().firstValue("WWW-Authenticate").orElseThrow();
        assertTrue(challenge.contains("error=\"insufficient_scope\""), challenge);
        assertTrue(challenge.contains("scope=\"api://" + Ids.API + "/Orders.Write\""), challenge);
        assertTrue(
                challenge.contains("resource_metadata=\"" + api.uri("/.well-known/oauth-protected-resource")),
                challenge);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "DELETE, /api/v1/orders, GET HEAD OPTIONS POST",
        "PUT, /api/v1/orders, GET HEAD OPTIONS POST",
        "POST, /api/v1/orders/ORD-001, DELETE GET HEAD OPTIONS PUT",
        "PATCH, /api/v1/orders/ORD-001, DELETE GET HEAD OPTIONS PUT"
    })
    void a_method_that_an_address_does_not_take_is_answered_with_those_that_it_does(
            String method, String path, String allowed) {
        assertEquals(200, api.get(Person.VIC, path).statusCode());

        HttpResponse<String> refused = Http.send(Api.withBody(api.as(Person.VIC, path), method, LAMPS));

        assertProblem(405, "method_not_allowed", refused);
        assertEquals(words(allowed), words(String.join(" ", refused.headers().allValues("Allow"))));
    }

    @Test
    void head_is_get_without_the_body_and_options_names_the_methods() {
        HttpResponse<String> got = api.get(Person.VIC, Api.ORDERS + "/ORD-003");
        HttpResponse<String> head =
                Http.send(api.as(Person.VIC, Api.ORDERS + "/ORD-003").method("HEAD", BodyPublishers.noBody()));
        HttpResponse<String> options =
                Http.send(api.as(Person.VIC, Api.ORDERS + "/ORD-003").method("OPTIONS", BodyPublishers.noBody()));

        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(got.headers().firstValue("ETag"), head.headers().firstValue("ETag"));
        assertEquals(2, options.statusCode() / 100);
        assertEquals(
                words("DELETE GET HEAD OPTIONS PUT"),
                words(String.join(" ", options.headers().allValues("Allow"))));
    }

    @Test
    void an_overriding_header_does_not_turn_a_reading_request_into_another() {
        HttpResponse<String> answer =
                Http.send(api.as(Person.ADA, Api.ORDERS + "/ORD-003").header("X-HTTP-Method-Override", "DELETE"));

        assertEquals(200, answer.statusCode());
        assertEquals(200, api.get(Person.ADA, Api.ORDERS + "/ORD-003").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1/",
                "/api/v1",
                "/api/",
                "/api/v1/orders/ORD-003/items",
                "/api/v2/orders",
                "/api/v1/chat/x",
                "/api/v1/mcp/x"
            })
    void where_there_is_nothing_a_signed_in_person_is_told_so(String path) {
        assertEquals(200, api.get(Person.VIC, Api.ORDERS).statusCode());

        HttpResponse<String> answer = api.get(Person.VIC, path);

        assertProblem(404, "not_found", answer);
    }

    @Test
    void an_answer_comes_as_json_or_not_at_all() {
        assertEquals(200, accepting("application/json").statusCode());
        assertEquals(200, accepting("text/html, */*;q=0.1").statusCode());
        assertProblem(406, "not_acceptable", accepting("text/html"));
        assertProblem(406, "not_acceptable", accepting("application/xml"));
    }

    private HttpResponse<String> accepting(String types) {
        return Http.send(api.as(Person.VIC, Api.ORDERS).header("Accept", types));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "application/json; charset=utf-16",
                "application/jsonp"
            })
    void a_body_of_another_media_type_is_refused(String type) {
        assertEquals(201, posting("application/json").statusCode());
        assertEquals(201, posting("Application/JSON; charset=UTF-8").statusCode());

        assertProblem(415, "media_type_not_supported", posting(type));
    }

    @Test
    void a_body_without_a_media_type_or_with_none_that_can_be_read_is_refused() {
        assertProblem(400, "bad_request", posting("nonsense"));
        HttpResponse<String> answer =
                Http.send(api.as(Person.PAT, Api.ORDERS).POST(BodyPublishers.ofString(Json.text(LAMPS))));

        assertProblem(415, "media_type_not_supported", answer);
    }

    private HttpResponse<String> posting(String type) {
        return Http.send(api.as(Person.PAT, Api.ORDERS)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(Json.text(LAMPS))));
    }

    @Test
    void a_correlation_id_of_the_callers_is_kept_if_it_is_harmless_and_replaced_if_not() {
        assertEquals("trace.A-1_b", correlationIdFor("trace.A-1_b"));
        for (String odd : List.of("a b", "x".repeat(65), "${jndi:ldap://x}", "a%0Ab")) {
            String replaced = correlationIdFor(odd);
            assertNotEquals(odd, replaced);
            assertTrue(replaced.matches("[0-9a-f-]{36}"), replaced);
        }
    }

    private String correlationIdFor(String sent) {
        return Http.send(api.as(Person.VIC, Api.ORDERS).setHeader(Api.CORRELATION_ID, sent))
                .headers()
                .firstValue(Api.CORRELATION_ID)
                .orElseThrow();
    }

    private static List<String> ids(Json page) {
        return page.all("/items").stream().map(order -> order.text("id")).toList();
    }

    private static List<String> values(Json order, String... names) {
        return Arrays.stream(names).map(name -> order.text(name)).toList();
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.strip().split("[ ,]+")));
    }
}
