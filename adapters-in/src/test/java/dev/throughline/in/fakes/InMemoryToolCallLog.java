package dev.throughline.in.fakes;

import dev.throughline.Unavailable;
import dev.throughline.access.Caller;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tool calls in a list. */
public final class InMemoryToolCallLog implements ToolCallLog {
    private final List<VerifiedToolCall> calls = new ArrayList<>();
    private final Set<UUID> claimed = new HashSet<>();
    private final Set<UUID> soon = new HashSet<>();
    private boolean disconnected;

    /** Lets the next calls fail. */
    public void disconnect() {
        disconnected = true;
    }

    /** What was recorded, oldest first. */
    public List<VerifiedToolCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void record(VerifiedToolCall call) {
        if (disconnected) {
            throw new Unavailable("database", new IllegalStateException("secret detail"));
        }
        calls.add(call);
    }

    @Override
    public void recordSoon(VerifiedToolCall call) {
        record(call);
        soon.add(call.id());
    }

    /** Whether a call was only taken to be kept soon. */
    public boolean isForSoon(VerifiedToolCall call) {
        return soon.contains(call.id());
    }

    @Override
    public Optional<VerifiedToolCall> claim(Caller caller, Sought sought, Instant since) {
        return calls.stream()
                .filter(call -> call.tenant().equals(sought.tenant())
                        && call.user().equals(sought.user())
                        && call.client().equals(sought.client())
                        && call.tool().equals(sought.tool())
                        && call.argumentsDigest().equals(sought.argumentsDigest())
                        && !call.at().isBefore(since))
                .filter(call -> claimed.add(call.id()))
                .findFirst();
    }

    @Override
    public void forgetBefore(Instant moment) {
        calls.removeIf(call -> call.at().isBefore(moment));
    }
}
