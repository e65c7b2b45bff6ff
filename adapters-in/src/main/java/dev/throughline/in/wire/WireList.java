package dev.throughline.in.wire;

import dev.throughline.in.http.Representation;
import java.util.List;
import java.util.Optional;

/**
 * A page of a list as callers see it.
 *
 * @param items what is on it
 * @param nextCursor what to ask for the next page with; null on the last
 */
public record WireList<T>(List<T> items, Optional<String> nextCursor) implements Representation {
    public WireList {
        items = List.copyOf(items);
    }

    /** A list of one page. */
    public static <T> WireList<T> whole(List<T> items) {
        return new WireList<>(items, Optional.empty());
    }
}
