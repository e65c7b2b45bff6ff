package dev.throughline.in.fakes;

import dev.throughline.Unavailable;
import dev.throughline.access.Budget;
import dev.throughline.access.Budgets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Budgets without a limit, until a test empties one. */
public final class CountedBudgets implements Budgets {
    private final Map<Budget, Integer> spent = new HashMap<>();
    private final Map<Budget, Duration> empty = new HashMap<>();
    private boolean away;

    /** Leaves nothing in a budget. */
    public void empty(Budget budget, Duration until) {
        empty.put(budget, until);
    }

    /** From now on nobody answers. */
    public void away() {
        away = true;
    }

    /** How many were taken from a budget. */
    public int spent(Budget budget) {
        return spent.getOrDefault(budget, 0);
    }

    @Override
    public Optional<Duration> spend(Budget budget) {
        if (away) {
            throw new Unavailable("budgets", new IllegalStateException("away"));
        }
        if (!empty.containsKey(budget)) {
            spent.merge(budget, 1, Integer::sum);
        }
        return Optional.ofNullable(empty.get(budget));
    }
}
