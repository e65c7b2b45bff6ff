package dev.throughline.out.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Budget;
import dev.throughline.access.Budget.Kind;
import dev.throughline.access.Budgets;
import dev.throughline.access.ClientId;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.out.People;
import dev.throughline.out.database.AtOnce;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every implementation of {@link Budgets} promises. */
abstract class BudgetsContract {
    /** Of the person: one a second, five at once. The others differ from it and from each other. */
    static final Limits LIMITS =
            new Limits(new Limit(60, 5), new Limit(30, 4), new Limit(20, 6), new Limit(15, 3), new Limit(6, 2));

    final StandingTime time = new StandingTime();
    final User vic = People.someone(People.someTenant());

    abstract Budgets budgets(Limits limits);

    @Test
    void a_full_budget_gives_its_burst_and_no_more() {
        Budgets budgets = budgets(LIMITS);
        assertEquals(5, spent(budgets, of(vic), 50));
    }

    @Test
    void who_is_refused_is_told_when_there_is_one_again_and_that_is_true() {
        Budgets budgets = budgets(LIMITS);
        spent(budgets, of(vic), 5);
        assertEquals(Optional.of(Duration.ofSeconds(1)), budgets.spend(of(vic)));
        time.pass(Duration.ofMillis(999));
        assertEquals(Optional.of(Duration.ofMillis(1)), budgets.spend(of(vic)));
        time.pass(Duration.ofMillis(1));
        assertEquals(1, spent(budgets, of(vic), 2));
    }

    @Test
    void being_refused_costs_nothing() {
        Budgets budgets = budgets(LIMITS);
        assertEquals(5, spent(budgets, of(vic), 500));
        assertEquals(Optional.of(Duration.ofSeconds(1)), budgets.spend(of(vic)));
    }

    @Test
    void a_budget_refills_with_time_and_not_beyond_its_burst() {
        Budgets budgets = budgets(LIMITS);
        spent(budgets, of(vic), 5);
        time.pass(Duration.ofSeconds(3));
        assertEquals(3, spent(budgets, of(vic), 50));
        time.pass(Duration.ofHours(3));
        assertEquals(5, spent(budgets, of(vic), 50));
    }

    @ParameterizedTest
    @EnumSource
    void each_kind_has_its_own_limit(Kind kind) {
        Budgets budgets = budgets(LIMITS);
        Budget budget = new Budget(kind, vic.tenant(), Optional.of(vic.id()), Optional.empty());
        int burst = switch (kind) {
            case USER -> 5;
            case AGENT -> 4;
            case WRITES -> 6;
            case AGENT_WRITES, TOOL -> 3;
            case CHAT -> 2;
        };
        int everySeconds = switch (kind) {
            case USER -> 1;
            case AGENT -> 2;
            case WRITES -> 3;
            case AGENT_WRITES -> 6;
            case TOOL -> 4;
            case CHAT -> 10;
        };
        assertEquals(burst, spent(budgets, budget, 50));
        assertEquals(Optional.of(Duration.ofSeconds(everySeconds)), budgets.spend(budget));
    }

    @Test
    void an_empty_budget_takes_nothing_from_one_that_differs_in_one_thing() {
        Budgets budgets = budgets(LIMITS);
        ClientId assistant = new ClientId("assistant");
        Budget emptied = through(vic, assistant);
        User namesake = new User(People.someTenant(), vic.id(), vic.roles());
        List<Budget> others = List.of(
                of(vic),
                through(vic, new ClientId("another")),
                through(People.someone(vic.tenant()), assistant),
                through(namesake, assistant),
                new Budget(Kind.AGENT, vic.tenant(), Optional.empty(), Optional.of(assistant)),
                new Budget(Kind.AGENT_WRITES, vic.tenant(), Optional.of(vic.id()), Optional.of(assistant)));

        assertEquals(4, spent(budgets, emptied, 50));

        for (Budget other : others) {
            assertEquals(Optional.empty(), budgets.spend(other), other.toString());
        }
        assertTrue(budgets.spend(through(vic, new ClientId("assistant"))).isPresent());
    }

    @Test
    void each_tool_has_a_budget_of_its_own() {
        Budgets budgets = budgets(LIMITS);
        assertEquals(3, spent(budgets, ofTool(Action.LIST_ORDERS), 50));
        assertEquals(3, spent(budgets, ofTool(Action.READ_ORDER), 50));
    }

    @Test
    void two_agents_of_a_person_have_a_budget_each_and_share_the_persons() {
        Budgets budgets = budgets(LIMITS);
        assertEquals(4, request(budgets, vic, "assistant", 50));
        assertEquals(1, request(budgets, vic, "another", 50), "What is left of the person's five");
        assertEquals(0, spent(budgets, of(vic), 1));
        assertEquals(4, request(budgets, People.someone(vic.tenant()), "assistant", 50));
    }

    private Budget ofTool(Action action) {
        return new Budget(Kind.TOOL, vic.tenant(), Optional.of(vic.id()), Optional.empty(), Optional.of(action));
    }

    @Test
    void of_many_who_ask_at_once_no_more_are_let_through_than_there_is() throws Exception {
        Budgets budgets = budgets(LIMITS);
        assertEquals(5, AtOnce.count(16, () -> budgets.spend(of(vic)).isEmpty()));
        time.pass(Duration.ofSeconds(2));
        assertEquals(2, AtOnce.count(16, () -> budgets.spend(of(vic)).isEmpty()));
    }

    @Test
    void the_largest_and_the_smallest_limits_work() {
        Limit large = new Limit(1_000_000, 1_000_000);
        Limit small = new Limit(1, 1);
        Budgets budgets = budgets(new Limits(large, small, small, small, small));
        assertEquals(50, spent(budgets, of(vic), 50));
        assertEquals(1, spent(budgets, through(vic, new ClientId("assistant")), 2));
        time.pass(Duration.ofSeconds(59));
        assertFalse(budgets.spend(through(vic, new ClientId("assistant"))).isEmpty());
        time.pass(Duration.ofSeconds(1));
        assertTrue(budgets.spend(through(vic, new ClientId("assistant"))).isEmpty());
    }

    /** One request after the other through an agent; answers how many were let through. */
    private static int request(Budgets budgets, User user, String agent, int times) {
        int let = 0;
        for (int i = 0; i < times; i++) {
            boolean through = budgets.spend(through(user, new ClientId(agent))).isEmpty()
                    && budgets.spend(of(user)).isEmpty();
            let += through ? 1 : 0;
        }
        return let;
    }

    static int spent(Budgets budgets, Budget budget, int times) {
        int spent = 0;
        for (int i = 0; i < times; i++) {
            spent += budgets.spend(budget).isEmpty() ? 1 : 0;
        }
        return spent;
    }

    static Budget of(User user) {
        return new Budget(Kind.USER, user.tenant(), Optional.of(user.id()), Optional.empty());
    }

    static Budget of(TenantId tenant) {
        return of(People.someone(tenant));
    }

    private static Budget through(User user, ClientId client) {
        return new Budget(Kind.AGENT, user.tenant(), Optional.of(user.id()), Optional.of(client));
    }
}
