package dev.throughline.e2e;

import dev.throughline.e2e.Journal.State;
import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Somebody who places, changes and deletes orders of their own without a pause, whatever happens to the server, and
 * writes down what came of it. What must never be answered is kept as a complaint.
 */
final class WritingClient implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TOKEN_USES = 2_000;
    private static final int MOST_ORDERS = 20;
    private static final int UNAVAILABLE = 503;

    /** Never repeats a change by itself: that is for its caller to decide. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    final String owner = UUID.randomUUID().toString();
    final Journal journal = new Journal();
    final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private final LocalStack stack;
    private final Progress progress;
    private final Random random;
    private final List<State> orders = new ArrayList<>();
    private String token = "";
    private long writes;
    private long refusedConnections;
    private long brokenConnections;
    private volatile long unavailable;
    private volatile boolean stopped;

    /** What all clients together have achieved, for whoever waits for it. */
    static final class Progress {
        private final AtomicLong acknowledged = new AtomicLong();

        long acknowledged() {
            return acknowledged.get();
        }

        private void one() {
            acknowledged.incrementAndGet();
        }
    }

    WritingClient(LocalStack stack, Progress progress, long seed) {
        this.stack = stack;
        this.progress = progress;
        this.random = new Random(seed);
    }

    /** Ends after the write that is under way. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            if (writes % TOKEN_USES == 0) {
                token = stack.entra()
                        .tokens()
                        .user("ada")
                        .with("oid", owner)
                        .with("sub", "person-" + owner)
                        .sign();
            }
            writes++;
            write(random.nextInt(5));
        }
    }

    private void write(int what) {
        if (orders.isEmpty() || what < 2 && orders.size() < MOST_ORDERS) {
            place();
        } else if (what < 4) {
            amend(orders.remove(random.nextInt(orders.size())));
        } else {
            delete(orders.remove(random.nextInt(orders.size())));
        }
    }

    private void place() {
        State wanted = new State(0, "Customer " + writes, "Lamp " + writes, 1 + random.nextInt(1000), 1);
        send(
                request("")
                        .POST(BodyPublishers.ofString(Json.text(Map.of(
                                "customer_name", wanted.customer(),
                                "product", wanted.product(),
                                "quantity", wanted.quantity())))),
                201,
                Optional.empty(),
                Optional.of(wanted),
                answer -> Optional.of(new State(
                        number(answer), wanted.customer(), wanted.product(), wanted.quantity(), version(answer))));
    }

    private void amend(State order) {
        State wanted = order.amended("Lamp " + writes, 1 + random.nextInt(1000));
        send(
                request(order)
                        .PUT(BodyPublishers.ofString(
                                Json.text(Map.of("product", wanted.product(), "quantity", wanted.quantity())))),
                200,
                Optional.of(order),
                Optional.of(wanted),
                answer -> Optional.of(new State(
                        number(answer), order.customer(), wanted.product(), wanted.quantity(), version(answer))));
    }

    private void delete(State order) {
        send(request(order).DELETE(), 204, Optional.of(order), Optional.empty(), answer -> Optional.empty());
    }

    /** Sends a change of an order, of which this client then knows what the answer says. */
    private void send(
            HttpRequest.Builder request,
            int success,
            Optional<State> before,
            Optional<State> after,
            Function<HttpResponse<String>, Optional<State>> told) {
        try {
            HttpResponse<String> answer = HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            if (answer.statusCode() == success) {
                Optional<State> now = told.apply(answer);
                journal.acknowledged(before, now);
                progress.one();
                now.ifPresent(orders::add);
                return;
            }
            journal.unanswered(before, after);
            notDone(answer);
        } catch (ConnectException nothingSent) {
            refusedConnections++;
            before.ifPresent(orders::add);
            pause(200);
        } catch (IOException nobodyKnows) {
            brokenConnections++;
            journal.unanswered(before, after);
            pause(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void notDone(HttpResponse<String> answer) {
        unavailable++;
        boolean proper = answer.statusCode() == UNAVAILABLE
                && answer.headers().firstValue("Retry-After").isPresent()
                && answer.headers().firstValue("Content-Type").equals(Optional.of("application/problem+json"));
        if (!proper) {
            complaints.add(answer.request().method() + ": " + answer.statusCode() + " "
                    + answer.headers().map() + " " + answer.body());
        }
        pause(100);
    }

    private HttpRequest.Builder request(State order) {
        return request("/ORD-%03d".formatted(order.number())).header("If-Match", "\"" + order.version() + "\"");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.web() + Api.ORDERS.substring(1) + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private static long number(HttpResponse<String> answer) {
        return Long.parseLong(Json.of(answer.body()).text("id").substring("ORD-".length()));
    }

    private static long version(HttpResponse<String> answer) {
        return Long.parseLong(answer.headers().firstValue("ETag").orElseThrow().replace("\"", ""));
    }

    long refusedConnections() {
        return refusedConnections;
    }

    long brokenConnections() {
        return brokenConnections;
    }

    long unavailable() {
        return unavailable;
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
