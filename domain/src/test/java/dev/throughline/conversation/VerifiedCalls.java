package dev.throughline.conversation;

import dev.throughline.access.Caller;
import dev.throughline.trail.ToolCallLog;
import dev.throughline.trail.VerifiedToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log of verified tool calls in memory, kept as the port says. */
final class VerifiedCalls implements ToolCallLog {
    private final List<VerifiedToolCall> unclaimed = new ArrayList<>();

    @Override
    public void record(VerifiedToolCall call) {
        unclaimed.add(call);
    }

    @Override
    public void recordSoon(VerifiedToolCall call) {
        record(call);
    }

    @Override
    public Optional<VerifiedToolCall> claim(Caller caller, Sought sought, Instant since) {
        Optional<VerifiedToolCall> oldest = unclaimed.stream()
                .filter(call -> new Sought(
                                call.tenant(), call.user(), call.client(), call.tool(), call.argumentsDigest())
                        .equals(sought))
                .filter(call -> !call.at().isBefore(since))
                .findFirst();
        oldest.ifPresent(unclaimed::remove);
        return oldest;
    }

    @Override
    public void forgetBefore(Instant moment) {
        unclaimed.removeIf(call -> call.at().isBefore(moment));
    }
}
