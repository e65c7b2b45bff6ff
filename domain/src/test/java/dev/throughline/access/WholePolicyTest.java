package dev.throughline.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Combination.Kind;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Facts.Partner;
import dev.throughline.access.Oracle.Situation;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The policy over every combination of what it looks at, against tables of its own and against what must always hold.
 * Rights are combined with all situations; consents and answers, which only ever take away, with what is almost enough.
 */
class WholePolicyTest {
    private static final int LEAST = 1_000_000;

    /** What the policy never says by itself: whoever asks the person finds out. */
    private static final Set<DenyReason> OF_QUESTIONS = EnumSet.of(DenyReason.APPROVAL_USED, DenyReason.APPROVALS_WAIT);

    private static final Set<DenyReason> OF_PARTNERS =
            EnumSet.of(DenyReason.NOT_A_CHAT_AGENT, DenyReason.ACTS_AS_ITSELF, DenyReason.PASSTHROUGH_OFF);

    private final AccessPolicy policy = new AccessPolicy();
    private final AtomicLong compared = new AtomicLong();
    private final Set<DenyReason> seen = EnumSet.noneOf(DenyReason.class);

    @Test
    void every_answer_is_the_one_that_the_tables_give() {
        Combination.forEach(combination -> {
            for (Action action : Action.values()) {
                Caller caller = combination.caller(action);
                for (Door door : Door.values()) {
                    for (Situation situation : Situation.values()) {
                        compare(combination, caller, action, door, situation, Reply.UNASKED);
                    }
                }
            }
        });

        assertTrue(compared.get() > LEAST, compared + " combinations");
    }

    @Test
    void every_right_counts_beside_a_yes_and_a_no() {
        Combination.forEach(combination -> {
            for (Action action : Action.values()) {
                Caller caller = combination.caller(action);
                compare(combination, caller, action, Door.MCP, Situation.OWN_ROW, Reply.YES);
                compare(combination, caller, action, Door.CHAT, Situation.SOMEBODY_ELSES_ROW, Reply.YES);
                compare(combination, caller, action, Door.MCP, Situation.OWN_ROW, Reply.NO);
            }
        });
    }

    @Test
    void every_consent_and_every_answer_counts_as_the_tables_say() {
        List<Reply> replies = Reply.all();
        Set<Situation> allSituations = EnumSet.allOf(Situation.class);
        Set<Situation> rowOrNot = EnumSet.of(Situation.NO_ROW, Situation.OWN_ROW, Situation.SOMEBODY_ELSES_ROW);
        Combination.forEachAlmostComplete(combination -> {
            for (Action action : Action.values()) {
                Caller caller = combination.caller(action);
                for (Reply reply : replies) {
                    for (Situation situation : reply.equals(Reply.YES) ? allSituations : rowOrNot) {
                        compare(combination, caller, action, Door.MCP, situation, reply);
                    }
                }
            }
        });

        assertTrue(compared.get() > LEAST, compared + " combinations");
        Set<DenyReason> possible = EnumSet.allOf(DenyReason.class);
        possible.removeAll(OF_QUESTIONS);
        possible.removeAll(OF_PARTNERS);
        possible.remove(DenyReason.MCP_ONLY);
        assertEquals(possible, seen);
    }

    @Test
    void every_partner_is_refused_for_the_reason_that_the_tables_give() {
        Combination.forEach(combination -> {
            if (combination.kind() == Kind.DIRECTLY) {
                Caller caller = combination.caller(Action.CHAT);
                String without = words(policy.decide(caller, Action.CHAT, Facts.at(Door.CHAT), TestCallers.NOW));
                for (Agent agent : partners()) {
                    for (Consent consent : Consent.values()) {
                        for (boolean reachable : new boolean[] {true, false}) {
                            Facts facts = Facts.at(Door.CHAT).with(new Partner(agent, consent, reachable));
                            Decision decision = policy.decide(caller, Action.CHAT, facts, TestCallers.NOW);
                            String expected = without.equals("own")
                                    ? Oracle.partner(combination, agent, consent, reachable)
                                    : without;
                            assertEquals(expected, words(decision), () -> describe(combination) + " " + facts);
                            note(decision);
                        }
                    }
                }
            }
        });

        assertTrue(seen.containsAll(OF_PARTNERS), seen.toString());
    }

    @Test
    void only_an_approved_change_uses_an_approval_up() {
        Combination.forEachAlmostComplete(combination -> {
            for (Action action : Action.values()) {
                for (Reply reply : List.of(Reply.YES, Reply.NO, Reply.UNKNOWN)) {
                    Facts facts = reply.to(Situation.OWN_ROW.facts(Door.MCP), action);
                    Decision decision = policy.decide(combination.caller(action), action, facts, TestCallers.NOW);
                    Optional<ApprovalId> used =
                            decision instanceof Permit permit ? permit.approval() : Optional.empty();
                    boolean asked = (combination.kind() == Kind.THROUGH_AGENT || combination.kind() == Kind.THROUGH_RUN)
                            && !combination.has(Combination.UNASKED);
                    assertEquals(
                            decision instanceof Permit && asked ? Optional.of(Reply.ID) : Optional.empty(),
                            used,
                            () -> describe(combination) + " " + action + " " + reply);
                }
            }
        });
    }

    @Test
    void what_a_person_is_shown_is_a_row_that_the_change_would_reach_and_nothing_else() {
        Combination.forEachAlmostComplete(combination -> {
            for (Action action : Action.values()) {
                Caller caller = combination.caller(action);
                if (decide(caller, action, Door.MCP, Situation.NO_ROW) instanceof NeedsApproval needs) {
                    Caller unasked = combination.with(Combination.UNASKED).caller(action);
                    Permit without = (Permit) decide(unasked, action, Door.MCP, Situation.NO_ROW);
                    assertEquals(without.rows(), needs.toShow().rows());
                    assertEquals(Action.READ_ORDER, needs.toShow().action());
                    assertEquals(Optional.empty(), needs.toShow().approval());
                    assertEquals(caller, needs.toShow().caller());
                }
            }
        });
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
                                throw new AssertionError(new Combination(kind, rights, Consent.ALLOWED) + " " + action
                                        + " gains by losing " + bit);
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
                Combination directly = new Combination(
                        Kind.DIRECTLY, combination.rights() | Combination.MAY_APPROVE, combination.consent());
                for (Action action : Action.values()) {
                    Facts facts = Reply.YES.to(Facts.at(Door.MCP), action);
                    int reached = reach(policy.decide(combination.caller(action), action, facts, TestCallers.NOW));
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
        Set<String> offered = Set.of("own", "tenant", "approval_needed");
        Combination.forEach(combination -> {
            for (Action action : Action.values()) {
                Caller caller = combination.caller(action);
                Caller withScopes = combination.with(Combination.SCOPES).caller(action);
                boolean possible = offered.contains(words(decide(withScopes, action, Door.MCP, Situation.NO_ROW)));
                assertEquals(possible, policy.offers(caller, action, Door.MCP), () -> combination + " " + action);
            }
        });
    }

    private static List<Agent> partners() {
        return Arrays.stream(Agent.Kind.values())
                .flatMap(kind -> List.<Set<String>>of(
                                Set.of(),
                                Set.of("whoami", "health-check"),
                                Set.of("whoami", "list-orders"),
                                Set.of("list-orders", "get-order"),
                                Set.of("list-orders", "delete-order"),
                                Set.of("chat"))
                        .stream()
                        .map(tools -> TestCallers.agent(kind, new Grant(Set.of("list-orders"), tools, Set.of()))))
                .toList();
    }

    private void compare(
            Combination combination, Caller caller, Action action, Door door, Situation situation, Reply reply) {
        Facts facts = reply.to(situation.facts(door), action);
        Decision decision = policy.decide(caller, action, facts, at(situation));
        String expected = Oracle.answer(combination, action, door, situation, reply);
        if (!expected.equals(words(decision))) {
            assertEquals(
                    expected,
                    words(decision),
                    describe(combination) + " " + action + " " + door + " " + situation + " " + reply);
        }
        note(decision);
        compared.incrementAndGet();
    }

    private void note(Decision decision) {
        if (decision instanceof Deny deny) {
            seen.add(deny.reason());
        }
    }

    private static String describe(Combination combination) {
        return combination + " " + combination.roles() + " " + combination.scopes();
    }

    private int[] reaches(Kind kind, Action action, Door door) {
        int[] reach = new int[1 << Combination.BITS];
        Arrays.setAll(
                reach,
                rights -> reach(decide(
                        new Combination(kind, rights, Consent.ALLOWED).caller(action),
                        action,
                        door,
                        Situation.NO_ROW)));
        return reach;
    }

    private Decision decide(Caller caller, Action action, Door door, Situation situation) {
        return policy.decide(caller, action, situation.facts(door), at(situation));
    }

    private static Instant at(Situation situation) {
        return situation == Situation.TOO_LATE ? TestCallers.GOOD_UNTIL : TestCallers.NOW;
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
}
