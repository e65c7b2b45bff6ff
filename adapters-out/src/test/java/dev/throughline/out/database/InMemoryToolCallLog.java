package dev.throughline.out.database;

import dev.throughline.access.ClientId;
import dev.throughline.access.User;
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
    public synchronized Optional<VerifiedToolCall> claim(
            User user, ClientId client, String tool, String argumentsDigest, Instant since) {
        Optional<VerifiedToolCall> oldest = calls.stream()
                .filter(call -> call.tenant().equals(user.tenant())
                        && call.user().filter(user.id()::equals).isPresent()
                        && call.client().equals(client)
                        && call.tool().equals(tool)
                        && call.argumentsDigest().equals(argumentsDigest)
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
