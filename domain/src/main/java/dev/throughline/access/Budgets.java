package dev.throughline.access;

import java.time.Duration;
import java.util.Optional;

/** The budgets of all callers, which refill with time. */
public interface Budgets {

    /**
     * Takes one from a budget, if there is one left.
     *
     * @return empty if it was taken; else how long until there is one again, which is more than nothing
     * @throws dev.throughline.Unavailable if nobody can tell what is left; nobody may then be let through
     */
    Optional<Duration> spend(Budget budget);
}
