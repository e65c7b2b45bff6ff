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

import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.NeedsConsent;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccessPolicyTest {
    private static final Set<Scope> READ = EnumSet.of(Scope.ORDERS_READ);
    private static final Set<Scope> WRITE = EnumSet.of(Scope.ORDERS_WRITE);

    private static final Set<String> ALL_TOOLS = ASSISTANT.grant().tools();

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
        Decision decision = decide(TestCallers.directly(VIC, role), action);

        switch (reach) {
            case "no" -> assertEquals(new Deny(DenyReason.ROLE_NOT_SUFFICIENT), decision);
            case "own" -> assertEquals(Optional.of(VIC), permit(decision).rows().owner());
            default -> assertEquals(Optional.empty(), permit(decision).rows().owner());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"LIST_ORDERS", "READ_ORDER", "CREATE_ORDER", "UPDATE_ORDER", "DELETE_ORDER"})
    void somebody_without_a_role_may_do_nothing_with_orders(Action action) {
        assertEquals(new Deny(DenyReason.ROLE_NOT_SUFFICIENT), decide(TestCallers.directly(VIC), action));
    }

    @Test
    void several_roles_reach_as_far_as_the_widest() {
        Decision decision = decide(TestCallers.directly(VIC, Role.VIEWER, Role.ANALYST), Action.LIST_ORDERS);

        assertEquals(Optional.empty(), permit(decision).rows().owner());
        assertEquals("tenant_rows", decision.rule());
    }

    @Test
    void nobody_reaches_another_tenants_rows() {
        RowFilter rows = permit(decide(TestCallers.directly(VIC, Role.ADMIN), Action.LIST_ORDERS))
                .rows();

        assertTrue(rows.covers(TENANT, PAT));
        assertFalse(rows.covers(new TenantId(new UUID(0, 2)), PAT));
    }

    @Test
    void writing_needs_the_scope_to_write() {
        Caller reader = TestCallers.in(TestCallers.WEB_CHAT, PAT, READ, Role.PM);

        assertEquals(new NeedsScope(WRITE), decide(reader, Action.UPDATE_ORDER));
    }

    @Test
    void the_scope_to_write_implies_the_scope_to_read() {
        Caller writer = TestCallers.in(TestCallers.WEB_CHAT, PAT, WRITE, Role.PM);

        assertInstanceOf(Permit.class, decide(writer, Action.READ_ORDER));
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"READ_ORDER", "UPDATE_ORDER"})
    void impersonation_implies_both(Action action) {
        Caller caller = TestCallers.in(TestCallers.WEB_CHAT, PAT, EnumSet.of(Scope.USER_IMPERSONATION), Role.PM);

        assertInstanceOf(Permit.class, decide(caller, action));
    }

    @Test
    void the_scope_to_audit_implies_nothing() {
        Caller auditor = TestCallers.in(TestCallers.WEB_CHAT, PAT, EnumSet.of(Scope.ORDERS_AUDIT), Role.ADMIN);

        assertEquals(new NeedsScope(READ), decide(auditor, Action.LIST_ORDERS));
    }

    @Test
    void an_agent_reaches_no_further_than_its_person() {
        Caller caller = TestCallers.through(ASSISTANT, VIC, READ, Role.VIEWER);

        assertEquals(
                Optional.of(VIC),
                permit(decide(caller, Action.LIST_ORDERS)).rows().owner());
    }

    @Test
    void a_person_reaches_through_an_agent_no_further_than_its_grant() {
        Caller narrow = TestCallers.through(TestCallers.agent(Set.of("list-orders")), PAT, READ, Role.ADMIN);

        assertInstanceOf(Permit.class, decide(narrow, Action.LIST_ORDERS));
        assertEquals(new Deny(DenyReason.TOOL_NOT_GRANTED), decide(narrow, Action.READ_ORDER));
    }

    @Test
    void a_tool_is_offered_before_its_scope_was_granted() {
        Caller caller = TestCallers.through(ASSISTANT, PAT, READ, Role.PM);

        assertTrue(policy.offers(caller, Action.UPDATE_ORDER, Door.MCP));
        assertEquals(new NeedsScope(WRITE), decide(caller, Action.UPDATE_ORDER));
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"CHAT", "APPROVE", "CONSENT", "CONVERSATIONS"})
    void only_a_person_in_an_app_that_may_approve_may_chat_approve_and_consent(Action action) {
        Agent cunning = TestCallers.agent(Set.of(action.tool()));
        Agent inRun = TestCallers.functions(Set.of(action.tool()), WRITE);

        assertInstanceOf(Permit.class, decide(TestCallers.directly(VIC, Role.VIEWER), action));
        for (Caller other : List.of(
                TestCallers.in(TestCallers.REPORTS, VIC, READ, Role.VIEWER),
                TestCallers.through(cunning, VIC, READ, Role.ADMIN),
                TestCallers.throughRun(inRun, VIC, READ, Role.ADMIN))) {
            assertEquals(new Deny(DenyReason.APP_MAY_NOT_CHAT), decide(other, action));
        }
        assertEquals(new Deny(DenyReason.READING_ONLY), decide(TestCallers.throughUnknownAgent(VIC, Set.of()), action));
        assertEquals(new Deny(DenyReason.READING_ONLY), decide(TestCallers.asItself(Set.of(action.tool())), action));
    }

    @Test
    void a_persons_own_affairs_need_any_scope_of_ours_and_no_role() {
        Caller auditor = TestCallers.in(TestCallers.WEB_CHAT, VIC, EnumSet.of(Scope.ORDERS_AUDIT), Role.VIEWER);
        Caller without = TestCallers.in(TestCallers.WEB_CHAT, VIC, Set.of(), Role.VIEWER);

        assertInstanceOf(Permit.class, decide(auditor, Action.CHAT));
        assertEquals(new NeedsScope(READ), decide(without, Action.CHAT));
    }

    @Test
    void everybody_who_got_in_may_ask_who_they_are() {
        Caller nobodyInParticular = TestCallers.in(TestCallers.REPORTS, VIC, Set.of());

        assertEquals(
                "any_valid_caller", decide(nobodyInParticular, Action.WHO_AM_I).rule());
    }

    @Test
    void a_permit_is_good_for_its_action_alone() {
        Permit permit = permit(decide(TestCallers.directly(VIC, Role.VIEWER), Action.READ_ORDER));

        assertEquals(permit, permit.requireFor(Action.READ_ORDER));
        assertThrows(IllegalArgumentException.class, () -> permit.requireFor(Action.LIST_ORDERS));
    }

    @Test
    void a_grant_decides_which_tools_of_an_agent_are_offered() {
        Caller narrow = TestCallers.through(TestCallers.agent(Set.of("list-orders")), PAT, READ, Role.ADMIN);

        assertTrue(policy.offers(narrow, Action.LIST_ORDERS, Door.MCP));
        assertFalse(policy.offers(narrow, Action.READ_ORDER, Door.MCP));
    }

    @Test
    void a_role_decides_which_tools_are_offered() {
        Caller viewer = TestCallers.directly(VIC, Role.VIEWER);

        assertTrue(policy.offers(viewer, Action.READ_ORDER, Door.MCP));
        assertFalse(policy.offers(viewer, Action.UPDATE_ORDER, Door.MCP));
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void an_identity_that_agents_share_may_do_nothing_with_a_person_or_without(Action action) {
        Agent shared = TestCallers.agent(Agent.Kind.SHARED_PROJECT, ASSISTANT.grant());
        Caller asItself = new Caller.AgentAsItself(
                TENANT,
                TestCallers.NIGHT_AGENT,
                shared,
                TestCallers.credential(shared.client().orElseThrow(), READ));

        assertEquals(
                new Deny(DenyReason.AGENT_IDENTITY_SHARED),
                decide(TestCallers.through(shared, PAT, WRITE, Role.ADMIN), action));
        assertEquals(new Deny(DenyReason.AGENT_IDENTITY_SHARED), decide(asItself, action));
        assertFalse(policy.offers(asItself, action, Door.MCP));
    }

    @Test
    void an_agent_of_our_run_does_what_person_and_agent_both_may() {
        Caller vic = TestCallers.throughRun(TestCallers.functions(ALL_TOOLS, READ), VIC, WRITE, Role.VIEWER);

        assertEquals(
                Optional.of(VIC), permit(decide(vic, Action.LIST_ORDERS)).rows().owner());
        assertEquals(new Deny(DenyReason.ROLE_NOT_SUFFICIENT), decide(vic, Action.CREATE_ORDER));
    }

    @Test
    void an_agent_of_our_run_uses_only_what_it_was_granted_and_asked_people_for() {
        Caller narrow = TestCallers.throughRun(TestCallers.functions(Set.of("list-orders"), READ), PAT, WRITE, Role.PM);
        Caller modest = TestCallers.throughRun(TestCallers.functions(ALL_TOOLS, READ), PAT, WRITE, Role.PM);
        Caller asking = TestCallers.throughRun(TestCallers.functions(ALL_TOOLS, WRITE), PAT, WRITE, Role.PM);

        assertInstanceOf(Permit.class, decide(narrow, Action.LIST_ORDERS));
        assertEquals(new Deny(DenyReason.TOOL_NOT_GRANTED), decide(narrow, Action.READ_ORDER));
        assertEquals(new Deny(DenyReason.TOOL_NOT_GRANTED), decide(modest, Action.CREATE_ORDER));
        assertInstanceOf(NeedsApproval.class, decide(asking, Action.CREATE_ORDER));
    }

    @Test
    void a_run_needs_an_app_that_may_chat_and_opens_no_other() {
        Agent functions = TestCallers.functions(ALL_TOOLS, WRITE);
        Caller elsewhere = new Caller.UserThroughRun(
                TestCallers.person(VIC, Role.VIEWER),
                TestCallers.REPORTS,
                functions,
                TestCallers.credential(TestCallers.REPORTS.client(), READ),
                Consent.ALLOWED);
        Caller inChat = TestCallers.throughRun(functions, VIC, READ, Role.VIEWER);

        assertInstanceOf(Permit.class, decide(inChat, Action.LIST_ORDERS));
        assertEquals(new Deny(DenyReason.APP_MAY_NOT_CHAT), decide(elsewhere, Action.LIST_ORDERS));
        assertEquals(new Deny(DenyReason.APP_MAY_NOT_CHAT), decide(inChat, Action.CHAT));
    }

    @Test
    void through_an_unknown_agent_an_admin_sees_their_own_rows_over_mcp_and_no_more() {
        Caller ada = TestCallers.throughUnknownAgent(PAT, Set.of(Scope.values()), Role.ADMIN);

        assertEquals(
                Optional.of(PAT), permit(decide(ada, Action.LIST_ORDERS)).rows().owner());
        assertEquals(
                Optional.of(PAT), permit(decide(ada, Action.READ_ORDER)).rows().owner());
        assertEquals(new Deny(DenyReason.READING_ONLY), decide(ada, Action.CREATE_ORDER));
        assertEquals(new Deny(DenyReason.MCP_ONLY), decide(ada, Action.LIST_ORDERS, Door.REST));
        assertEquals(new Deny(DenyReason.MCP_ONLY), decide(ada, Action.CHAT, Door.CHAT));
    }

    @Test
    void scopes_and_roles_of_a_token_that_was_not_made_for_us_are_not_even_kept() {
        Caller ada = TestCallers.throughUnknownAgent(PAT, Set.of(Scope.values()), Role.ADMIN);

        assertEquals(Set.of(), ada.scopes());
        assertEquals(Set.of(), ada.person().orElseThrow().roles());
        assertInstanceOf(Permit.class, decide(TestCallers.throughUnknownAgent(PAT, Set.of()), Action.LIST_ORDERS));
    }

    @Test
    void an_agent_as_itself_reads_the_tenants_rows_over_mcp_within_its_grant() {
        Caller night = TestCallers.asItself(Set.of("list-orders", "create-order"));

        RowFilter rows = permit(decide(night, Action.LIST_ORDERS)).rows();
        assertEquals(new RowFilter(TENANT, Optional.empty()), rows);
        assertEquals(new Deny(DenyReason.TOOL_NOT_GRANTED), decide(night, Action.READ_ORDER));
        assertEquals(new Deny(DenyReason.READING_ONLY), decide(night, Action.CREATE_ORDER));
        assertEquals(new Deny(DenyReason.USER_REQUIRED), decide(night, Action.LIST_ORDERS, Door.REST));
        assertEquals(new Deny(DenyReason.USER_REQUIRED), decide(night, Action.CHAT, Door.CHAT));
    }

    @Test
    void what_an_agent_may_do_for_people_it_may_not_do_as_itself_and_the_other_way_round() {
        Agent night =
                TestCallers.agent(Agent.Kind.PROMPT, new Grant(Set.of("get-order"), Set.of("list-orders"), Set.of()));
        Credential credential = TestCallers.credential(night.client().orElseThrow(), READ);
        Caller asItself = new Caller.AgentAsItself(TENANT, TestCallers.NIGHT_AGENT, night, credential);
        Caller forVic = TestCallers.through(night, VIC, READ, Role.VIEWER);

        assertInstanceOf(Permit.class, decide(asItself, Action.LIST_ORDERS));
        assertEquals(new Deny(DenyReason.TOOL_NOT_GRANTED), decide(asItself, Action.READ_ORDER));
        assertInstanceOf(Permit.class, decide(forVic, Action.READ_ORDER));
        assertEquals(new Deny(DenyReason.TOOL_NOT_GRANTED), decide(forVic, Action.LIST_ORDERS));
    }

    @Test
    void a_permit_of_an_agent_as_itself_has_no_person() {
        Permit permit = permit(decide(TestCallers.asItself(Set.of("whoami")), Action.WHO_AM_I));

        assertThrows(IllegalStateException.class, permit::user);
        assertEquals(
                Optional.of(new UserId(TestCallers.NIGHT_AGENT)), permit.rows().owner());
        assertEquals(Set.of(), permit.caller().scopes());
        assertEquals(
                VIC,
                permit(decide(TestCallers.directly(VIC), Action.WHO_AM_I))
                        .user()
                        .id());
    }

    @Test
    void a_row_is_refused_exactly_where_a_list_would_leave_it_out() {
        Facts mine = Facts.at(Door.REST).about(TENANT, VIC);
        Facts pats = Facts.at(Door.REST).about(TENANT, PAT);
        Facts foreign = Facts.at(Door.REST).about(new TenantId(new UUID(0, 2)), VIC);
        Caller viewer = TestCallers.directly(VIC, Role.VIEWER);
        Caller analyst = TestCallers.directly(VIC, Role.ANALYST);

        assertInstanceOf(Permit.class, policy.decide(viewer, Action.READ_ORDER, mine, NOW));
        assertEquals(new Deny(DenyReason.NOT_OWNER), policy.decide(viewer, Action.READ_ORDER, pats, NOW));
        assertInstanceOf(Permit.class, policy.decide(analyst, Action.READ_ORDER, pats, NOW));
        assertEquals(new Deny(DenyReason.OTHER_TENANT), policy.decide(analyst, Action.READ_ORDER, foreign, NOW));
    }

    @Test
    void somebody_elses_row_is_told_like_one_of_another_tenant() {
        assertEquals(DenyReason.NOT_OWNER.sentence(), DenyReason.OTHER_TENANT.sentence());
    }

    @Test
    void a_caller_is_believed_only_while_the_token_is_good() {
        Caller vic = TestCallers.directly(VIC, Role.VIEWER);
        Facts facts = Facts.at(Door.REST);
        Instant end = TestCallers.GOOD_UNTIL;

        assertInstanceOf(Permit.class, policy.decide(vic, Action.LIST_ORDERS, facts, end.minusMillis(1)));
        assertEquals(new Deny(DenyReason.SIGN_IN_ENDED), policy.decide(vic, Action.LIST_ORDERS, facts, end));
    }

    @Test
    void the_version_names_the_rules_that_are_in_force() {
        // Who changes a rule on purpose writes the new version here; a rule changed by accident shows.
        assertEquals("0369ae7ac67d5092", PolicyVersion.CURRENT);
        assertTrue(PolicyTables.text().contains("""
                delete-order reads=false open=false writes=true Orders.Read=false Orders.Write=true Orders.Audit=false\
                 user_impersonation=true Viewer=NONE Analyst=NONE PM=NONE Admin=TENANT
                """));
    }

    @ParameterizedTest
    @EnumSource(DenyReason.class)
    void every_reason_is_told_in_one_sentence(DenyReason reason) {
        assertTrue(reason.sentence().matches("[A-Z][^.]+\\."), reason.sentence());
    }

    @Test
    void a_permit_and_a_refusal_go_different_ways() {
        Caller vic = TestCallers.directly(VIC, Role.VIEWER);

        assertEquals("yes", decide(vic, Action.LIST_ORDERS).either(permit -> "yes", refusal -> "no"));
        assertEquals("no", decide(vic, Action.DELETE_ORDER).either(permit -> "yes", refusal -> "no"));
    }

    @Test
    void a_permit_says_for_what_and_whom_it_is() {
        Caller vic = TestCallers.directly(VIC, Role.VIEWER);
        Permit permit = permit(decide(vic, Action.READ_ORDER));

        assertEquals(Action.READ_ORDER, permit.action());
        assertEquals(vic, permit.caller());
        assertEquals(TestCallers.WEB_CHAT.client(), permit.caller().client());
    }

    @Test
    void a_refusal_has_a_stable_name() {
        assertEquals(
                "own_rows",
                decide(TestCallers.directly(VIC, Role.VIEWER), Action.LIST_ORDERS)
                        .rule());
        assertEquals("role_not_sufficient", new Deny(DenyReason.ROLE_NOT_SUFFICIENT).rule());
        assertEquals("scope_missing", new NeedsScope(READ).rule());
        assertEquals("consent_needed", new NeedsConsent("a", READ).rule());
    }

    @Test
    void an_answer_has_a_name_for_records() {
        Decision permit = decide(TestCallers.directly(VIC, Role.VIEWER), Action.READ_ORDER);
        Decision needsApproval = decide(TestCallers.through(ASSISTANT, PAT, WRITE, Role.PM), Action.CREATE_ORDER);

        assertEquals("permit", permit.name());
        assertEquals("deny", new Deny(DenyReason.NOT_OWNER).name());
        assertEquals("needs_scope", new NeedsScope(READ).name());
        assertEquals("needs_consent", new NeedsConsent("a", READ).name());
        assertEquals("needs_approval", needsApproval.name());
        assertEquals("approval_needed", needsApproval.rule());
    }

    private Decision decide(Caller caller, Action action) {
        return decide(caller, action, Door.MCP);
    }

    private Decision decide(Caller caller, Action action, Door door) {
        return policy.decide(caller, action, Facts.at(door), NOW);
    }

    private static Permit permit(Decision decision) {
        return assertInstanceOf(Permit.class, decision);
    }
}
