package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Origin;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenGateTest {
    private static final Origin.Arrival ARRIVAL = Origin.UNKNOWN.arrival();

    private final OpenGate gate = new OpenGate(TestGate.TENANT);
    private final AccessPolicy policy = new AccessPolicy();

    @Test
    void everybody_is_the_same_caller_of_the_configured_tenant_whatever_they_present() {
        Admission anybody = gate.admit(new BearerHeader(List.of(), ""), ARRIVAL);
        String good = "Bearer " + TestGate.open().good().sign();

        assertEquals(TestGate.TENANT, anybody.caller().tenant());
        assertEquals(Nobody.USER.value(), anybody.caller().objectId());
        assertEquals(Nobody.CLIENT, anybody.caller().client());
        assertEquals("authentication-off", anybody.principal().getName());
        assertEquals(
                new Origin(ARRIVAL, Optional.empty(), Optional.empty()),
                anybody.caller().credential().origin());
        for (List<String> presented : List.of(List.of(good), List.of(good, good), List.of("Bearer x"))) {
            assertEquals(
                    anybody.caller(),
                    gate.admit(new BearerHeader(presented, "access_token=x"), ARRIVAL)
                            .caller());
        }
    }

    @Test
    void there_is_no_token_to_pass_on() {
        String good = "Bearer " + TestGate.open().good().sign();

        assertEquals(
                Optional.empty(),
                gate.admit(new BearerHeader(List.of(good), ""), ARRIVAL).assertion());
    }

    @Test
    void the_policy_lets_it_see_and_change_orders_but_neither_delete_nor_do_what_is_a_persons_own_affair() {
        Caller caller = gate.admit(new BearerHeader(List.of(), ""), ARRIVAL).caller();
        Set<Action> personal = EnumSet.of(Action.CHAT, Action.APPROVE, Action.CONSENT, Action.CONVERSATIONS);
        Set<Action> refused = EnumSet.copyOf(personal);
        refused.add(Action.DELETE_ORDER);
        refused.add(Action.READ_AUDIT);

        for (Door door : List.of(Door.REST, Door.MCP)) {
            for (Action action : EnumSet.complementOf(EnumSet.copyOf(refused))) {
                assertInstanceOf(
                        Decision.Permit.class,
                        policy.decide(caller, action, Facts.at(door), Instant.now()),
                        () -> action + " at " + door);
            }
            assertEquals(
                    new Decision.Deny(DenyReason.ROLE_NOT_SUFFICIENT),
                    policy.decide(caller, Action.DELETE_ORDER, Facts.at(door), Instant.now()));
        }
        for (Door door : Door.values()) {
            for (Action action : personal) {
                assertEquals(
                        new Decision.Deny(DenyReason.APP_MAY_NOT_CHAT),
                        policy.decide(caller, action, Facts.at(door), Instant.now()),
                        () -> action + " at " + door);
            }
        }
    }

    @Test
    void it_is_always_ready_and_always_warns() {
        assertTrue(gate.ready());
        assertEquals(Optional.of("authentication is off"), gate.warning());
    }

    @Test
    void no_subject_of_another_provider_becomes_it() {
        TestGate all = TestGate.toAll();
        TokenCase nil = new TokenCase(
                "T190",
                "the subject that stands for nobody",
                all,
                TokenCase.bearing(
                        all.goodOther().with("sub", Nobody.USER.toString()).sign()),
                null);

        assertEquals("let in", nil.outcome(GateRules.ALL));
        assertNotEquals(Nobody.USER.value(), subject(all, nil));
    }

    private static Object subject(TestGate gate, TokenCase row) {
        try {
            return gate.verifier()
                    .prove(row.request().token(GateRules.ALL))
                    .token()
                    .subject();
        } catch (RejectedTokenException e) {
            throw new AssertionError(e);
        }
    }
}
