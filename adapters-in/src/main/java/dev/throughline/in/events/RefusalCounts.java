package dev.throughline.in.events;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refusals by slots of time and by reasons. Reasons beyond the bound are counted together. */
final class RefusalCounts {
    static final int MOST_REASONS = 32;
    static final String OTHER = "other";

    private static final int LEADING = 5;

    private final int slots;
    private final SlotCounts all;
    private final Map<String, SlotCounts> byReason = new HashMap<>();

    /** @param slots how many slots are remembered */
    RefusalCounts(int slots) {
        this.slots = slots;
        this.all = new SlotCounts(slots);
    }

    void add(long slot, String reason) {
        all.add(slot);
        String known = byReason.containsKey(reason) || byReason.size() < MOST_REASONS ? reason : OTHER;
        byReason.computeIfAbsent(known, added -> new SlotCounts(slots)).add(slot);
    }

    /** How many there were in a slot. */
    long at(long slot) {
        return all.at(slot);
    }

    /** How many there were from one slot to another, both included. */
    long in(long first, long last) {
        return all.in(first, last);
    }

    /** The most frequent reasons in that time, the leading one first, each with its number. */
    Map<String, Long> leading(long first, long last) {
        Map<String, Long> counts = new HashMap<>();
        byReason.forEach((reason, ofReason) -> counts.put(reason, ofReason.in(first, last)));
        Map<String, Long> leading = new LinkedHashMap<>();
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(LEADING)
                .forEach(entry -> leading.put(entry.getKey(), entry.getValue()));
        return leading;
    }
}
