package dev.throughline.in.rest;

import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The query of a list's address.
 *
 * @param status only orders in it
 * @param cursor where the page starts
 * @param limit how many orders the page may have; out of bounds where it is no number
 */
record ListParameters(Optional<OrderStatus> status, Optional<String> cursor, int limit) {
    private static final Set<String> KNOWN = Set.of("status", "cursor", "limit");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    static ListParameters of(Map<String, List<String>> query) {
        query.forEach((name, values) -> {
            if (!KNOWN.contains(name) || values.size() != 1) {
                throw new ProblemException(Problem.of(
                        400, "parameter_unknown", "A list takes limit, cursor and status, each at most once."));
            }
        });
        return new ListParameters(
                value(query, "status").map(OrderStatus::parse),
                value(query, "cursor"),
                value(query, "limit").map(ListParameters::number).orElse(OrderQuery.DEFAULT_LIMIT));
    }

    private static Optional<String> value(Map<String, List<String>> query, String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
    }

    private static int number(String text) {
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }
}
