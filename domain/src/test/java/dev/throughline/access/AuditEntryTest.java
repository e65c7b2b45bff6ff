package dev.throughline.access;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.AuditEntry.Details;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.Permit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static final UUID THREE = new UUID(0, 3);
    private static final ApprovalId APPROVAL = new ApprovalId(ONE);
    private static final ConsentId CONSENT = new ConsentId(TWO);

    private final AccessPolicy policy = new AccessPolicy();
    private final Caller vic = TestCallers.directly(VIC, Role.VIEWER);
    private final AuditEntry entry = AuditEntry.of(vic, "act", "permit", "rule", "done");

    @Test
    void a_permit_is_recorded_with_its_rule_and_what_came_of_it() {
        Permit permit = (Permit) policy.decide(vic, Action.READ_ORDER, Facts.at(Door.REST), TestCallers.NOW);

        assertEquals(
                new AuditEntry(vic, "get-order", "permit", "own_rows", "done", Details.NONE),
                AuditEntry.of(permit, AuditEntry.DONE));
    }

    @Test
    void a_permit_by_an_approval_is_recorded_with_it_and_the_digest_of_what_was_approved() {
        Caller through = TestCallers.through(ASSISTANT, PAT, Set.of(Scope.ORDERS_WRITE), Role.ADMIN);
        Decision permit = policy.decide(
                through, Action.UPDATE_ORDER, Reply.YES.to(Facts.at(Door.MCP), Action.UPDATE_ORDER), TestCallers.NOW);
        Caller asked = new Combination(Combination.Kind.THROUGH_AGENT, -1 & ~Combination.UNASKED, Consent.ALLOWED)
                .caller(Action.UPDATE_ORDER);
        Permit approved = (Permit) policy.decide(
                asked, Action.UPDATE_ORDER, Reply.YES.to(Facts.at(Door.MCP), Action.UPDATE_ORDER), TestCallers.NOW);

        assertTrue(permit.name().startsWith("needs_approval"), permit.name());
        AuditEntry recorded = AuditEntry.of(approved, AuditEntry.DONE);
        assertEquals(Optional.of(Reply.ID), recorded.details().approval());
        assertEquals(approved.digest(), recorded.details().digest());
        assertTrue(approved.digest().isPresent());
    }

    @Test
    void a_refusal_is_recorded_with_its_reason() {
        assertEquals(
                new AuditEntry(vic, "delete-order", "deny", "role_not_sufficient", "refused", Details.NONE),
                AuditEntry.refused(vic, Action.DELETE_ORDER, new Deny(DenyReason.ROLE_NOT_SUFFICIENT)));
    }

    @Test
    void each_part_can_be_told_by_itself_and_leaves_the_others_as_they_are() {
        AuditEntry full = entry.about("ORD-001", 7)
                .digest(Optional.of("ab"))
                .approval(Optional.of(APPROVAL))
                .consent(CONSENT, "agent")
                .in(ONE, TWO)
                .joins(Optional.of(THREE));
        Details details = new Details(
                Optional.of("ORD-001"),
                OptionalLong.of(7),
                Optional.of("ab"),
                Optional.of(APPROVAL),
                Optional.of(CONSENT),
                Optional.of("agent"),
                Optional.of(ONE),
                Optional.of(TWO),
                Optional.of(THREE));

        assertEquals(new AuditEntry(vic, "act", "permit", "rule", "done", details), full);
        assertEquals(new AuditEntry(vic, "act", "permit", "rule", "end", details), full.endedAs("end"));
        assertEquals("ORD-002", full.about("ORD-002").details().resource().orElseThrow());
        assertEquals(OptionalLong.of(7), full.about("ORD-002").details().version());
        assertEquals(Optional.of("other"), full.naming("other").agent());
        assertEquals(Optional.of(THREE), full.in(THREE).conversation());
        assertEquals(Optional.of(TWO), full.in(THREE).run());
        assertEquals(Optional.of(THREE), full.naming("other").details().joins());
    }

    @Test
    void agent_and_turn_are_the_callers_where_nothing_else_is_said() {
        Caller through = TestCallers.through(ASSISTANT, PAT, Set.of(Scope.ORDERS_READ), Role.ADMIN);
        Origin.Turn turn = new Origin.Turn(ONE, TWO);
        Credential inTurn = through.credential().from(Origin.UNKNOWN.within(turn));
        Caller chatting =
                new Caller.UserThroughAgent(through.person().orElseThrow(), ASSISTANT, inTurn, Consent.ALLOWED);
        AuditEntry said = AuditEntry.of(chatting, "act", "permit", "rule", "done");

        assertEquals(Optional.of(ASSISTANT.name()), said.agent());
        assertEquals(Optional.of(ONE), said.conversation());
        assertEquals(Optional.of(TWO), said.run());
        assertEquals(Optional.empty(), entry.agent());
        assertEquals(Optional.empty(), entry.conversation());
        assertEquals(Optional.empty(), entry.run());
    }

    @Test
    void taking_scopes_away_leaves_where_a_credential_came_from() {
        Origin origin = Origin.UNKNOWN.within(new Origin.Turn(ONE, TWO));
        Credential credential = new Credential(
                vic.client(), TestCallers.AUDIENCE, Set.of(Scope.ORDERS_READ), TestCallers.GOOD_UNTIL, origin);
        Caller unknown = new Caller.UserThroughUnknownAgent(vic.person().orElseThrow(), credential, Consent.ALLOWED);

        assertEquals(origin, unknown.credential().origin());
        assertEquals(Set.of(), unknown.scopes());
    }

    @Test
    void an_agent_can_be_granted_the_tools_of_the_desk_and_neither_the_log_nor_what_is_a_persons_own() {
        for (Action action : Action.values()) {
            assertEquals(!action.personal() && action != Action.READ_AUDIT, action.grantable(), action.toString());
        }
        assertTrue(Action.LIST_ORDERS.grantable());
        assertFalse(Action.READ_AUDIT.writes());
    }
}
