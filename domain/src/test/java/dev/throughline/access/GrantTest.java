package dev.throughline.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {

    @Test
    void every_write_needs_an_approval_unless_something_else_is_said() {
        Grant grant = Grant.forPeople(Set.of("list-orders", "create-order", "delete-order"));

        assertEquals(Set.of("create-order", "delete-order"), grant.toolsNeedingApproval());
        assertEquals(Set.of(), grant.toolsAsItself());
    }

    @Test
    void in_a_chain_of_agents_each_only_takes_away() {
        Agent first = agent(
                new Grant(Set.of("list-orders", "get-order"), Set.of("whoami", "get-order"), Set.of("get-order")),
                Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE));
        Agent second = agent(
                new Grant(Set.of("get-order", "whoami"), Set.of("whoami"), Set.of("whoami")),
                Set.of(Scope.ORDERS_READ, Scope.ORDERS_AUDIT));

        Agent both = first.within(second);

        assertEquals(new Grant(Set.of("get-order"), Set.of("whoami"), Set.of("get-order", "whoami")), both.grant());
        assertEquals(Set.of(Scope.ORDERS_READ), both.scopes());
        assertEquals(first.name(), both.name());
    }

    @ParameterizedTest
    @EnumSource(Agent.Kind.class)
    void people_chat_with_agents_of_the_project_and_not_with_programs_of_their_own(Agent.Kind kind) {
        Agent agent = TestCallers.agent(kind, Grant.forPeople(Set.of("list-orders")));

        assertEquals(kind != Agent.Kind.MCP_CLIENT, agent.chats());
        assertEquals(kind == Agent.Kind.SHARED_PROJECT, agent.shared());
    }

    @Test
    void an_agent_that_may_do_anything_as_itself_acts_as_itself() {
        Grant itself = new Grant(Set.of(), Set.of("list-orders"), Set.of());

        assertTrue(TestCallers.agent(Agent.Kind.PROMPT, itself).actsAsItself());
        assertFalse(TestCallers.ASSISTANT.actsAsItself());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void nobody_is_nameless(String blank) {
        assertThrows(IllegalArgumentException.class, () -> new ClientId(blank));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Agent(
                        blank,
                        Agent.Kind.PROMPT,
                        Agent.Route.OAUTH,
                        Optional.empty(),
                        Grant.forPeople(Set.of()),
                        Set.of()));
    }

    @Test
    void ids_are_written_as_they_are() {
        assertEquals("a-client", new ClientId("a-client").toString());
        assertEquals("00000000-0000-0000-0000-000000000001", TestCallers.TENANT.toString());
        assertEquals("00000000-0000-0000-0000-0000000000b4", TestCallers.VIC.toString());
    }

    @Test
    void claims_are_known_by_their_exact_spelling() {
        for (Role role : Role.values()) {
            assertEquals(Optional.of(role), Role.ofClaim(role.claim()));
        }
        for (Scope scope : Scope.values()) {
            assertEquals(Optional.of(scope), Scope.ofClaim(scope.claim()));
        }
        assertEquals(Optional.empty(), Role.ofClaim("admin"));
        assertEquals(Optional.empty(), Scope.ofClaim("orders.read"));
    }

    private static Agent agent(Grant grant, Set<Scope> scopes) {
        return new Agent("a", Agent.Kind.PROMPT, Agent.Route.OAUTH, Optional.empty(), grant, scopes);
    }
}
