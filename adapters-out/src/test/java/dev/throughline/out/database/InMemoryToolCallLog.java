package dev.throughline.out.database;

import dev.throughline.access.ClientId;
import dev.throughline.access.User;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tool calls that are forgotten with the test. */
final class InMemoryToolCallLog implements ToolCallLog {
    private final List<VerifiedToolCall> calls = new ArrayList<>();

    @Override
    public synchronized void record(VerifiedToolCall call) {
        calls.add(call);
    }

    @Override
    public synchronized List<VerifiedToolCall> since(User user, ClientId client, Instant moment) {
        return calls.stream()
                .filter(call -> call.tenant().equals(user.tenant())
                        && call.user().equals(user.id())
                        && call.client().equals(client)
                        && !call.at().isBefore(moment))
                .sorted(Comparator.comparing(VerifiedToolCall::at))
                .limit(100)
                .toList();
    }

    @Override
    public synchronized void forgetBefore(Instant moment) {
        calls.removeIf(call -> call.at().isBefore(moment));
    }
}
