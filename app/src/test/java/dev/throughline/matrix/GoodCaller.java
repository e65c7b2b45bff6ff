package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Somebody with a good token and a known key, who calls again and again while something else goes on. */
final class GoodCaller {
    /** Less than any fetch of slow keys takes, and more than this machine needs when it is busy with a flood. */
    private static final Duration PATIENCE = Duration.ofMillis(1_200);

    private static final Duration PAUSE = Duration.ofMillis(40);

    private final List<Integer> refused = new ArrayList<>();
    private final CompletableFuture<Void> done;
    private volatile boolean over;
    private Duration longest = Duration.ZERO;
    private int calls;

    private GoodCaller(Client client, String token) {
        this.done =
                CompletableFuture.runAsync(() -> call(client, token), task -> new Thread(task, "good-caller").start());
    }

    static GoodCaller start(Client client, String token) {
        return new GoodCaller(client, token);
    }

    private void call(Client client, String token) {
        while (!over) {
            long begin = System.nanoTime();
            Answer answer = client.knock(Door.LIST, Presentation.bearing(token));
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            longest = took.compareTo(longest) > 0 ? took : longest;
            calls++;
            if (answer.status() != 200) {
                refused.add(answer.status());
            }
            pause();
        }
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
        assertTrue(calls > 10, calls + " calls");
        assertEquals(List.of(), refused);
        assertTrue(longest.compareTo(PATIENCE) < 0, "One call took " + longest);
    }
}
