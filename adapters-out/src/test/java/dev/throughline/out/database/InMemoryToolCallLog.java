package dev.throughline.out.database;

import dev.throughline.access.Caller;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tool calls that are forgotten with the test. */
final class InMemoryToolCallLog implements ToolCallLog {
    private final List<VerifiedToolCall> calls = new ArrayList<>();
    private final Set<UUID> claimed = new HashSet<>();

    @Override
    public synchronized void record(VerifiedToolCall call) {
        calls.add(call);
    }

    @Override
    public void recordSoon(VerifiedToolCall call) {
        record(call);
    }

    @Override
    public synchronized Optional<VerifiedToolCall> claim(Caller caller, Sought sought, Instant since) {
        Optional<VerifiedToolCall> oldest = calls.stream()
                .filter(call -> call.tenant().equals(sought.tenant())
                        && call.user().equals(sought.user())
                        && call.client().equals(sought.client())
                        && call.tool().equals(sought.tool())
                        && call.argumentsDigest().equals(sought.argumentsDigest())
                        && !call.at().isBefore(since)
                        && !claimed.contains(call.id()))
                .min(Comparator.comparing(VerifiedToolCall::at));
        oldest.ifPresent(call -> claimed.add(call.id()));
        return oldest;
    }

    @Override
    public synchronized void forgetBefore(Instant moment) {
        calls.removeIf(call -> call.at().isBefore(moment));
    }
}
