package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertDiscreet;
import static dev.throughline.e2e.Problems.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is there and does not do what it should: nobody waits for it without end, and it is found again. */
class DatabaseTroubleIT {
    /** More than the pool has connections. */
    private static final int MANY = 50;

    private static final Duration AN_END = Duration.ofSeconds(15);
    private static final Duration RECOVERED = Duration.ofSeconds(10);

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private String order;

    @BeforeEach
    void everything_works() {
        HttpResponse<String> placed =
                api.post(Person.PAT, Api.ORDERS, Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2));
        assertEquals(201, placed.statusCode(), placed.body());
        order = Json.of(placed.body()).text("id");
        api.signIn().token(Person.VIC);
    }

    @AfterEach
    void everything_works_again() throws Exception {
        long until = System.nanoTime() + RECOVERED.toNanos();
        while (amend().statusCode() != 200) {
            assertTrue(System.nanoTime() < until, "It has not recovered");
            TimeUnit.MILLISECONDS.sleep(50);
        }
        for (HttpResponse<String> answer : timed(AN_END, MANY, this::read)) {
            assertEquals(200, answer.statusCode(), answer.body());
        }
    }

    @Test
    void who_waits_for_a_row_that_is_held_is_told_to_come_back_and_others_go_on() throws Exception {
        try (Connection holder = holding("select 1 from orders where number = " + number() + " for update")) {
            assertUnavailable(timed(AN_END, 1, this::amend));
            for (HttpResponse<String> answer : timed(Duration.ofSeconds(3), 8, this::read)) {
                assertEquals(200, answer.statusCode(), answer.body());
            }
            holder.rollback();
        }
    }

    @Test
    void where_all_connections_wait_nobody_waits_without_end() throws Exception {
        try (Connection holder = holding("lock table orders in access exclusive mode")) {
            assertUnavailable(timed(AN_END, MANY, this::read));
            assertProblem(401, "sign_in_required", Http.send(api.anonymous(Api.ORDERS)));
            assertEquals(200, Http.send(api.anonymous("/health/live")).statusCode());
            holder.rollback();
        }
    }

    @Test
    void a_database_that_stands_still_is_given_up_and_found_again() throws Exception {
        stack.database().freeze();
        try {
            assertUnavailable(timed(AN_END, MANY, this::read));
            assertUnavailable(timed(AN_END, 1, this::amend));
            assertEquals(503, Http.send(api.anonymous("/health/ready")).statusCode());
            assertEquals(200, Http.send(api.anonymous("/health/live")).statusCode());
        } finally {
            stack.database().thaw();
        }
    }

    @Test
    void a_database_that_stands_still_in_the_middle_of_requests_answers_each_of_them_once() throws Exception {
        WritingClients clients = new WritingClients(stack, 8, 1);
        clients.writeDuring(() -> {
            clients.awaitAcknowledged(8);
            stack.database().freeze();
            try {
                clients.awaitRefused(8);
            } finally {
                stack.database().thaw();
            }
            clients.awaitRecovery();
        });

        clients.assertTruthful("A database that stands still");
    }

    @Test
    void connections_that_the_database_has_ended_are_not_lent_again() throws Exception {
        new Rows(stack)
                .find("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'throughline_app'");

        for (HttpResponse<String> answer : timed(AN_END, MANY, this::read)) {
            assertEquals(200, answer.statusCode(), answer.body());
        }
    }

    /** A transaction of somebody else's that holds something. */
    private Connection holding(String sql) throws SQLException {
        Connection holder = stack.database().superuser();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute(sql);
        }
        return holder;
    }

    private long number() {
        return Long.parseLong(order.substring("ORD-".length()));
    }

    private HttpResponse<String> read() {
        return api.get(Person.VIC, Api.ORDERS);
    }

    private HttpResponse<String> amend() {
        return api.put(Person.PAT, Api.ORDERS + "/" + order, Map.of("quantity", 3));
    }

    /** What so many who ask at once are answered, each of them within this time. */
    private static List<HttpResponse<String>> timed(Duration within, int many, Callable<HttpResponse<String>> request)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<HttpResponse<String>>> asked = new ArrayList<>();
            long begin = System.nanoTime();
            for (int i = 0; i < many; i++) {
                asked.add(threads.submit(request));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : asked) {
                answers.add(answer.get());
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            assertTrue(took.compareTo(within) <= 0, "It took " + took);
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertUnavailable(List<HttpResponse<String>> answers) {
        for (HttpResponse<String> answer : answers) {
            assertProblem(503, "unavailable", answer);
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
            assertDiscreet(answer.body());
        }
    }
}
