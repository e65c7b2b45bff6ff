package dev.throughline.access;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.TENANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.throughline.access.Approval.State;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Questions.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final Caller THROUGH = TestCallers.through(ASSISTANT, PAT, Set.of(Scope.ORDERS_WRITE), Role.ADMIN);
    private static final User PERSON = THROUGH.person().orElseThrow();
    private static final Effect EFFECT =
            new Effect(Map.of("id", "ORD-003"), Optional.of(Map.of("quantity", 1)), Optional.of(Map.of("quantity", 2)));

    private final HandSetClock clock = new HandSetClock();
    private final BookOfRecords records = new BookOfRecords();
    private final BookOfApprovals approvals = new BookOfApprovals();
    private final Questions questions = new Questions(new AccessPolicy(), approvals, records, clock);
    private final Proposal wanted = proposal(ASSISTANT.name(), "digest", 1);

    @Test
    void a_question_waits_for_its_person_with_all_that_they_are_shown() {
        Approval asked = ask(wanted);

        assertEquals(wanted, asked.proposal());
        assertEquals(State.PENDING, asked.state());
        assertEquals(EFFECT.arguments(), asked.arguments());
        assertEquals(EFFECT.before(), asked.before());
        assertEquals(EFFECT.after(), asked.after());
        assertEquals(clock.instant().plusSeconds(300), asked.expiresAt());
        assertEquals(List.of(asked), approvals.all());
    }

    @Test
    void who_asks_the_same_again_finds_the_question_that_waits() {
        Approval asked = ask(wanted);

        assertEquals(asked, ask(wanted));
        assertEquals(1, approvals.all().size());
    }

    @Test
    void who_asks_for_what_has_been_approved_finds_the_yes() {
        Approval asked = ask(wanted);
        answer(asked, State.APPROVED);

        assertEquals(asked.in(State.APPROVED), ask(wanted));
    }

    @Test
    void who_asks_for_what_was_declined_is_refused_and_nobody_is_asked_again() {
        answer(ask(wanted), State.DENIED);

        assertEquals(Optional.of(new Deny(DenyReason.APPROVAL_DENIED)), refusal(wanted));
        assertEquals(
                Optional.of(new Deny(DenyReason.APPROVAL_DENIED)), refusal(proposal(ASSISTANT.name(), "digest", 2)));
        assertEquals(1, approvals.all().size());
    }

    @Test
    void after_a_few_minutes_the_agent_may_ask_again() {
        Approval first = ask(wanted);
        answer(first, State.DENIED);
        clock.forward(Approval.LIFE);

        assertEquals(State.PENDING, ask(wanted).state());
        assertEquals(2, approvals.all().size());
    }

    @Test
    void an_agent_does_not_wear_a_person_down_with_questions() {
        for (int i = 0; i < Approvals.MOST_PENDING; i++) {
            ask(proposal(ASSISTANT.name(), "digest-" + i, 1));
        }

        assertEquals(Optional.of(new Deny(DenyReason.APPROVALS_WAIT)), refusal(wanted));
        assertEquals(Optional.empty(), refusal(proposal("another-agent", "digest", 1)));
        assertEquals(Optional.empty(), refusal(proposal(ASSISTANT.name(), "digest-0", 1)));
        answer(approvals.all().get(0), State.DENIED);
        assertEquals(Optional.empty(), refusal(wanted));
    }

    @Test
    void a_decision_is_made_by_what_the_person_has_answered() {
        assertInstanceOf(NeedsApproval.class, decide());
        Approval asked = ask(wanted);
        assertInstanceOf(NeedsApproval.class, decide());

        answer(asked, State.APPROVED);
        assertEquals(
                Optional.of(asked.id()),
                assertInstanceOf(Permit.class, decide()).approval());

        approvals.use(asked.id(), clock.instant());
        assertInstanceOf(NeedsApproval.class, decide());
    }

    @Test
    void a_decision_knows_a_no_and_when_it_is_too_late() {
        answer(ask(wanted), State.DENIED);
        assertEquals(new Deny(DenyReason.APPROVAL_DENIED), decide());

        clock.forward(Approval.LIFE);
        assertInstanceOf(NeedsApproval.class, decide());
    }

    @Test
    void a_decision_is_still_about_the_row_and_the_door() {
        Approval asked = ask(wanted);
        answer(asked, State.APPROVED);
        Facts foreign = Facts.at(Door.MCP).about(new TenantId(new UUID(0, 2)), PAT);

        assertEquals(new Deny(DenyReason.OTHER_TENANT), questions.decide(THROUGH, foreign, wanted));
    }

    private Approval ask(Proposal proposal) {
        return questions.ask(THROUGH, proposal, EFFECT, asked -> asked, refused -> {
            throw new AssertionError(refused.rule());
        });
    }

    private Optional<Deny> refusal(Proposal proposal) {
        return questions.ask(THROUGH, proposal, EFFECT, asked -> Optional.empty(), Optional::of);
    }

    private void answer(Approval approval, State state) {
        approvals.answer(PERSON, approval.id(), state, clock.instant());
    }

    private Decision decide() {
        return questions.decide(THROUGH, Facts.at(Door.MCP).about(TENANT, PAT), wanted);
    }

    private static Proposal proposal(String agent, String digest, long version) {
        return new Proposal(
                TENANT, PAT, agent, Action.UPDATE_ORDER, digest, OptionalLong.of(version), PolicyVersion.CURRENT);
    }
}
