package dev.throughline.access;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.PAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.throughline.access.Questions.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What stands on record of people's own affairs; what is written is recorded where it is written. */
class RecordedAffairsTest {
    private static final Caller PAT_IN_CHAT = TestCallers.directly(PAT, Role.PM);
    private static final Caller THROUGH = TestCallers.through(ASSISTANT, PAT, Set.of(Scope.ORDERS_WRITE), Role.ADMIN);
    private static final Effect EFFECT =
            new Effect(Map.of("id", "ORD-003"), Optional.of(Map.of("id", "ORD-003")), Optional.empty());

    private final HandSetClock clock = new HandSetClock();
    private final AccessPolicy policy = new AccessPolicy();
    private final BookOfApprovals approvals = new BookOfApprovals();
    private final BookOfConsents ledger = new BookOfConsents();
    private final BookOfRecords records = new BookOfRecords();
    private final Questions questions = new Questions(policy, approvals, records, clock);
    private final MyApprovals myApprovals = new MyApprovals(policy, approvals, records, clock);
    private final MyConsents myConsents = new MyConsents(policy, ledger, records, clock);

    @Test
    void looking_at_approvals_is_recorded_and_so_is_what_comes_too_late_or_again() {
        Approval question = ask(1);
        Approval late = ask(2);
        ApprovalId unknown = new ApprovalId(UUID.randomUUID());
        myApprovals.list(PAT_IN_CHAT, Door.REST);
        myApprovals.find(PAT_IN_CHAT, Door.REST, question.id());
        myApprovals.find(PAT_IN_CHAT, Door.REST, unknown);
        myApprovals.answer(PAT_IN_CHAT, Door.REST, question.id(), true);
        myApprovals.answer(PAT_IN_CHAT, Door.REST, question.id(), false);
        clock.forward(Approval.LIFE);
        myApprovals.answer(PAT_IN_CHAT, Door.REST, late.id(), true);

        assertEquals(
                List.of(
                        "approve permit own_rows listed",
                        "approve permit own_rows read",
                        "approve permit own_rows not_found",
                        "approve permit own_rows answered_before",
                        "approve permit own_rows too_late"),
                records.lines());
        assertEquals(
                List.of(Optional.of(question.id()), Optional.of(question.id()), Optional.of(late.id())),
                List.of(approvalOf(1), approvalOf(3), approvalOf(4)));
        assertEquals(List.of(), records.linesAtOnce());
    }

    @Test
    void an_agent_that_wants_to_answer_is_refused_on_record() {
        myApprovals.list(THROUGH, Door.REST);
        myConsents.list(THROUGH, Door.REST);

        assertEquals(
                List.of("approve deny app_may_not_chat refused", "consent deny app_may_not_chat refused"),
                records.linesAtOnce());
    }

    @Test
    void looking_at_consents_is_recorded_and_so_is_what_changes_nothing() {
        User pat = PAT_IN_CHAT.person().orElseThrow();
        ConsentEntry revoked = ledger.put(pat, "gone", Consent.REVOKED);
        ConsentEntry asked = ledger.put(pat, "new", Consent.ASKED);
        myConsents.list(PAT_IN_CHAT, Door.REST);
        myConsents.answer(PAT_IN_CHAT, Door.REST, revoked.id(), false);
        myConsents.answer(PAT_IN_CHAT, Door.REST, asked.id(), true);
        myConsents.revoke(PAT_IN_CHAT, Door.REST, new ConsentId(UUID.randomUUID()));

        assertEquals(
                List.of(
                        "consent permit own_rows listed",
                        "consent permit own_rows revoked",
                        "consent permit own_rows not_found"),
                records.lines());
        AuditEntry.Details details = records.entries().get(1).details();
        assertEquals(Optional.of(revoked.id()), details.consent());
        assertEquals(Optional.of("gone"), details.agent());
    }

    @Test
    void a_question_that_waits_is_recorded_each_time_that_the_agent_asks() {
        Approval first = ask(1);
        assertEquals(List.of(), records.lines());

        ask(1);
        AuditEntry again = records.entries().get(0);
        assertEquals(List.of("update-order needs_approval approval_needed asked"), records.linesAtOnce());
        assertEquals(Optional.of(first.id()), again.details().approval());
        assertEquals(Optional.of("ORD-003"), again.details().resource());
        assertEquals(OptionalLong.of(1), again.details().version());
        assertEquals(Optional.of("digest"), again.details().digest());
        assertEquals(again, Questions.asked(THROUGH, first));
    }

    @Test
    void a_question_that_is_not_asked_is_recorded_as_refused() {
        Approval declined = ask(1);
        approvals.answer(PAT_IN_CHAT.person().orElseThrow(), declined.id(), Approval.State.DENIED, clock.instant());
        refused(proposal("digest", OptionalLong.of(1)));
        for (int i = 0; i < Approvals.MOST_PENDING; i++) {
            questions.ask(THROUGH, proposal("d" + i, OptionalLong.empty()), EFFECT, asked -> 1, deny -> 0);
        }
        refused(proposal("more", OptionalLong.empty()));

        assertEquals(
                List.of("update-order deny approval_denied refused", "update-order deny approvals_wait refused"),
                records.linesAtOnce());
        assertEquals(Optional.of("ORD-003"), records.entries().get(1).details().resource());
        assertEquals(OptionalLong.empty(), records.entries().get(1).details().version());
        assertEquals(Optional.of("more"), records.entries().get(1).details().digest());
    }

    private Approval ask(int version) {
        return questions.ask(THROUGH, proposal("digest", OptionalLong.of(version)), EFFECT, asked -> asked, deny -> {
            throw new AssertionError(deny.rule());
        });
    }

    private void refused(Proposal proposal) {
        assertInstanceOf(
                Decision.Deny.class, questions.<Object>ask(THROUGH, proposal, EFFECT, asked -> asked, deny -> deny));
    }

    private Optional<ApprovalId> approvalOf(int index) {
        return records.entries().get(index).details().approval();
    }

    private static Proposal proposal(String digest, OptionalLong version) {
        return Proposal.of(THROUGH, Action.UPDATE_ORDER, digest, version);
    }
}
