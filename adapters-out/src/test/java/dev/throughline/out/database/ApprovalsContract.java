package dev.throughline.out.database;

import static dev.throughline.out.database.Assistants.ASSISTANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.Approval.State;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Approvals;
import dev.throughline.access.Proposal;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.out.People;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation of {@link Approvals} promises. */
abstract class ApprovalsContract {
    private static final Duration TICK = Duration.ofNanos(1000);

    private final User vic = People.someone(People.someTenant());
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Proposal proposal = Assistants.proposal(vic, ASSISTANT, Action.UPDATE_ORDER, OptionalLong.of(3));

    abstract Approvals approvals();

    /** The same approvals, as another instance sees them. */
    abstract Approvals otherInstance();

    @Test
    void a_question_is_found_as_it_was_asked() {
        Approval question = Assistants.question(proposal, now);
        assertEquals(Optional.of(question), Assistants.ask(approvals(), question, now));
        assertEquals(Optional.of(question), otherInstance().find(vic, question.id()));
        assertEquals(Optional.of(question), otherInstance().about(proposal, now));
    }

    @Test
    void the_person_is_shown_everything_in_the_order_in_which_it_was_asked() {
        Approval question = ask(proposal);
        Approval found = approvals().find(vic, question.id()).orElseThrow();
        assertEquals(
                List.copyOf(question.arguments().keySet()),
                List.copyOf(found.arguments().keySet()));
        assertEquals(
                List.copyOf(question.after().orElseThrow().keySet()),
                List.copyOf(found.after().orElseThrow().keySet()));
    }

    @Test
    void a_question_about_something_new_has_no_row_before_and_no_version() {
        Proposal creation = Assistants.proposal(vic, ASSISTANT, Action.CREATE_ORDER, OptionalLong.empty());
        Approval question = new Approval(
                new ApprovalId(UUID.randomUUID()),
                creation,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                State.PENDING,
                now.plus(Approval.LIFE));
        assertEquals(Optional.of(question), Assistants.ask(approvals(), question, now));
        assertEquals(Optional.of(question), approvals().about(creation, now));
    }

    @Test
    void what_has_been_answered_is_not_asked() {
        Approval approved = Assistants.question(proposal, now).in(State.APPROVED);
        assertThrows(IllegalArgumentException.class, () -> Assistants.ask(approvals(), approved, now));
        assertEquals(Optional.empty(), approvals().about(proposal, now));
    }

    @Test
    void the_same_question_is_asked_once_while_it_waits() {
        Approval first = ask(proposal);
        assertEquals(Optional.of(first), Assistants.ask(otherInstance(), Assistants.question(proposal, now), now));
        assertEquals(List.of(first), approvals().of(vic, now));
    }

    @Test
    void a_question_that_nobody_answered_in_time_is_asked_anew() {
        Approval first = ask(proposal);
        Instant later = first.expiresAt();
        Approval second = Assistants.question(proposal, later);
        assertEquals(Optional.of(first), Assistants.ask(approvals(), second, later.minus(TICK)));
        assertEquals(Optional.of(second), Assistants.ask(approvals(), second, later));
        assertEquals(Optional.of(second), approvals().about(proposal, later));
    }

    @Test
    void of_many_who_ask_the_same_at_once_all_get_the_same_question() throws Exception {
        Set<ApprovalId> asked = ConcurrentHashMap.newKeySet();
        AtomicLong turn = new AtomicLong();
        int succeeded = AtOnce.count(12, () -> {
            Approvals instance = turn.getAndIncrement() % 2 == 0 ? approvals() : otherInstance();
            return Assistants.ask(instance, Assistants.question(proposal, now), now)
                    .map(approval -> asked.add(approval.id()))
                    .isPresent();
        });
        assertEquals(12, succeeded);
        assertEquals(1, asked.size());
        assertEquals(1, approvals().of(vic, now).size());
    }

    @Test
    void of_many_different_questions_at_once_only_so_many_wait() throws Exception {
        AtomicLong version = new AtomicLong();
        int succeeded = AtOnce.count(12, () -> {
            long mine = version.incrementAndGet();
            Approvals instance = mine % 2 == 0 ? approvals() : otherInstance();
            return Assistants.ask(instance, Assistants.question(about(mine), now), now)
                    .isPresent();
        });
        assertEquals(Approvals.MOST_PENDING, succeeded);
        assertEquals(Approvals.MOST_PENDING, approvals().of(vic, now).size());
    }

    @Test
    void where_too_many_wait_an_earlier_question_is_still_found_by_asking_again() {
        Approval first = askAsManyAsMayWait();
        assertEquals(Optional.empty(), Assistants.ask(approvals(), Assistants.question(about(99), now), now));
        assertEquals(Optional.of(first), Assistants.ask(approvals(), Assistants.question(first.proposal(), now), now));
    }

    @Test
    void what_is_answered_or_expired_waits_no_more() {
        Approval first = askAsManyAsMayWait();
        Approval next = Assistants.question(about(99), now);
        assertEquals(
                Optional.empty(),
                Assistants.ask(approvals(), next, first.expiresAt().minus(TICK)));
        approvals().answer(People.own(vic, Action.APPROVE), first.id(), State.DENIED, now);
        assertEquals(Optional.of(next), Assistants.ask(approvals(), next, now));
        assertEquals(Optional.empty(), Assistants.ask(approvals(), Assistants.question(about(100), now), now));
        Instant later = first.expiresAt();
        Approval afterwards = Assistants.question(about(100), later);
        assertEquals(Optional.of(afterwards), Assistants.ask(approvals(), afterwards, later));
    }

    @Test
    void what_waits_for_one_agent_or_person_does_not_hinder_another() {
        askAsManyAsMayWait();
        Approval ofAnotherAgent = Assistants.question(
                Assistants.proposal(vic, "another-agent", Action.UPDATE_ORDER, OptionalLong.of(99)), now);
        Approval ofAnotherPerson = Assistants.question(
                Assistants.proposal(People.someone(vic.tenant()), ASSISTANT, Action.UPDATE_ORDER, OptionalLong.of(99)),
                now);
        assertEquals(Optional.of(ofAnotherAgent), Assistants.ask(approvals(), ofAnotherAgent, now));
        assertEquals(Optional.of(ofAnotherPerson), Assistants.ask(approvals(), ofAnotherPerson, now));
    }

    @ParameterizedTest
    @EnumSource(names = {"APPROVED", "DENIED"})
    void an_answer_is_kept(State answer) {
        Approval question = ask(proposal);
        assertTrue(approvals().answer(People.own(vic, Action.APPROVE), question.id(), answer, now));
        assertEquals(Optional.of(question.in(answer)), otherInstance().find(vic, question.id()));
        assertEquals(Optional.of(question.in(answer)), otherInstance().about(proposal, now));
    }

    @Test
    void a_yes_that_was_not_used_can_be_taken_back_by_its_person_alone() {
        Approval question = ask(proposal);
        approvals().answer(People.own(vic, Action.APPROVE), question.id(), State.APPROVED, now);

        approvals().withdraw(People.own(People.someone(vic.tenant()), Action.APPROVE), question.id(), now);
        assertEquals(State.APPROVED, stateOf(question));
        approvals().withdraw(People.own(vic, Action.APPROVE), question.id(), now);
        assertEquals(State.DENIED, stateOf(question));
    }

    @Test
    void what_was_never_answered_cannot_be_taken_back() {
        Approval question = ask(proposal);

        approvals().withdraw(People.own(vic, Action.APPROVE), question.id(), now);

        assertEquals(State.PENDING, stateOf(question));
    }

    private State stateOf(Approval question) {
        return approvals().find(vic, question.id()).orElseThrow().state();
    }

    @Test
    void the_first_answer_stands() {
        Approval question = ask(proposal);
        assertTrue(approvals().answer(People.own(vic, Action.APPROVE), question.id(), State.DENIED, now));
        assertFalse(approvals().answer(People.own(vic, Action.APPROVE), question.id(), State.APPROVED, now));
        assertEquals(Optional.of(question.in(State.DENIED)), approvals().find(vic, question.id()));
    }

    @Test
    void of_many_answers_at_once_one_counts() throws Exception {
        Approval question = ask(proposal);
        AtomicLong turn = new AtomicLong();
        assertEquals(
                1,
                AtOnce.count(
                        8,
                        () -> turn.getAndIncrement() % 2 == 0
                                ? approvals()
                                        .answer(People.own(vic, Action.APPROVE), question.id(), State.APPROVED, now)
                                : otherInstance()
                                        .answer(People.own(vic, Action.APPROVE), question.id(), State.DENIED, now)));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"APPROVED", "DENIED"})
    void nobody_answers_with_anything_but_yes_or_no(State answer) {
        Approval question = ask(proposal);
        assertThrows(
                IllegalArgumentException.class,
                () -> approvals().answer(People.own(vic, Action.APPROVE), question.id(), answer, now));
        assertEquals(Optional.of(question), approvals().find(vic, question.id()));
    }

    @Test
    void an_answer_is_too_late_from_the_very_moment_of_expiry() {
        Approval question = ask(proposal);
        assertFalse(approvals()
                .answer(People.own(vic, Action.APPROVE), question.id(), State.APPROVED, question.expiresAt()));
        assertEquals(Optional.of(question), approvals().find(vic, question.id()));
        assertTrue(approvals()
                .answer(
                        People.own(vic, Action.APPROVE),
                        question.id(),
                        State.APPROVED,
                        question.expiresAt().minus(TICK)));
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "APPROVED", "DENIED"})
    void nothing_decides_from_the_very_moment_of_its_expiry(State state) {
        Approval question = ask(proposal);
        if (state != State.PENDING) {
            approvals().answer(People.own(vic, Action.APPROVE), question.id(), state, now);
        }
        Instant expiry = question.expiresAt();
        assertEquals(Optional.of(question.in(state)), approvals().about(proposal, expiry.minus(TICK)));
        assertEquals(Optional.empty(), approvals().about(proposal, expiry));
    }

    static Stream<String> otherThings() {
        return Stream.of("tenant", "user", "agent", "action", "digest");
    }

    @ParameterizedTest
    @MethodSource("otherThings")
    void neither_a_question_nor_a_no_says_anything_about_something_else(String what) {
        Proposal other = other(what);
        Approval question = ask(proposal);
        assertEquals(Optional.empty(), approvals().about(other, now));
        approvals().answer(People.own(vic, Action.APPROVE), question.id(), State.DENIED, now);
        assertEquals(Optional.empty(), approvals().about(other, now));
        assertEquals(Optional.of(question.in(State.DENIED)), approvals().about(proposal, now));
    }

    @ParameterizedTest
    @MethodSource("otherThings")
    void a_yes_says_nothing_about_something_else(String what) {
        Approval question = ask(proposal);
        approvals().answer(People.own(vic, Action.APPROVE), question.id(), State.APPROVED, now);
        assertEquals(Optional.empty(), approvals().about(other(what), now));
    }

    @Test
    void a_yes_is_for_one_version_and_one_set_of_rules() {
        Approval question = ask(proposal);
        approvals().answer(People.own(vic, Action.APPROVE), question.id(), State.APPROVED, now);
        for (Proposal changed : List.of(about(4), withoutVersion(), under("other-rules"))) {
            assertEquals(Optional.empty(), approvals().about(changed, now));
        }
        assertEquals(Optional.of(question.in(State.APPROVED)), approvals().about(proposal, now));
    }

    @Test
    void a_question_that_waits_is_about_one_version_and_one_set_of_rules() {
        ask(proposal);
        for (Proposal changed : List.of(about(4), withoutVersion(), under("other-rules"))) {
            assertEquals(Optional.empty(), approvals().about(changed, now));
        }
    }

    @Test
    void a_no_stands_whatever_has_become_of_the_row_or_the_rules() {
        Approval question = ask(proposal);
        approvals().answer(People.own(vic, Action.APPROVE), question.id(), State.DENIED, now);
        for (Proposal changed : List.of(about(4), withoutVersion(), under("other-rules"))) {
            assertEquals(Optional.of(question.in(State.DENIED)), approvals().about(changed, now));
        }
    }

    @Test
    void a_no_comes_before_a_yes_and_a_yes_before_a_question() {
        Approval denied = ask(about(1));
        Approval approved = ask(proposal);
        assertTrue(approvals().answer(People.own(vic, Action.APPROVE), approved.id(), State.APPROVED, now));
        Approval waiting = ask(proposal);
        assertEquals(Optional.of(approved.in(State.APPROVED)), approvals().about(proposal, now));
        assertTrue(approvals().answer(People.own(vic, Action.APPROVE), denied.id(), State.DENIED, now));
        assertEquals(Optional.of(denied.in(State.DENIED)), approvals().about(proposal, now));
        assertEquals(Optional.of(waiting), approvals().find(vic, waiting.id()));
    }

    @Test
    void an_approval_is_there_for_its_person_alone() {
        Approval question = ask(proposal);
        for (User other : List.of(People.someone(vic.tenant()), new User(People.someTenant(), vic.id(), vic.roles()))) {
            assertEquals(Optional.empty(), approvals().find(other, question.id()));
            assertEquals(List.of(), approvals().of(other, Instant.EPOCH));
            assertFalse(approvals().answer(People.own(other, Action.APPROVE), question.id(), State.APPROVED, now));
        }
        assertEquals(Optional.of(question), approvals().find(vic, question.id()));
    }

    @Test
    void an_approval_that_nobody_asked_for_is_not_there() {
        ApprovalId unknown = new ApprovalId(UUID.randomUUID());
        assertEquals(Optional.empty(), approvals().find(vic, unknown));
        assertFalse(approvals().answer(People.own(vic, Action.APPROVE), unknown, State.APPROVED, now));
        assertEquals(Optional.empty(), approvals().about(proposal, now));
    }

    @Test
    void a_persons_approvals_are_listed_the_newest_first_from_a_moment_on() {
        List<Approval> asked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Instant at = now.plusSeconds(i);
            asked.add(Assistants.ask(approvals(), Assistants.question(about(i + 1), at), at)
                    .orElseThrow());
        }
        assertEquals(
                List.of(asked.get(2), asked.get(1), asked.get(0)), approvals().of(vic, now));
        assertEquals(List.of(asked.get(2), asked.get(1)), approvals().of(vic, now.plusSeconds(1)));
        assertEquals(
                List.of(asked.get(2)), approvals().of(vic, now.plusSeconds(1).plus(TICK)));
    }

    @Test
    void of_very_many_approvals_the_newest_are_listed() {
        for (int i = 0; i <= Approvals.MOST_SHOWN; i++) {
            Instant at = now.plus(Approval.LIFE.multipliedBy(i));
            assertTrue(Assistants.ask(approvals(), Assistants.question(proposal, at), at)
                    .isPresent());
        }
        List<Approval> listed = approvals().of(vic, now);
        assertEquals(Approvals.MOST_SHOWN, listed.size());
        assertEquals(
                now.plus(Approval.LIFE.multipliedBy(Approvals.MOST_SHOWN + 1)),
                listed.get(0).expiresAt());
    }

    @Test
    void approvals_that_expired_before_a_moment_can_be_forgotten() {
        // Long ago, and not so long that others' are forgotten with it.
        Instant longAgo = now.minus(Duration.ofDays(1000));
        Approval forgotten = Assistants.ask(approvals(), Assistants.question(proposal, longAgo), longAgo)
                .orElseThrow();
        Approval kept = Assistants.ask(approvals(), Assistants.question(about(4), longAgo.plus(TICK)), longAgo)
                .orElseThrow();
        approvals().forgetBefore(kept.expiresAt());
        assertEquals(Optional.empty(), approvals().find(vic, forgotten.id()));
        assertEquals(Optional.of(kept), approvals().find(vic, kept.id()));
    }

    private Approval ask(Proposal what) {
        return Assistants.ask(approvals(), Assistants.question(what, now), now).orElseThrow();
    }

    private Approval askAsManyAsMayWait() {
        Approval first = ask(about(1));
        for (int i = 2; i <= Approvals.MOST_PENDING; i++) {
            ask(about(i));
        }
        return first;
    }

    private Proposal about(long version) {
        return Assistants.proposal(vic, ASSISTANT, Action.UPDATE_ORDER, OptionalLong.of(version));
    }

    private Proposal withoutVersion() {
        return Assistants.proposal(vic, ASSISTANT, Action.UPDATE_ORDER, OptionalLong.empty());
    }

    private Proposal under(String policyVersion) {
        return new Proposal(
                proposal.tenant(),
                proposal.user(),
                proposal.agent(),
                proposal.action(),
                proposal.argumentsDigest(),
                proposal.version(),
                policyVersion);
    }

    /** The same proposal but for one thing. */
    private Proposal other(String what) {
        return new Proposal(
                what.equals("tenant") ? new TenantId(UUID.randomUUID()) : proposal.tenant(),
                what.equals("user") ? new UserId(UUID.randomUUID()) : proposal.user(),
                what.equals("agent") ? "another-agent" : proposal.agent(),
                what.equals("action") ? Action.DELETE_ORDER : proposal.action(),
                what.equals("digest") ? "0".repeat(64) : proposal.argumentsDigest(),
                proposal.version(),
                proposal.policyVersion());
    }
}
