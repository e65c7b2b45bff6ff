package dev.throughline.in.events;

import java.util.Arrays;

/** Counts by slots of time, of which the latest are remembered and the others forgotten. */
final class SlotCounts {
    private final int[] counts;
    private long latest;

    SlotCounts(int slots) {
        counts = new int[slots];
    }

    /** Counts one more, in the latest slot or a later one. */
    void add(long slot) {
        forgetBefore(slot);
        counts[index(slot)]++;
    }

    int at(long slot) {
        return slot < 0 || slot > latest || slot <= latest - counts.length ? 0 : counts[index(slot)];
    }

    /** How many there were from one slot to another, both included. */
    long in(long first, long last) {
        long sum = 0;
        for (long slot = first; slot <= last; slot++) {
            sum += at(slot);
        }
        return sum;
    }

    private void forgetBefore(long slot) {
        if (slot - latest >= counts.length) {
            Arrays.fill(counts, 0);
        }
        for (long passed = Math.max(latest, slot - counts.length) + 1; passed <= slot; passed++) {
            counts[index(passed)] = 0;
        }
        latest = Math.max(latest, slot);
    }

    private int index(long slot) {
        return (int) (slot % counts.length);
    }
}
