package dev.throughline.access;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.TENANT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.access.Approval.State;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.MyApprovals.AnsweredBefore;
import dev.throughline.access.MyApprovals.Done;
import dev.throughline.access.MyApprovals.NoSuchApproval;
import dev.throughline.access.MyApprovals.Refused;
import dev.throughline.access.MyApprovals.TooLate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MyApprovalsTest {
    private static final Set<Scope> WRITE = Set.of(Scope.ORDERS_WRITE);
    private static final Caller PAT_IN_CHAT = TestCallers.directly(PAT, Role.PM);
    private static final Caller VIC_IN_CHAT = TestCallers.directly(VIC, Role.ADMIN);

    private final HandSetClock clock = new HandSetClock();
    private final BookOfRecords records = new BookOfRecords();
    private final BookOfApprovals approvals = new BookOfApprovals();
    private final MyApprovals mine = new MyApprovals(new AccessPolicy(), approvals, records, clock);
    private final Approval pats = approval(1, PAT);

    @BeforeEach
    void patIsAsked() {
        approvals.put(pats);
    }

    @Test
    void a_person_answers_once_and_the_first_answer_stands() {
        assertEquals(new Done<>(pats.in(State.APPROVED)), answer(PAT_IN_CHAT, true));
        assertEquals(new AnsweredBefore<>(), answer(PAT_IN_CHAT, false));
        assertEquals(new AnsweredBefore<>(), answer(PAT_IN_CHAT, true));
        assertEquals(State.APPROVED, approvals.state(pats.id()));
    }

    @Test
    void a_no_is_an_answer_too() {
        assertEquals(new Done<>(pats.in(State.DENIED)), answer(PAT_IN_CHAT, false));
        assertEquals(new AnsweredBefore<>(), answer(PAT_IN_CHAT, true));
        assertEquals(State.DENIED, approvals.state(pats.id()));
    }

    @Test
    void of_two_answers_at_the_same_moment_one_counts() {
        approvals.betweenLookAndAnswer = () -> answer(PAT_IN_CHAT, false);

        assertEquals(new AnsweredBefore<>(), answer(PAT_IN_CHAT, true));
        assertEquals(State.DENIED, approvals.state(pats.id()));
    }

    @Test
    void after_five_minutes_it_is_too_late_to_answer_and_after_an_answer_it_was_answered() {
        clock.forward(Approval.LIFE);

        assertEquals(new TooLate<>(), answer(PAT_IN_CHAT, true));
        assertEquals(State.PENDING, approvals.state(pats.id()));
        approvals.put(pats.in(State.USED));
        assertEquals(new AnsweredBefore<>(), answer(PAT_IN_CHAT, true));
    }

    @Test
    void somebody_elses_approval_does_not_exist() {
        assertEquals(new NoSuchApproval<>(), answer(VIC_IN_CHAT, true));
        assertEquals(new NoSuchApproval<>(), mine.find(VIC_IN_CHAT, Door.REST, pats.id()));
        assertEquals(new NoSuchApproval<>(), mine.find(PAT_IN_CHAT, Door.REST, new ApprovalId(new UUID(0, 9))));
        assertEquals(new Done<>(List.of()), mine.list(VIC_IN_CHAT, Door.REST));
        assertEquals(State.PENDING, approvals.state(pats.id()));
    }

    @Test
    void a_person_sees_one_of_their_own() {
        assertEquals(new Done<>(pats), mine.find(PAT_IN_CHAT, Door.REST, pats.id()));
    }

    @Test
    void a_person_sees_the_questions_of_the_last_day_the_newest_first() {
        Approval later = approval(2, PAT);
        approvals.put(later);
        approvals.put(approval(3, VIC));

        assertEquals(new Done<>(List.of(later, pats)), mine.list(PAT_IN_CHAT, Door.REST));
        clock.forward(Duration.ofMinutes(59));
        assertEquals(new Done<>(List.of(later, pats)), mine.list(PAT_IN_CHAT, Door.REST));
    }

    @Test
    void a_day_later_they_are_not_listed_any_more() {
        Approval old = old(4, Duration.ofDays(1).plusSeconds(1));
        Approval recent = old(5, Duration.ofDays(1));
        approvals.put(old);
        approvals.put(recent);

        assertEquals(new Done<>(List.of(recent, pats)), mine.list(PAT_IN_CHAT, Door.REST));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_agent_answers_nothing_even_for_its_own_person(boolean approve) {
        Agent cunning = TestCallers.agent(Set.of("approve", "update-order"));
        Agent inRun = TestCallers.functions(Set.of("approve", "update-order"), WRITE);
        for (Caller agent : List.of(
                TestCallers.through(cunning, PAT, WRITE, Role.ADMIN),
                TestCallers.throughRun(inRun, PAT, WRITE, Role.ADMIN),
                TestCallers.in(TestCallers.REPORTS, PAT, WRITE, Role.ADMIN))) {
            Deny no = new Deny(DenyReason.APP_MAY_NOT_CHAT);

            assertEquals(new Refused<>(no), answer(agent, approve));
            assertEquals(new Refused<>(no), mine.list(agent, Door.REST));
            assertEquals(new Refused<>(no), mine.find(agent, Door.MCP, pats.id()));
        }
        assertEquals(
                new Refused<>(new Deny(DenyReason.READING_ONLY)),
                mine.answer(TestCallers.throughUnknownAgent(PAT, WRITE), Door.MCP, pats.id(), approve));
        assertEquals(
                new Refused<>(new Deny(DenyReason.USER_REQUIRED)),
                answer(TestCallers.asItself(Set.of("approve")), approve));
        assertEquals(State.PENDING, approvals.state(pats.id()));
    }

    private MyApprovals.Outcome<Approval> answer(Caller caller, boolean approve) {
        return mine.answer(caller, Door.REST, pats.id(), approve);
    }

    private Approval old(long id, Duration age) {
        Approval now = approval(id, PAT);
        return new Approval(
                now.id(),
                now.proposal(),
                now.arguments(),
                now.before(),
                now.after(),
                now.state(),
                now.expiresAt().minus(age));
    }

    private Approval approval(long id, UserId user) {
        return new Approval(
                new ApprovalId(new UUID(0, id)),
                new Proposal(
                        TENANT,
                        user,
                        ASSISTANT.name(),
                        Action.UPDATE_ORDER,
                        "digest-" + id,
                        OptionalLong.of(1),
                        PolicyVersion.CURRENT),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                State.PENDING,
                clock.instant().plus(Approval.LIFE));
    }
}
