package dev.throughline.order;

import java.util.Optional;

/**
 * Which orders to list.
 *
 * @param status only those; empty for all
 * @param after only those behind this id; empty for the first page
 * @param limit at most so many, 1 to 200
 */
public record OrderQuery(Optional<OrderStatus> status, Optional<OrderId> after, int limit) {
    /** What a caller gets who names no limit. */
    public static final int DEFAULT_LIMIT = 20;

    /** The most that a caller can ask for at once. */
    public static final int MAX_LIMIT = 200;

    public OrderQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValueException("limit", "limit must be a whole number from 1 to %d.".formatted(MAX_LIMIT));
        }
    }
}
