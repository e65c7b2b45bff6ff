package dev.throughline.out.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Budgets;
import dev.throughline.out.People;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryBudgetsTest extends BudgetsContract {

    @Override
    Budgets budgets(Limits limits) {
        return new InMemoryBudgets(limits, time, 10_000);
    }

    @Test
    void an_empty_budget_is_not_forgotten_before_it_is_full_again() {
        Limits slow = new Limits(
                new Limit(1, 60), new Limit(600, 1), new Limit(600, 1), new Limit(600, 1), new Limit(600, 1));
        Budgets budgets = budgets(slow);
        assertEquals(60, spent(budgets, of(vic), 61));
        time.pass(Duration.ofMinutes(59));
        assertEquals(59, spent(budgets, of(vic), 61));
    }

    @Test
    void a_budget_that_is_asked_for_is_not_pushed_out_by_others() {
        Budgets budgets = new InMemoryBudgets(LIMITS, time, 1_000);
        spent(budgets, of(vic), 100);
        int others = 0;
        for (int i = 0; i < 20_000; i++) {
            others += spent(budgets, of(vic.tenant()), 1);
            if (i % 100 == 0) {
                assertTrue(budgets.spend(of(vic)).isPresent(), "After " + i);
            }
        }
        assertEquals(20_000, others);
        assertEquals(5, spent(budgets, of(People.someone(vic.tenant())), 50));
    }
}
