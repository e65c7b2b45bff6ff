package dev.throughline.access;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.NOW;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.TENANT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Approval.State;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.Permit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person's yes and no to an agent's wish is good for: each test changes one thing of an accepted call. */
class ApprovalTest {
    private static final Set<Scope> WRITE = EnumSet.of(Scope.ORDERS_WRITE);
    private static final Caller THROUGH = TestCallers.through(ASSISTANT, PAT, WRITE, Role.ADMIN);

    private final AccessPolicy policy = new AccessPolicy();
    private final Proposal wanted = Proposal.of(THROUGH, Action.DELETE_ORDER, "digest", OptionalLong.of(3));
    private final Approval yes = approval(wanted, State.APPROVED);

    @Test
    void a_yes_permits_exactly_what_was_asked_and_is_named_by_the_permit() {
        Permit permit = assertInstanceOf(Permit.class, decide(THROUGH, wanted, yes, NOW));

        assertEquals(Optional.of(yes.id()), permit.approval());
        assertEquals(Action.DELETE_ORDER, permit.action());
    }

    @Test
    void without_an_answer_the_person_is_to_be_asked() {
        Facts facts = Facts.at(Door.MCP).answered(wanted, Optional.empty());

        assertInstanceOf(NeedsApproval.class, policy.decide(THROUGH, Action.DELETE_ORDER, facts, NOW));
        assertInstanceOf(NeedsApproval.class, policy.decide(THROUGH, Action.DELETE_ORDER, Facts.at(Door.MCP), NOW));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"PENDING", "USED"})
    void what_waits_or_was_used_permits_nothing(State state) {
        assertInstanceOf(NeedsApproval.class, decide(THROUGH, wanted, yes.in(state), NOW));
    }

    @Test
    void a_yes_of_another_person_is_none() {
        refusesAYesTo(it -> new Proposal(
                it.tenant(), VIC, it.agent(), it.action(), it.argumentsDigest(), it.version(), it.policyVersion()));
    }

    @Test
    void a_yes_of_another_tenants_person_is_none() {
        refusesAYesTo(it -> new Proposal(
                new TenantId(new UUID(0, 2)),
                it.user(),
                it.agent(),
                it.action(),
                it.argumentsDigest(),
                it.version(),
                it.policyVersion()));
    }

    @Test
    void a_yes_to_another_agent_is_none() {
        refusesAYesTo(it -> new Proposal(
                it.tenant(),
                it.user(),
                "orders-functions",
                it.action(),
                it.argumentsDigest(),
                it.version(),
                it.policyVersion()));
    }

    @Test
    void a_yes_to_another_tool_is_none() {
        refusesAYesTo(it -> new Proposal(
                it.tenant(),
                it.user(),
                it.agent(),
                Action.UPDATE_ORDER,
                it.argumentsDigest(),
                it.version(),
                it.policyVersion()));
    }

    @Test
    void a_yes_to_other_arguments_is_none() {
        refusesAYesTo(it -> new Proposal(
                it.tenant(), it.user(), it.agent(), it.action(), "other", it.version(), it.policyVersion()));
    }

    @Test
    void a_yes_to_another_version_of_the_order_is_none() {
        refusesAYesTo(it -> new Proposal(
                it.tenant(),
                it.user(),
                it.agent(),
                it.action(),
                it.argumentsDigest(),
                OptionalLong.of(4),
                it.policyVersion()));
    }

    @Test
    void a_yes_under_other_rules_is_none_even_where_the_call_was_proposed_under_them() {
        Proposal old = new Proposal(
                TENANT, PAT, ASSISTANT.name(), Action.DELETE_ORDER, "digest", OptionalLong.of(3), "0000000000000000");

        assertInstanceOf(NeedsApproval.class, decide(THROUGH, wanted, approval(old, State.APPROVED), NOW));
        assertInstanceOf(NeedsApproval.class, decide(THROUGH, old, approval(old, State.APPROVED), NOW));
    }

    @Test
    void a_yes_is_good_for_five_minutes() {
        Instant end = NOW.plusSeconds(300);

        assertInstanceOf(Permit.class, decide(THROUGH, wanted, yes, end.minusNanos(1)));
        assertInstanceOf(NeedsApproval.class, decide(THROUGH, wanted, yes, end));
    }

    @Test
    void a_yes_helps_nobody_who_has_lost_the_right_meanwhile() {
        Caller demoted = TestCallers.through(ASSISTANT, PAT, WRITE, Role.PM);
        Caller ungranted = TestCallers.through(TestCallers.agent(Set.of("get-order")), PAT, WRITE, Role.ADMIN);
        Caller revoked = TestCallers.through(ASSISTANT, PAT, Consent.REVOKED, WRITE, Role.ADMIN);

        assertEquals(new Deny(DenyReason.ROLE_NOT_SUFFICIENT), decide(demoted, wanted, yes, NOW));
        assertEquals(new Deny(DenyReason.TOOL_NOT_GRANTED), decide(ungranted, wanted, yes, NOW));
        assertEquals(new Deny(DenyReason.CONSENT_REVOKED), decide(revoked, wanted, yes, NOW));
    }

    @Test
    void a_no_stands_whatever_has_become_of_the_order_and_the_rules() {
        Proposal since = new Proposal(
                TENANT, PAT, ASSISTANT.name(), Action.DELETE_ORDER, "digest", OptionalLong.of(2), "0000000000000000");
        Approval no = approval(since, State.DENIED);

        assertEquals(new Deny(DenyReason.APPROVAL_DENIED), decide(THROUGH, wanted, no, NOW));
        assertInstanceOf(NeedsApproval.class, decide(THROUGH, wanted, no, NOW.plus(Approval.LIFE)));
    }

    @Test
    void a_no_is_about_what_was_asked_and_nothing_else() {
        Proposal other = Proposal.of(THROUGH, Action.DELETE_ORDER, "other", OptionalLong.of(3));

        assertInstanceOf(NeedsApproval.class, decide(THROUGH, wanted, approval(other, State.DENIED), NOW));
    }

    @Test
    void a_person_needs_no_approval_and_uses_none_up() {
        Caller directly = TestCallers.directly(PAT, Role.ADMIN);

        assertEquals(
                Optional.empty(),
                assertInstanceOf(Permit.class, decide(directly, wanted, yes, NOW))
                        .approval());
    }

    @Test
    void what_needs_an_approval_is_the_grants_to_say() {
        Grant careful = new Grant(Set.of("list-orders", "get-order"), Set.of(), Set.of("list-orders"));
        Grant trusted = new Grant(Set.of("create-order"), Set.of(), Set.of());

        assertInstanceOf(NeedsApproval.class, at(careful, Action.LIST_ORDERS));
        assertInstanceOf(Permit.class, at(careful, Action.READ_ORDER));
        assertEquals(
                Optional.empty(),
                assertInstanceOf(Permit.class, at(trusted, Action.CREATE_ORDER)).approval());
    }

    @Test
    void an_agent_as_itself_has_nobody_to_ask_and_is_not_offered_what_it_would_have_to_ask_for() {
        Agent night = TestCallers.agent(
                Agent.Kind.PROMPT, new Grant(Set.of(), Set.of("list-orders", "get-order"), Set.of("list-orders")));
        Caller itself = new Caller.AgentAsItself(
                TENANT,
                TestCallers.NIGHT_AGENT,
                night,
                TestCallers.credential(night.client().orElseThrow(), Set.of()));

        assertEquals(
                new Deny(DenyReason.USER_REQUIRED), policy.decide(itself, Action.LIST_ORDERS, Facts.at(Door.MCP), NOW));
        assertFalse(policy.offers(itself, Action.LIST_ORDERS, Door.MCP));
        assertTrue(policy.offers(itself, Action.READ_ORDER, Door.MCP));
    }

    @Test
    void what_needs_an_approval_is_offered_all_the_same() {
        assertTrue(policy.offers(THROUGH, Action.DELETE_ORDER, Door.MCP));
    }

    @Test
    void a_person_is_shown_a_row_that_the_change_would_reach() {
        NeedsApproval needs = assertInstanceOf(
                NeedsApproval.class, policy.decide(THROUGH, Action.DELETE_ORDER, Facts.at(Door.MCP), NOW));

        assertEquals(Action.READ_ORDER, needs.toShow().action());
        assertEquals(Optional.empty(), needs.toShow().approval());
        assertEquals(new RowFilter(TENANT, Optional.empty()), needs.toShow().rows());
    }

    @Test
    void only_what_an_agent_wants_for_a_person_can_be_proposed() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Proposal.of(
                        TestCallers.directly(PAT, Role.ADMIN), Action.DELETE_ORDER, "d", OptionalLong.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> Proposal.of(
                        TestCallers.asItself(Set.of("delete-order")), Action.DELETE_ORDER, "d", OptionalLong.empty()));
    }

    @Test
    void a_proposal_says_who_wants_what_under_which_rules() {
        assertEquals(
                new Proposal(
                        TENANT,
                        PAT,
                        "orders-assistant",
                        Action.DELETE_ORDER,
                        "digest",
                        OptionalLong.of(3),
                        PolicyVersion.CURRENT),
                wanted);
    }

    @Test
    void what_a_person_is_shown_keeps_its_order_and_does_not_change_any_more() {
        Map<String, Object> before = new LinkedHashMap<>();
        before.put("z", 1);
        before.put("a", 2);
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("id", null);
        Approval approval =
                new Approval(yes.id(), wanted, arguments, Optional.of(before), Optional.of(before), State.PENDING, NOW);
        before.clear();
        arguments.clear();

        assertEquals(
                List.of("z", "a"),
                new ArrayList<>(approval.before().orElseThrow().keySet()));
        assertEquals(
                List.of("z", "a"),
                new ArrayList<>(approval.after().orElseThrow().keySet()));
        assertTrue(approval.arguments().containsKey("id"));
        assertThrows(
                UnsupportedOperationException.class, () -> approval.arguments().put("id", 1));
        assertThrows(
                UnsupportedOperationException.class,
                () -> approval.before().orElseThrow().put("id", 1));
    }

    @Test
    void a_state_is_all_that_changes_about_an_approval() {
        assertEquals(approval(wanted, State.USED), yes.in(State.USED));
    }

    @Test
    void an_id_is_what_it_reads_and_nothing_else_is_one() {
        UUID uuid = new UUID(1, 0xa);

        assertEquals(Optional.of(new ApprovalId(uuid)), ApprovalId.parse(uuid.toString()));
        assertEquals(Optional.empty(), ApprovalId.parse(uuid.toString().toUpperCase(Locale.ROOT)));
        assertEquals(uuid.toString(), new ApprovalId(uuid).toString());
        assertEquals(Optional.of(new ConsentId(uuid)), ConsentId.parse(uuid.toString()));
        assertEquals(Optional.empty(), ConsentId.parse("1-1-1-1-a"));
        assertEquals(uuid.toString(), new ConsentId(uuid).toString());
    }

    @Test
    void an_exception_about_a_spent_approval_tells_nothing_about_anybody() {
        assertEquals("The approval is spent", new ApprovalSpentException().getMessage());
    }

    private void refusesAYesTo(UnaryOperator<Proposal> changed) {
        Approval other = approval(changed.apply(wanted), State.APPROVED);

        assertInstanceOf(Permit.class, decide(THROUGH, wanted, yes, NOW));
        assertInstanceOf(NeedsApproval.class, decide(THROUGH, wanted, other, NOW));
    }

    private Decision decide(Caller caller, Proposal proposal, Approval approval, Instant now) {
        Facts facts = Facts.at(Door.MCP).about(TENANT, VIC).answered(proposal, Optional.of(approval));
        return policy.decide(caller, Action.DELETE_ORDER, facts, now);
    }

    private Decision at(Grant grant, Action action) {
        Caller caller = TestCallers.through(TestCallers.agent(Agent.Kind.PROMPT, grant), PAT, WRITE, Role.PM);
        return policy.decide(caller, action, Facts.at(Door.MCP), NOW);
    }

    private static Approval approval(Proposal proposal, State state) {
        return new Approval(
                new ApprovalId(new UUID(0, 1)),
                proposal,
                Map.of("id", "ORD-003"),
                Optional.empty(),
                Optional.empty(),
                state,
                NOW.plus(Approval.LIFE));
    }
}
