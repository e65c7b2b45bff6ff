package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 64 who change one order at the same moment: nobody's change is lost without them being told. */
class LostUpdateIT {
    private static final int WRITERS = 64;

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Desk desk = new Desk(stack);
    private final Rows rows = new Rows(stack);
    private final String token = api.signIn().token(Person.PAT);
    private String order;

    @BeforeEach
    void an_order_of_two() {
        desk.clear();
        order = desk.order(Person.PAT);
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
    }

    @Test
    void of_those_who_saw_the_same_version_one_wins_and_each_loser_is_told() throws Exception {
        List<Integer> statuses = atOnce(writer -> change("\"1\"", writer + 1).statusCode());

        assertEquals(1, count(statuses, 200), statuses.toString());
        assertEquals(WRITERS - 1, count(statuses, 412), statuses.toString());
        int winner = statuses.indexOf(200);
        assertEquals(winner + 1 + " v2", desk.row(order));
    }

    @Test
    void those_who_read_again_and_repeat_what_they_meant_all_get_their_turn() throws Exception {
        List<Integer> lost = atOnce(writer -> {
            int attempts = 0;
            while (true) {
                HttpResponse<String> seen = Http.send(api.bearing(token, address()));
                int quantity = Json.of(seen.body()).number("quantity");
                HttpResponse<String> changed =
                        change(seen.headers().firstValue("ETag").orElseThrow(), quantity + 1);
                if (changed.statusCode() == 200) {
                    return attempts;
                }
                assertEquals(412, changed.statusCode(), changed.body());
                attempts++;
            }
        });

        assertEquals(2 + WRITERS + " v" + (1 + WRITERS), desk.row(order));
        assertTrue(lost.stream().anyMatch(attempts -> attempts > 0), "Else nobody raced");
    }

    @Test
    void the_changes_of_those_who_name_no_version_all_count() throws Exception {
        List<String> tags = atOnce(writer -> {
            HttpResponse<String> changed =
                    Http.send(Api.withBody(api.bearing(token, address()), "PUT", Map.of("quantity", writer + 1)));
            assertEquals(200, changed.statusCode(), changed.body());
            assertEquals(writer + 1, Json.of(changed.body()).number("quantity"));
            return changed.headers().firstValue("ETag").orElseThrow();
        });

        assertEquals(WRITERS, tags.stream().distinct().count(), "Each made a version of its own: " + tags);
        assertEquals(
                List.of(String.valueOf(1 + WRITERS)),
                rows.find("select version from orders where number = " + order.substring(4)));
    }

    @Test
    void what_different_writers_change_of_one_order_is_all_there_in_the_end() throws Exception {
        List<Map<String, Object>> changes = List.of(
                Map.of("customer_name", "Yan"),
                Map.of("product", "Stool"),
                Map.of("quantity", 9),
                Map.of("status", "shipped"));
        List<Integer> statuses = atOnce(writer -> Http.send(
                        Api.withBody(api.bearing(token, address()), "PUT", changes.get(writer % changes.size())))
                .statusCode());

        assertEquals(WRITERS, count(statuses, 200), statuses.toString());
        assertEquals(
                List.of("Yan Stool 9 shipped v" + (1 + WRITERS)),
                rows.find(
                        "select customer_name || ' ' || product || ' ' || quantity || ' ' || status || ' v' || version"
                                + " from orders where number = " + order.substring(4)));
    }

    private HttpResponse<String> change(String tag, int quantity) {
        HttpRequest.Builder request = api.bearing(token, address()).header("If-Match", tag);
        return Http.send(Api.withBody(request, "PUT", Map.of("quantity", quantity)));
    }

    private String address() {
        return Api.ORDERS + "/" + order;
    }

    private static long count(List<Integer> statuses, int wanted) {
        return statuses.stream().filter(status -> status == wanted).count();
    }

    private interface Writer<T> {
        T write(int number) throws Exception;
    }

    /** All begin when the last is ready. */
    private static <T> List<T> atOnce(Writer<T> writer) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            CyclicBarrier start = new CyclicBarrier(WRITERS);
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                calls.add(() -> {
                    start.await();
                    return writer.write(number);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
