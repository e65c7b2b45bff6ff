package dev.throughline.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one client was told about its orders, each placed under a customer's name that nobody else uses. A change that
 * nobody answered for - the connection broke, or the answer was that it is not known - leaves its order alone from then
 * on: the order may be as it was before or as it should have become, and nothing between.
 */
final class Journal {
    private final Map<String, Change> last = new LinkedHashMap<>();
    private long acknowledged;
    private long unanswered;

    /**
     * An order as its client knows it.
     *
     * @param number that of its id; 0 while the client was not told
     * @param version counts its changes
     */
    record State(long number, String customer, String product, int quantity, long version) {
        /** One of the rows that {@link #query} finds. */
        static State of(String row) {
            String[] columns = row.split("\\|");
            return new State(
                    Long.parseLong(columns[1]),
                    columns[0],
                    columns[2],
                    Integer.parseInt(columns[3]),
                    Long.parseLong(columns[4]));
        }

        State amended(String otherProduct, int otherQuantity) {
            return new State(number, customer, otherProduct, otherQuantity, version + 1);
        }

        private boolean is(State row) {
            return equals(row)
                    || number == 0 && new State(row.number, customer, product, quantity, version).equals(row);
        }
    }

    /**
     * The last change of an order that was sent.
     *
     * @param before what was there; nothing before an order is placed
     * @param after what should be there; nothing once it is deleted
     * @param sure whether the change is known to have been made
     */
    record Change(Optional<State> before, Optional<State> after, boolean sure) {
        private String customer() {
            return after.or(() -> before).orElseThrow().customer();
        }

        private boolean allows(Optional<State> row) {
            return is(after, row) || !sure && is(before, row);
        }

        private static boolean is(Optional<State> state, Optional<State> row) {
            return state.map(there -> row.map(there::is).orElse(false)).orElse(row.isEmpty());
        }

        /** How often the order has been changed, if this is its row. */
        private long effects(Optional<State> row) {
            return row.map(State::version)
                    .orElse(after.isEmpty() ? before.orElseThrow().version() + 1 : 0);
        }
    }

    /** A change was made. */
    void acknowledged(Optional<State> before, Optional<State> after) {
        acknowledged++;
        note(new Change(before, after, true));
    }

    /** Nobody says whether a change was made. */
    void unanswered(Optional<State> before, Optional<State> after) {
        unanswered++;
        note(new Change(before, after, false));
    }

    private void note(Change change) {
        last.put(change.customer(), change);
    }

    long acknowledged() {
        return acknowledged;
    }

    long unanswered() {
        return unanswered;
    }

    /** Finds a client's rows. */
    static String query(String owner) {
        return "select concat_ws('|', customer_name, number, product, quantity, version) from orders where owner = '"
                + owner + "' and status = 'pending' order by number";
    }

    /** A sentence for each row that is not as its client was told, and for each that is missing or too many. */
    List<String> contradictions(List<String> rows) {
        Map<String, List<State>> there = byCustomer(rows);
        List<String> found = new ArrayList<>();
        last.forEach((customer, change) -> {
            List<State> copies = there.getOrDefault(customer, List.of());
            if (copies.size() > 1) {
                found.add("doubled: " + copies);
            } else if (!change.allows(copies.stream().findFirst())) {
                found.add((copies.isEmpty() ? "lost: " : "altered: ") + change + " and there is " + copies);
            }
        });
        there.forEach((customer, copies) -> {
            if (!last.containsKey(customer)) {
                found.add("never sent: " + copies);
            }
        });
        return found;
    }

    /** How many of the changes that nobody answered for were made. */
    long madeUnanswered(List<String> rows) {
        Map<String, List<State>> there = byCustomer(rows);
        return last.entrySet().stream()
                .filter(entry -> !entry.getValue().sure())
                .filter(entry -> Change.is(
                        entry.getValue().after(),
                        there.getOrDefault(entry.getKey(), List.of()).stream().findFirst()))
                .count();
    }

    /** How many effects each order has had, by its number: each of them has one record in the audit log. */
    Map<Long, Long> effects(List<String> rows) {
        Map<String, List<State>> there = byCustomer(rows);
        Map<Long, Long> effects = new TreeMap<>();
        last.forEach((customer, change) -> {
            Optional<State> row =
                    there.getOrDefault(customer, List.of()).stream().findFirst();
            Stream.of(row, change.after(), change.before())
                    .flatMap(Optional::stream)
                    .map(State::number)
                    .filter(number -> number > 0)
                    .findFirst()
                    .ifPresent(number -> effects.put(number, change.effects(row)));
        });
        return effects;
    }

    private static Map<String, List<State>> byCustomer(List<String> rows) {
        return rows.stream().map(State::of).collect(Collectors.groupingBy(State::customer));
    }
}
