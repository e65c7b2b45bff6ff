package dev.throughline.in.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.Unavailable;
import dev.throughline.conversation.Run;
import dev.throughline.conversation.RunListener;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.refusal.Refusals;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ChatRunsTest {
    private static final int SLOTS = 200;

    private final HandCrankedExecutor executor = new HandCrankedExecutor();
    private final ChatRuns runs = new ChatRuns(new RunSlots(), executor.service());
    private final Patience endless = new Patience();

    @Test
    void a_run_that_takes_too_long_is_interrupted() throws InterruptedException {
        Thread request = new Thread(() -> runs.complete(endless));
        request.start();
        endless.begun.await();

        executor.timeIsUp();

        endless.interrupted.await();
        request.join();
    }

    @Test
    void a_run_whose_listener_has_gone_is_interrupted_and_its_stream_closed() throws InterruptedException {
        ClosingSink sink = new ClosingSink();
        runs.start(endless, sink);
        endless.begun.await();
        executor.beat();
        assertEquals(1, sink.events.comments());

        sink.events.leaveAfter(1);
        executor.beat();

        endless.interrupted.await();
        sink.closed.await();
    }

    @Test
    void an_interruption_that_comes_too_late_hits_nobody() {
        runs.complete(() -> {});

        executor.timeIsUp();

        assertFalse(Thread.interrupted());
    }

    @Test
    void every_run_gives_its_slot_back_however_it_ends() {
        for (int i = 0; i < 2 * SLOTS; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> runs.complete(() -> {
                        throw new IllegalStateException();
                    }));
        }
    }

    @Test
    void a_run_for_which_there_is_no_room_is_abandoned_and_one_that_starts_is_not() {
        Abandonable run = new Abandonable();
        ChatResource.startedOrAbandoned(run, () -> runs.start(() -> {}, new CollectedEvents()));
        assertFalse(run.abandoned.get());
        executor.fill();

        assertThrows(
                ProblemException.class,
                () -> ChatResource.startedOrAbandoned(run, () -> runs.start(() -> {}, new CollectedEvents())));

        assertTrue(run.abandoned.get());
    }

    private static final class Abandonable implements Run {
        private final AtomicBoolean abandoned = new AtomicBoolean();

        @Override
        public void execute(UserAssertion assertion, String correlationId, RunListener listener) {
            throw new AssertionError("Nobody starts it");
        }

        @Override
        public void abandon() {
            abandoned.set(true);
        }
    }

    @Test
    void a_run_that_the_pool_does_not_take_gives_its_slot_back_too() {
        executor.fill();
        for (int i = 0; i < 2 * SLOTS; i++) {
            ProblemException refused =
                    assertThrows(ProblemException.class, () -> runs.start(endless, new CollectedEvents()));
            assertEquals(503, refused.problem().status());
        }
        AtomicBoolean ran = new AtomicBoolean();
        runs.complete(() -> ran.set(true));
        assertTrue(ran.get());
    }

    @Test
    void there_are_no_more_runs_than_slots() {
        RunSlots slots = new RunSlots();
        for (int i = 0; i < SLOTS; i++) {
            slots.take();
        }

        assertEquals(
                503, assertThrows(ProblemException.class, slots::take).problem().status());
    }

    @Test
    void a_run_that_breaks_says_so_without_details() {
        assertEquals("internal_error", codeOf(new IllegalStateException("secret")));
        assertEquals("unavailable", codeOf(new Unavailable("database", new IllegalStateException("secret"))));
    }

    @Test
    void nobody_is_told_of_a_client_that_has_gone() {
        CollectedEvents events = new CollectedEvents();
        events.leaveAfter(2);
        Run run = (assertion, correlationId, listener) -> Turns.answered(listener);

        new StreamedRun(run, new UserAssertion("t", Instant.MAX), events, "corr-1", Refusals::words, Clock.systemUTC())
                .run();

        assertEquals(List.of("RUN_STARTED", "CUSTOM"), events.names());
    }

    private static String codeOf(RuntimeException thrown) {
        CollectedEvents events = new CollectedEvents();
        Run run = (assertion, correlationId, listener) -> {
            Turns.begun(listener);
            throw thrown;
        };
        new StreamedRun(run, new UserAssertion("t", Instant.MAX), events, "corr-1", Refusals::words, Clock.systemUTC())
                .run();
        assertFalse(events.only("RUN_ERROR").toString().contains("secret"));
        return events.only("RUN_ERROR").get("code").stringValue();
    }

    /** Waits until it is interrupted. */
    private static final class Patience implements Runnable {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public void run() {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }
    }

    private static final class ClosingSink implements EventSink {
        final CollectedEvents events = new CollectedEvents();
        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void event(String name, String data) {
            events.event(name, data);
        }

        @Override
        public void comment(String text) {
            events.comment(text);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
