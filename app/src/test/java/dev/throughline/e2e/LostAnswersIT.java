package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.e2e.CuttingProxy.Fate;
import dev.throughline.local.run.LocalStack;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 32 clients place orders over a network that loses requests and answers, and each asks again until it is answered:
 * with a key there is exactly one order for each. {@code -Dlost.answers=100000} and {@code -Dlost.seed=…} place more
 * orders and lose others.
 */
class LostAnswersIT {
    private static final int CLIENTS = 32;
    private static final int ORDERS = Integer.getInteger("lost.answers", 320);
    private static final long SEED = Long.getLong("lost.seed", 20_261_126L);
    private static final String KEY = "Idempotency-Key";
    private static final String COUNT = "select count(*) from orders where number > 8";

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Desk desk = new Desk(stack);
    private final Rows rows = new Rows(stack);
    private final List<Person> people = List.of(Person.PAT, Person.ADA);
    private final List<String> tokens = people.stream().map(api.signIn()::token).toList();
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger replays = new AtomicInteger();

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
    void whoever_asks_again_with_the_same_key_has_placed_one_order() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(stack.ports().web(), SEED)) {
            byClients(ORDERS, number -> {
                String key = UUID.randomUUID().toString();
                HttpResponse<String> answered = untilAnswered(through(proxy), number, Optional.of(key));
                replays.addAndGet(
                        answered.headers().allValues("Idempotency-Replayed").size());

                // A request that was cut off may reach the server only now.
                HttpResponse<String> again = untilAnswered(api.uri(Api.ORDERS), number, Optional.of(key));

                assertEquals(Optional.of("true"), again.headers().firstValue("Idempotency-Replayed"));
                assertEquals(answered.body(), again.body());
                assertEquals(
                        answered.headers().allValues("Location"),
                        again.headers().allValues("Location"));
                assertEquals(
                        answered.headers().allValues("ETag"), again.headers().allValues("ETag"));
            });

            assertEquals(List.of(String.valueOf(ORDERS)), rows.find(COUNT));
            assertEquals(
                    List.of(String.valueOf(ORDERS)),
                    rows.find("select count(distinct (owner, product)) from orders where number > 8"));
            assertEquals(
                    List.of(String.valueOf(ORDERS)),
                    rows.find(
                            "select count(*) from order_key k join orders o using (number, tenant, owner, created_at)"));
            for (Fate fate : Fate.values()) {
                assertTrue(
                        proxy.fates().getOrDefault(fate, 0) > 0, proxy.fates().toString());
            }
            assertTrue(replays.get() > 0, "Else no answer was lost");
            System.out.printf(
                    "Lost answers: %,d orders, %,d requests asked again, %,d answered with what had been done; %s%n",
                    ORDERS, retries.get(), replays.get(), proxy.fates());
        }
    }

    /** The same network and the same clients, without the one header. */
    @Test
    void whoever_asks_again_without_a_key_places_more_than_one() throws Exception {
        int orders = 2 * CLIENTS;
        try (CuttingProxy proxy = new CuttingProxy(stack.ports().web(), SEED)) {
            byClients(orders, number -> untilAnswered(through(proxy), number, Optional.empty()));

            assertEquals(
                    List.of(String.valueOf(orders)),
                    rows.find("select count(distinct (owner, product)) from orders where number > 8"));
            assertTrue(
                    Integer.parseInt(rows.find(COUNT).get(0)) > orders,
                    proxy.fates().toString());
        }
    }

    private static URI through(CuttingProxy proxy) {
        return URI.create("http://localhost:" + proxy.port() + Api.ORDERS);
    }

    private HttpResponse<String> untilAnswered(URI address, int number, Optional<String> key)
            throws InterruptedException {
        for (int attempt = 0; attempt < 200; attempt++) {
            try {
                HttpResponse<String> answer = Http.send(order(address, number, key));
                if (answer.statusCode() == 201) {
                    return answer;
                }
                assertProblem(409, "request_running", answer);
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (UncheckedIOException lost) {
                // Whether the order has been placed cannot be known here.
            }
            retries.incrementAndGet();
        }
        throw new AssertionError("Not answered");
    }

    private HttpRequest.Builder order(URI address, int number, Optional<String> key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header(Api.CORRELATION_ID, UUID.randomUUID().toString())
                .header("Authorization", "Bearer " + tokens.get(number % tokens.size()));
        key.ifPresent(value -> request.header(KEY, value));
        return Api.withBody(
                request, "POST", Map.of("customer_name", "Zoe", "product", "Lamp " + number, "quantity", 2));
    }

    private interface Client {
        void place(int number) throws InterruptedException;
    }

    /** All numbers, each by one of the clients. */
    private static void byClients(int numbers, Client client) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    for (int number = next.getAndIncrement(); number < numbers; number = next.getAndIncrement()) {
                        client.place(number);
                    }
                    return null;
                }));
            }
            for (Future<?> one : clients) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
