package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.Unavailable;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JpaToolCallLogTest extends ToolCallLogContract {
    private final JpaToolCallLog log =
            new JpaToolCallLog(TestDatabase.shared().asApplication(), TestDatabase.audit(), Thread::new);
    private final JpaToolCallLog otherInstance =
            new JpaToolCallLog(TestDatabase.shared().asApplication(), TestDatabase.audit(), Thread::new);

    @AfterEach
    void close() {
        log.close();
        otherInstance.close();
    }

    @Override
    ToolCallLog log() {
        return log;
    }

    @Test
    void another_instance_finds_what_was_recorded_a_moment_ago() {
        VerifiedToolCall call = aCall();
        log.recordSoon(call);
        assertEquals(Optional.of(call), claimOf(call, otherInstance));
    }

    @Test
    void where_nothing_can_be_kept_nothing_more_is_taken() {
        JpaToolCallLog cutOff = new JpaToolCallLog(TestDatabase.shared().away(), TestDatabase.audit(), Thread::new);
        VerifiedToolCall call = aCall();
        cutOff.recordSoon(call);
        assertThrows(Unavailable.class, () -> claimOf(call, cutOff));
        assertThrows(Unavailable.class, () -> cutOff.recordSoon(aCall()));
        cutOff.close();
    }

    @Test
    void what_was_taken_is_kept_by_an_orderly_stop() {
        VerifiedToolCall call = aCall();
        log.recordSoon(call);
        log.close();
        assertEquals(Optional.of(call), claimOf(call, otherInstance));
    }
}
