package dev.throughline.in.rest;

import dev.throughline.CanonicalUuid;
import dev.throughline.access.UserId;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.order.OrderId;
import dev.throughline.trail.AuditQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The query of the audit log's address.
 *
 * @param query which records
 * @param cursor where the page starts
 * @param limit how many records it may have
 */
record AuditParameters(AuditQuery query, Optional<String> cursor, int limit) {
    private static final Set<String> FILTERS = Set.of("user", "agent", "order", "run", "conversation");
    private static final Set<String> PAGES = Set.of("limit", "cursor");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int LONGEST_NAME = 128;

    /** Of the list. */
    static AuditParameters ofList(Map<String, List<String>> sent) {
        return of(sent, true);
    }

    /** Of what takes filters and has no pages. */
    static AuditParameters ofFilters(Map<String, List<String>> sent) {
        return of(sent, false);
    }

    private static AuditParameters of(Map<String, List<String>> sent, boolean paged) {
        sent.forEach((name, values) -> {
            boolean known = FILTERS.contains(name) || paged && PAGES.contains(name);
            if (!known || values.size() != 1) {
                throw new ProblemException(Problem.of(
                        400,
                        "parameter_unknown",
                        "This takes user, agent, order, run and conversation" + (paged ? ", limit and cursor" : "")
                                + ", each at most once."));
            }
        });
        return new AuditParameters(
                new AuditQuery(
                        id(sent, "user").map(UserId::new),
                        value(sent, "agent").map(AuditParameters::name),
                        value(sent, "order").map(AuditParameters::order),
                        id(sent, "run"),
                        id(sent, "conversation")),
                value(sent, "cursor"),
                value(sent, "limit").map(AuditParameters::limit).orElse(AuditQuery.DEFAULT_LIMIT));
    }

    private static Optional<String> value(Map<String, List<String>> sent, String name) {
        return Optional.ofNullable(sent.get(name)).map(values -> values.get(0));
    }

    private static Optional<UUID> id(Map<String, List<String>> sent, String name) {
        return value(sent, name)
                .map(text -> CanonicalUuid.parse(text)
                        .orElseThrow(() -> invalid(name, name + " must be an id such as a record shows.")));
    }

    private static String name(String agent) {
        if (agent.isBlank() || agent.length() > LONGEST_NAME || agent.indexOf('\0') >= 0) {
            throw invalid("agent", "agent must be an agent's name.");
        }
        return agent;
    }

    private static String order(String id) {
        return OrderId.parse(id)
                .map(OrderId::toString)
                .orElseThrow(() -> invalid("order", "order must be an order's id such as ORD-001."));
    }

    private static int limit(String text) {
        int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (limit < 1 || limit > AuditQuery.MAX_LIMIT) {
            throw invalid("limit", "limit must be a whole number from 1 to %d.".formatted(AuditQuery.MAX_LIMIT));
        }
        return limit;
    }

    private static ProblemException invalid(String name, String sentence) {
        return new ProblemException(Problem.ofField("value_invalid", name, sentence));
    }
}
