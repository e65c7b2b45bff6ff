package dev.throughline.in.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Scope;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.SignedIn;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.security.Challenges;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {
    private final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");
    private final Caller vic = People.directly(People.VIC);
    private final Told told = new Told();
    private final Refusals refusals = told.refusals(vic);

    @Test
    void a_missing_scope_is_challenged_for() {
        ProblemException refused =
                refusals.exception(vic, Action.CREATE_ORDER, new NeedsScope(Set.of(Scope.ORDERS_WRITE)));

        assertEquals(403, refused.problem().status());
        assertEquals("insufficient_scope", refused.problem().reason());
        assertEquals(
                Map.of("WWW-Authenticate", challenges.insufficientScope(Set.of(Scope.ORDERS_WRITE))),
                refused.headers());
        assertEquals(Map.of("authz scope_missing create-order user", 1), told.counts());
        assertTrue(
                told.lines().get(0).contains("\"event\":\"authz_needs_scope\""),
                told.lines().toString());
    }

    @ParameterizedTest
    @EnumSource
    void any_other_refusal_sends_nobody_through_another_sign_in(DenyReason reason) {
        ProblemException refused = refusals.exception(vic, Action.DELETE_ORDER, new Deny(reason));

        assertEquals(403, refused.problem().status());
        assertEquals(reason.code(), refused.problem().reason());
        assertEquals(reason.sentence(), refused.problem().detail());
        assertEquals(Map.of(), refused.headers());
    }

    @ParameterizedTest
    @EnumSource
    void nobody_is_refused_without_operators_being_told(DenyReason reason) {
        assertEquals(
                reason.sentence(), refusals.sentence(new SignedIn(vic).occasion(), vic, Action.CHAT, new Deny(reason)));
        refusals.exception(vic, Action.CHAT, new Deny(reason));

        assertEquals(Map.of("authz " + reason.code() + " chat user", 2), told.counts());
        assertEquals(2, told.lines().size());
    }

    @Test
    void whoever_must_ask_the_person_first_is_told_so_without_another_sign_in() {
        Caller unasked = People.throughRun(People.VIC, People.FUNCTIONS, Consent.NONE);
        Caller editor = People.through(People.ADA, People.EDITOR, Consent.ALLOWED);

        ProblemException consent =
                refusals.exception(unasked, Action.LIST_ORDERS, decided(unasked, Action.LIST_ORDERS));
        ProblemException approval =
                refusals.exception(editor, Action.CREATE_ORDER, decided(editor, Action.CREATE_ORDER));

        assertEquals(
                Problem.of(403, "consent_needed", "Allow this agent to act for you first, in the web chat."),
                consent.problem());
        assertEquals(
                Problem.of(403, "approval_needed", "Approve this change first, in the web chat."), approval.problem());
        assertEquals(Map.of(), consent.headers());
        assertEquals(Map.of(), approval.headers());
    }

    private static Refusal decided(Caller caller, Action action) {
        return (Refusal) Desk.POLICY.decide(caller, action, Facts.at(Door.MCP), Instant.now());
    }
}
