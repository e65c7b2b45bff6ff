package dev.throughline.access;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.TENANT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccessPolicyTest {
    private static final Set<Scope> READ = EnumSet.of(Scope.ORDERS_READ);
    private static final Set<Scope> WRITE = EnumSet.of(Scope.ORDERS_WRITE);

    private final AccessPolicy policy = new AccessPolicy();

    @ParameterizedTest(name = "{0} may {1}: {2}")
    @CsvSource({
        "VIEWER,  LIST_ORDERS,  own",
        "VIEWER,  READ_ORDER,   own",
        "VIEWER,  CREATE_ORDER, no",
        "VIEWER,  UPDATE_ORDER, no",
        "VIEWER,  DELETE_ORDER, no",
        "ANALYST, LIST_ORDERS,  tenant",
        "ANALYST, READ_ORDER,   tenant",
        "ANALYST, CREATE_ORDER, no",
        "ANALYST, UPDATE_ORDER, no",
        "ANALYST, DELETE_ORDER, no",
        "PM,      LIST_ORDERS,  tenant",
        "PM,      READ_ORDER,   tenant",
        "PM,      CREATE_ORDER, tenant",
        "PM,      UPDATE_ORDER, tenant",
        "PM,      DELETE_ORDER, no",
        "ADMIN,   LIST_ORDERS,  tenant",
        "ADMIN,   READ_ORDER,   tenant",
        "ADMIN,   CREATE_ORDER, tenant",
        "ADMIN,   UPDATE_ORDER, tenant",
        "ADMIN,   DELETE_ORDER, tenant"
    })
    void a_role_reaches_exactly_these_rows(Role role, Action action, String reach) {
        Decision decision = policy.decide(TestCallers.directly(VIC, role), action);

        switch (reach) {
            case "no" -> assertEquals(new Deny(DenyReason.ROLE_NOT_SUFFICIENT), decision);
            case "own" -> assertEquals(Optional.of(VIC), permit(decision).rows().owner());
            default -> assertEquals(Optional.empty(), permit(decision).rows().owner());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"WHO_AM_I", "CHECK_HEALTH", "CHAT"},
            mode = EnumSource.Mode.EXCLUDE)
    void somebody_without_a_role_may_do_nothing_with_orders(Action action) {
        assertEquals(new Deny(DenyReason.ROLE_NOT_SUFFICIENT), policy.decide(TestCallers.directly(VIC), action));
    }

    @Test
    void several_roles_reach_as_far_as_the_widest() {
        Decision decision = policy.decide(TestCallers.directly(VIC, Role.VIEWER, Role.ANALYST), Action.LIST_ORDERS);

        assertEquals(Optional.empty(), permit(decision).rows().owner());
        assertEquals("tenant_rows", decision.rule());
    }

    @Test
    void nobody_reaches_another_tenants_rows() {
        RowFilter rows = permit(policy.decide(TestCallers.directly(VIC, Role.ADMIN), Action.LIST_ORDERS))
                .rows();

        assertTrue(rows.covers(TENANT, PAT));
        assertFalse(rows.covers(new TenantId(new java.util.UUID(0, 2)), PAT));
    }

    @Test
    void writing_needs_the_scope_to_write() {
        Caller reader = TestCallers.in(TestCallers.WEB_CHAT, PAT, READ, Role.PM);

        assertEquals(new NeedsScope(WRITE), policy.decide(reader, Action.UPDATE_ORDER));
    }

    @Test
    void the_scope_to_write_implies_the_scope_to_read() {
        Caller writer = TestCallers.in(TestCallers.WEB_CHAT, PAT, WRITE, Role.PM);

        assertInstanceOf(Permit.class, policy.decide(writer, Action.READ_ORDER));
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"READ_ORDER", "UPDATE_ORDER"})
    void impersonation_implies_both(Action action) {
        Caller caller = TestCallers.in(TestCallers.WEB_CHAT, PAT, EnumSet.of(Scope.USER_IMPERSONATION), Role.PM);

        assertInstanceOf(Permit.class, policy.decide(caller, action));
    }

    @Test
    void the_scope_to_audit_implies_nothing() {
        Caller auditor = TestCallers.in(TestCallers.WEB_CHAT, PAT, EnumSet.of(Scope.ORDERS_AUDIT), Role.ADMIN);

        assertEquals(new NeedsScope(READ), policy.decide(auditor, Action.LIST_ORDERS));
    }

    @Test
    void an_agent_reaches_no_further_than_its_person() {
        Caller caller = TestCallers.through(ASSISTANT, VIC, READ, Role.VIEWER);

        assertEquals(
                Optional.of(VIC),
                permit(policy.decide(caller, Action.LIST_ORDERS)).rows().owner());
    }

    @Test
    void a_person_reaches_through_an_agent_no_further_than_its_grant() {
        Caller narrow = TestCallers.through(TestCallers.agent(Set.of("list-orders")), PAT, READ, Role.ADMIN);

        assertInstanceOf(Permit.class, policy.decide(narrow, Action.LIST_ORDERS));
        assertEquals(new Deny(DenyReason.TOOL_NOT_GRANTED), policy.decide(narrow, Action.READ_ORDER));
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CREATE_ORDER", "UPDATE_ORDER", "DELETE_ORDER"})
    void an_agent_cannot_write_while_nobody_can_approve(Action action) {
        Caller caller = TestCallers.through(ASSISTANT, PAT, WRITE, Role.ADMIN);

        assertEquals(new Deny(DenyReason.APPROVAL_NOT_AVAILABLE), policy.decide(caller, action));
        assertEquals(Optional.empty(), policy.offers(caller, action));
    }

    @Test
    void a_tool_is_offered_before_its_scope_was_granted() {
        Caller caller = TestCallers.through(ASSISTANT, PAT, READ, Role.PM);

        assertEquals(Optional.empty(), policy.offers(caller, Action.UPDATE_ORDER));
        assertEquals(new NeedsScope(WRITE), policy.decide(caller, Action.UPDATE_ORDER));
    }

    @Test
    void only_an_app_that_may_approve_may_chat() {
        Caller inReports = TestCallers.in(TestCallers.REPORTS, VIC, READ, Role.VIEWER);

        assertInstanceOf(Permit.class, policy.decide(TestCallers.directly(VIC, Role.VIEWER), Action.CHAT));
        assertEquals(new Deny(DenyReason.APP_MAY_NOT_CHAT), policy.decide(inReports, Action.CHAT));
    }

    @Test
    void an_agent_cannot_chat_with_an_agent() {
        Agent cunning = TestCallers.agent(Set.of("chat"));

        assertEquals(
                new Deny(DenyReason.APP_MAY_NOT_CHAT),
                policy.decide(TestCallers.through(cunning, VIC, READ, Role.ADMIN), Action.CHAT));
    }

    @Test
    void everybody_who_got_in_may_ask_who_they_are() {
        Caller nobodyInParticular = TestCallers.in(TestCallers.REPORTS, VIC, Set.of());

        assertEquals(
                "any_valid_caller",
                policy.decide(nobodyInParticular, Action.WHO_AM_I).rule());
    }

    @Test
    void a_permit_is_good_for_its_action_alone() {
        Permit permit = permit(policy.decide(TestCallers.directly(VIC, Role.VIEWER), Action.READ_ORDER));

        assertEquals(permit, permit.requireFor(Action.READ_ORDER));
        assertThrows(IllegalArgumentException.class, () -> permit.requireFor(Action.LIST_ORDERS));
    }

    private static Permit permit(Decision decision) {
        return assertInstanceOf(Permit.class, decision);
    }
}
