package dev.throughline.access;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.TENANT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.access.Budget.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Optional<ClientId> CLIENT = ASSISTANT.client();

    @Test
    void a_persons_own_requests_take_from_the_persons_budgets_whichever_app_they_use() {
        Caller web = TestCallers.directly(VIC, Role.VIEWER);
        Caller reports = TestCallers.in(TestCallers.REPORTS, VIC, Set.of(), Role.ADMIN);

        assertEquals(List.of(ofVic(Kind.USER)), Budget.ofRequest(web));
        assertEquals(List.of(ofVic(Kind.WRITES)), Budget.ofWrite(web));
        assertEquals(ofVic(Kind.CHAT), Budget.ofMessage(web));
        assertEquals(Budget.ofRequest(web), Budget.ofRequest(reports));
        assertEquals(Budget.ofMessage(web), Budget.ofMessage(reports));
    }

    @Test
    void an_agents_requests_take_from_its_own_budget_for_the_person_before_the_persons() {
        Caller caller = TestCallers.through(ASSISTANT, VIC, Set.of(Scope.ORDERS_READ), Role.VIEWER);

        assertEquals(List.of(throughAgent(Kind.AGENT), ofVic(Kind.USER)), Budget.ofRequest(caller));
        assertEquals(List.of(throughAgent(Kind.AGENT_WRITES), ofVic(Kind.WRITES)), Budget.ofWrite(caller));
    }

    @Test
    void an_agent_that_tries_to_chat_leaves_the_persons_messages_alone() {
        Caller caller = TestCallers.through(ASSISTANT, VIC, Set.of(), Role.VIEWER);

        assertEquals(throughAgent(Kind.CHAT), Budget.ofMessage(caller));
    }

    @Test
    void an_agent_of_which_nothing_is_known_is_counted_by_its_client_and_its_person() {
        Caller caller = TestCallers.throughUnknownAgent(VIC, Set.of());

        assertEquals(
                List.of(
                        new Budget(Kind.AGENT, TENANT, Optional.of(VIC), Optional.of(new ClientId("foundry"))),
                        ofVic(Kind.USER)),
                Budget.ofRequest(caller));
    }

    @Test
    void an_agent_of_a_run_is_no_person_who_acts_directly() {
        Agent functions = TestCallers.functions(Set.of(), Set.of());
        Caller caller = TestCallers.throughRun(functions, VIC, Set.of());

        assertEquals(
                List.of(
                        new Budget(Kind.AGENT, TENANT, Optional.of(VIC), Optional.of(TestCallers.WEB_CHAT.client())),
                        ofVic(Kind.USER)),
                Budget.ofRequest(caller));
    }

    @Test
    void an_agent_as_itself_is_counted_by_its_own_client_alone() {
        Caller caller = TestCallers.asItself(Set.of("list-orders"));

        assertEquals(List.of(new Budget(Kind.AGENT, TENANT, Optional.empty(), CLIENT)), Budget.ofRequest(caller));
        assertEquals(List.of(new Budget(Kind.AGENT_WRITES, TENANT, Optional.empty(), CLIENT)), Budget.ofWrite(caller));
        assertEquals(new Budget(Kind.CHAT, TENANT, Optional.empty(), CLIENT), Budget.ofMessage(caller));
    }

    @Test
    void a_tools_calls_are_counted_apart_from_those_of_other_tools_and_agents() {
        Caller agent = TestCallers.through(ASSISTANT, VIC, Set.of(Scope.ORDERS_READ), Role.VIEWER);
        Caller web = TestCallers.directly(VIC, Role.VIEWER);

        assertEquals(
                new Budget(Kind.TOOL, TENANT, Optional.of(VIC), CLIENT, Optional.of(Action.LIST_ORDERS)),
                Budget.ofTool(agent, Action.LIST_ORDERS));
        assertEquals(
                new Budget(Kind.TOOL, TENANT, Optional.of(VIC), Optional.empty(), Optional.of(Action.READ_ORDER)),
                Budget.ofTool(web, Action.READ_ORDER));
    }

    @Test
    void roles_and_scopes_make_no_other_budget() {
        Caller viewer = TestCallers.through(ASSISTANT, VIC, Set.of(), Role.VIEWER);
        Caller admin = TestCallers.through(ASSISTANT, VIC, Set.of(Scope.ORDERS_WRITE), Role.ADMIN);

        assertEquals(Budget.ofRequest(viewer), Budget.ofRequest(admin));
        assertEquals(Budget.ofWrite(viewer), Budget.ofWrite(admin));
    }

    @Test
    void the_kinds_names_are_those_of_logs_and_metrics() {
        assertEquals(
                List.of("user", "agent", "writes", "agent_writes", "tool", "chat"),
                List.of(Kind.values()).stream().map(Kind::label).toList());
    }

    private static Budget ofVic(Kind kind) {
        return new Budget(kind, TENANT, Optional.of(VIC), Optional.empty());
    }

    private static Budget throughAgent(Kind kind) {
        return new Budget(kind, TENANT, Optional.of(VIC), CLIENT);
    }
}
