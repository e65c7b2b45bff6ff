package dev.throughline.in.events;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * More refusals than usual.
 *
 * @param start since when they came too fast
 * @param end when they came too fast for the last time; empty while it goes on
 * @param count how many there were from start to end; while it goes on, in the window
 * @param limit the number that a window may hold
 * @param baseline the number that is usual for a window
 * @param reasons the leading reasons, the most frequent first, each with its number
 */
record Spike(
        Instant start, Optional<Instant> end, long count, double limit, double baseline, Map<String, Long> reasons) {}
