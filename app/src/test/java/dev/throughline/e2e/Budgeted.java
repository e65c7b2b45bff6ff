package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server with small limits, as somebody meets it who asks too much. */
record Budgeted(URI address) {
    private static final int ATTEMPTS = 3;

    /** A request with a token. */
    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header(Api.CORRELATION_ID, UUID.randomUUID().toString())
                .header("Authorization", "Bearer " + token);
    }

    HttpRequest.Builder post(String path, String token, String json) {
        return Api.withBody(request(path, token), "POST", json);
    }

    /** A request by hand, on a connection of its own, to an address however it is spelled. */
    String byHand(String path, String token, String json) {
        return Wire.post(
                address.getPort(),
                json,
                "POST " + path + " HTTP/1.1",
                "Host: localhost:" + address.getPort(),
                "Authorization: Bearer " + token,
                "Content-Type: application/json");
    }

    /**
     * Asks until there is no budget left, and answers the refusal.
     *
     * @param status of what is let through
     * @param burst how many must be let through, with what comes in every so many seconds
     */
    static HttpResponse<String> exhaust(int status, int burst, int everySeconds, Supplier<HttpRequest.Builder> ask) {
        long begin = System.nanoTime();
        HttpResponse<String> answer = Http.send(ask.get());
        int let = 0;
        for (; answer.statusCode() != 429; answer = Http.send(ask.get())) {
            assertEquals(status, answer.statusCode(), answer.body());
            let++;
            assertLimited(let, 0, burst, everySeconds, begin);
        }
        assertLimited(let, burst, burst, everySeconds, begin);
        return answer;
    }

    /** Asks until there is no budget left, however much there was. */
    static void empty(Supplier<HttpRequest.Builder> ask) {
        for (int i = 0; Http.send(ask.get()).statusCode() != 429; i++) {
            assertTrue(i < 100, "There is no end to it");
        }
    }

    /** Waits as long as it is told to until it is let through. */
    static HttpResponse<String> patiently(Supplier<HttpRequest.Builder> ask) throws InterruptedException {
        HttpResponse<String> answer = Http.send(ask.get());
        for (int i = 0; i < ATTEMPTS && answer.statusCode() == 429; i++) {
            Thread.sleep(1000L * retryAfter(answer));
            answer = Http.send(ask.get());
        }
        return answer;
    }

    /** Asserts that who has no budget left does not get round it. What has come in meanwhile lets one through, once. */
    static void assertNoWayRound(Supplier<HttpRequest.Builder> plain, Callable<Integer> round, String how)
            throws Exception {
        assertNoWayRound(plain, round, how, Set.of(429));
    }

    /** The same, where there need not be anything at the end of the way. */
    static void assertNoWayRound(
            Supplier<HttpRequest.Builder> plain, Callable<Integer> round, String how, Set<Integer> refusals)
            throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            empty(plain);
            statuses.add(round.call());
            if (refusals.contains(statuses.get(i))) {
                return;
            }
        }
        throw new AssertionError(how + " is answered with " + statuses);
    }

    /** Asserts that so many requests since a moment are what the budget has, and what came in since. */
    static void assertLimited(long let, int atLeast, int burst, int everySeconds, long begin) {
        double refilled = (System.nanoTime() - begin) / 1e9 / everySeconds;
        assertTrue(let >= atLeast && let <= burst + refilled, let + " were let through, of " + burst);
    }

    static int retryAfter(HttpResponse<String> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElseThrow();
        assertTrue(seconds.matches("[1-9][0-9]*"), "Retry-After: " + seconds);
        return Integer.parseInt(seconds);
    }

    /** Asserts that somebody was told to wait, and what that looks like; answers how many seconds. */
    static int assertToldToWait(HttpResponse<String> answer) {
        Json problem = Problems.assertProblem(429, "rate_limited", answer);
        int seconds = retryAfter(answer);
        assertTrue(problem.text("detail").contains("try again in " + seconds + " second"), problem.toString());
        assertEquals(List.of(), answer.headers().allValues("WWW-Authenticate"));
        return seconds;
    }

    /** The statuses of many requests at once. */
    static List<Integer> atOnce(List<HttpRequest.Builder> requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(requests.size());
        try {
            List<Callable<Integer>> asks = requests.stream()
                    .<Callable<Integer>>map(request -> () -> Http.send(request).statusCode())
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : threads.invokeAll(asks)) {
                statuses.add(status.get());
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }

    /** How many were refused so far. */
    double refusals(String budget, String adapter) {
        String metrics = Http.get(address.resolve("/metrics")).body();
        Matcher line =
                Pattern.compile("(?m)^rate_limited_total\\{(.*)} (\\S+)$").matcher(metrics);
        double count = 0;
        while (line.find()) {
            String labels = line.group(1);
            if (labels.contains("budget=\"" + budget + "\"") && labels.contains("adapter=\"" + adapter + "\"")) {
                count += Double.parseDouble(line.group(2));
            }
        }
        return count;
    }
}
