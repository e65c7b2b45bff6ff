package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WriteBehindTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Paper paper = new Paper();
    private final List<WriteBehind<Integer>> open = new ArrayList<>();

    @AfterEach
    void close() {
        paper.tear(false);
        paper.handOver();
        open.forEach(WriteBehind::close);
    }

    @Test
    void a_record_is_written_after_the_delay_though_nobody_asks() throws InterruptedException {
        writing(10, SOON).add(1);
        paper.awaitRecords(1);
    }

    @Test
    void flushing_does_not_wait_for_the_delay() {
        WriteBehind<Integer> writing = writing(10, NEVER);
        writing.add(1);
        writing.add(2);
        writing.flush(PATIENCE);
        assertEquals(List.of(1, 2), paper.records());
    }

    @Test
    void what_came_together_is_written_together_in_its_order() {
        WriteBehind<Integer> writing = writing(1_000, NEVER);
        IntStream.range(0, 100).forEach(writing::add);
        writing.flush(PATIENCE);
        assertEquals(IntStream.range(0, 100).boxed().toList(), paper.records());
        assertEquals(1, paper.times());
    }

    @Test
    void flushing_nothing_returns_at_once() {
        writing(10, NEVER).flush(PATIENCE);
        assertEquals(0, paper.times());
    }

    @Test
    void closing_writes_what_waits() {
        WriteBehind<Integer> writing = writing(10, NEVER);
        writing.add(1);
        writing.close();
        assertEquals(List.of(1), paper.records());
    }

    @Test
    void nothing_is_taken_once_it_is_closed() {
        WriteBehind<Integer> writing = writing(10, NEVER);
        writing.close();
        assertThrows(Unavailable.class, () -> writing.add(1));
    }

    @Test
    void while_records_cannot_be_written_none_is_taken_and_afterwards_none_is_missing() throws InterruptedException {
        WriteBehind<Integer> writing = writing(10, SOON);
        paper.tear(true);
        writing.add(1);
        assertThrows(Unavailable.class, () -> writing.flush(PATIENCE));
        assertThrows(Unavailable.class, () -> writing.add(2));
        paper.tear(false);
        paper.awaitRecords(1);
        writing.flush(PATIENCE);
        writing.add(3);
        writing.flush(PATIENCE);
        assertEquals(List.of(1, 3), paper.records());
    }

    @Test
    void whoever_comes_when_it_can_be_written_again_does_not_find_it_shut() {
        WriteBehind<Integer> writing = writing(10, SOON);
        paper.tear(true);
        writing.add(1);
        assertThrows(Unavailable.class, () -> writing.flush(PATIENCE));
        paper.tear(false);
        writing.add(2);
        writing.flush(PATIENCE);
        assertEquals(List.of(1, 2), paper.records());
    }

    @Test
    void whoever_finds_no_room_is_told_in_the_end() {
        WriteBehind<Integer> writing = writing(2, SOON);
        paper.hold();
        writing.add(1);
        writing.add(2);
        assertThrows(Unavailable.class, () -> writing.add(3));
        paper.handOver();
        writing.flush(PATIENCE);
        assertEquals(List.of(1, 2), paper.records());
    }

    @Test
    void of_many_writers_no_record_is_lost_or_doubled() throws Exception {
        WriteBehind<Integer> writing = writing(50, Duration.ofMillis(1));
        int writers = AtOnce.count(8, () -> {
            IntStream.range(0, 500).forEach(writing::add);
            return true;
        });
        writing.flush(PATIENCE);
        assertEquals(8, writers);
        List<Integer> records = paper.records();
        assertEquals(4_000, records.size());
        IntStream.range(0, 500)
                .forEach(i -> assertEquals(
                        8, records.stream().filter(each -> each == i).count()));
    }

    private WriteBehind<Integer> writing(int capacity, Duration delay) {
        WriteBehind<Integer> writing = new WriteBehind<>(paper::write, Thread::new, capacity, delay);
        open.add(writing);
        return writing;
    }

    /** Takes records down, and can be torn, or held so that nobody writes on it. */
    private static final class Paper {
        private final List<Integer> records = new ArrayList<>();
        private int times;
        private boolean torn;
        private CountDownLatch held = new CountDownLatch(0);

        void write(List<Integer> batch) {
            CountDownLatch latch;
            synchronized (this) {
                latch = held;
            }
            try {
                assertTrue(latch.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            synchronized (this) {
                if (torn) {
                    throw new IllegalStateException("torn");
                }
                records.addAll(batch);
                times++;
            }
        }

        synchronized void tear(boolean now) {
            torn = now;
        }

        synchronized void hold() {
            held = new CountDownLatch(1);
        }

        synchronized void handOver() {
            held.countDown();
        }

        synchronized List<Integer> records() {
            return List.copyOf(records);
        }

        synchronized int times() {
            return times;
        }

        void awaitRecords(int count) throws InterruptedException {
            while (records().size() < count) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }
}
