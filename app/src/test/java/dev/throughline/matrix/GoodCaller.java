package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Good callers with a known key, one after the other and again and again, while something else goes on. */
final class GoodCaller {
    /** Less than any fetch of slow keys takes; so much longer than a call that needs no key may one with a key take. */
    private static final Duration PATIENCE = Duration.ofMillis(1_200);

    private static final Duration PAUSE = Duration.ofMillis(40);

    private final List<Integer> refused = new ArrayList<>();
    private final CompletableFuture<Void> done;
    private volatile boolean over;
    private Duration longest = Duration.ZERO;
    private Duration longestWithoutKeys = Duration.ZERO;
    private int calls;

    private GoodCaller(Client client, List<String> tokens) {
        this.done =
                CompletableFuture.runAsync(() -> call(client, tokens), task -> new Thread(task, "good-caller").start());
    }

    /** @param tokens of several people, so that none of them asks too often */
    static GoodCaller start(Client client, List<String> tokens) {
        return new GoodCaller(client, tokens);
    }

    private void call(Client client, List<String> tokens) {
        while (!over) {
            String token = tokens.get(calls % tokens.size());
            longest = longer(longest, () -> {
                Answer answer = client.knock(Door.LIST, Presentation.bearing(token));
                if (answer.status() != 200) {
                    refused.add(answer.status());
                }
            });
            longestWithoutKeys = longer(longestWithoutKeys, () -> client.get("/health/live"));
            calls++;
            pause();
        }
    }

    private static Duration longer(Duration known, Runnable call) {
        long begin = System.nanoTime();
        call.run();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return took.compareTo(known) > 0 ? took : known;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, and asserts that each call was let in without waiting for anything. */
    void assertNeverWaited() {
        over = true;
        done.join();
        assertTrue(calls > 3, calls + " calls");
        assertEquals(List.of(), refused);
        assertTrue(
                longest.minus(longestWithoutKeys).compareTo(PATIENCE) < 0,
                "One call took " + longest + ", and none that needs no key more than " + longestWithoutKeys);
    }
}
