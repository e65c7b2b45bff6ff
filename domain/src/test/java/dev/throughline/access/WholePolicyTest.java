package dev.throughline.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Combination.Kind;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Oracle.Situation;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The policy over every combination of what it looks at, against tables of its own and against what must always hold.
 */
class WholePolicyTest {
    private static final int LEAST = 1_000_000;

    private final AccessPolicy policy = new AccessPolicy();

    @Test
    void every_answer_is_the_one_that_the_tables_give() {
        AtomicLong compared = new AtomicLong();
        Set<DenyReason> seen = EnumSet.noneOf(DenyReason.class);
        Combination.forEach(combination -> forEachQuestion(combination, (caller, action, door, situation) -> {
            Decision decision = decide(caller, action, door, situation);
            if (!Oracle.answer(combination, action, door, situation).equals(words(decision))) {
                assertEquals(
                        Oracle.answer(combination, action, door, situation),
                        words(decision),
                        combination + " " + combination.roles() + " " + combination.scopes() + " " + action + " " + door
                                + " " + situation);
            }
            if (decision instanceof Deny deny) {
                seen.add(deny.reason());
            }
            compared.incrementAndGet();
        }));

        assertEquals(EnumSet.allOf(DenyReason.class), seen);
        assertTrue(compared.get() > LEAST, compared + " combinations");
    }

    @Test
    void taking_a_right_away_never_permits_more_and_never_shows_more_rows() {
        for (Kind kind : Kind.values()) {
            for (Action action : Action.values()) {
                for (Door door : Door.values()) {
                    int[] reach = reaches(kind, action, door);
                    for (int rights = 0; rights < reach.length; rights++) {
                        for (int bit = 1; bit < reach.length; bit <<= 1) {
                            if (reach[rights & ~bit] > reach[rights]) {
                                throw new AssertionError(
                                        new Combination(kind, rights) + " " + action + " gains by losing " + bit);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void through_an_agent_nobody_may_do_what_they_may_not_do_directly() {
        Combination.forEach(combination -> {
            if (combination.kind() == Kind.THROUGH_AGENT
                    || combination.kind() == Kind.THROUGH_RUN
                    || combination.kind() == Kind.THROUGH_SHARED_IDENTITY) {
                Combination directly = new Combination(Kind.DIRECTLY, combination.rights() | Combination.MAY_APPROVE);
                for (Action action : Action.values()) {
                    int reached = reach(decide(combination.caller(action), action, Door.MCP, Situation.NO_ROW));
                    int own = reach(decide(directly.caller(action), action, Door.MCP, Situation.NO_ROW));
                    assertTrue(reached <= own, () -> combination + " " + action);
                }
            }
        });
    }

    @Test
    void a_row_is_permitted_exactly_where_the_list_has_it() {
        Combination.forEach(combination -> {
            for (Action action : Action.values()) {
                Caller caller = combination.caller(action);
                Optional<RowFilter> rows = rows(decide(caller, action, Door.MCP, Situation.NO_ROW));
                for (Situation situation :
                        EnumSet.of(Situation.OWN_ROW, Situation.SOMEBODY_ELSES_ROW, Situation.FOREIGN_ROW)) {
                    Facts.Row row = situation.facts(Door.MCP).row().orElseThrow();
                    boolean listed = rows.filter(filter -> filter.covers(row.tenant(), row.owner()))
                            .isPresent();
                    boolean permitted = decide(caller, action, Door.MCP, situation) instanceof Permit;
                    assertTrue(listed == permitted, () -> combination + " " + action + " " + situation);
                }
            }
        });
    }

    @Test
    void people_and_registered_agents_get_the_same_answer_at_every_door() {
        Set<Kind> everywhere = EnumSet.of(Kind.DIRECTLY, Kind.THROUGH_AGENT, Kind.THROUGH_RUN);
        Combination.forEach(combination -> {
            if (everywhere.contains(combination.kind())) {
                for (Action action : Action.values()) {
                    Caller caller = combination.caller(action);
                    long answers = Arrays.stream(Door.values())
                            .map(door -> words(decide(caller, action, door, Situation.OWN_ROW)))
                            .distinct()
                            .count();
                    assertEquals(1, answers, () -> combination + " " + action);
                }
            }
        });
    }

    @Test
    void what_is_permitted_or_only_lacks_a_scope_or_an_approval_is_offered_and_nothing_else() {
        Set<String> offered =
                Set.of("own", "tenant", "needs ORDERS_READ", "needs ORDERS_WRITE", "approval_not_available");
        Combination.forEach(combination -> {
            for (Action action : Action.values()) {
                Caller caller = combination.caller(action);
                Caller withScopes = new Combination(combination.kind(), combination.rights() | 0xf0).caller(action);
                boolean possible = offered.contains(words(decide(withScopes, action, Door.MCP, Situation.NO_ROW)));
                assertEquals(possible, policy.offers(caller, action, Door.MCP), () -> combination + " " + action);
            }
        });
    }

    private int[] reaches(Kind kind, Action action, Door door) {
        int[] reach = new int[1 << Combination.BITS];
        Arrays.setAll(
                reach,
                rights -> reach(decide(new Combination(kind, rights).caller(action), action, door, Situation.NO_ROW)));
        return reach;
    }

    private Decision decide(Caller caller, Action action, Door door, Situation situation) {
        Instant now = situation == Situation.TOO_LATE ? TestCallers.NOW.plusSeconds(1) : TestCallers.NOW;
        return policy.decide(caller, action, situation.facts(door), now);
    }

    private static Optional<RowFilter> rows(Decision decision) {
        return decision instanceof Permit permit ? Optional.of(permit.rows()) : Optional.empty();
    }

    private static int reach(Decision decision) {
        return rows(decision).map(rows -> rows.owner().isPresent() ? 1 : 2).orElse(0);
    }

    private static String words(Decision decision) {
        if (decision instanceof Permit permit) {
            assertEquals(TestCallers.TENANT, permit.rows().tenant());
            return permit.rows()
                    .owner()
                    .map(TestCallers.VIC::equals)
                    .map(own -> own ? "own" : "wrong")
                    .orElse("tenant");
        }
        if (decision instanceof NeedsScope needs) {
            return "needs " + needs.scopes().iterator().next();
        }
        return decision.rule();
    }

    private static void forEachQuestion(Combination combination, Question question) {
        for (Action action : Action.values()) {
            Caller caller = combination.caller(action);
            for (Door door : Door.values()) {
                for (Situation situation : Situation.values()) {
                    question.ask(caller, action, door, situation);
                }
            }
        }
    }

    private interface Question {
        void ask(Caller caller, Action action, Door door, Situation situation);
    }
}
