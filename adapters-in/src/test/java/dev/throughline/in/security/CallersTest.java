package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.Unavailable;
import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.in.fakes.InMemoryConsents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a verified token makes the caller. Every refusal is one change away from somebody who is let in. */
class CallersTest {
    private static final User VIC = new User(new TenantId(Tokens.TENANT), new UserId(Tokens.SUBJECT), Set.of());

    private final InMemoryConsents consents = new InMemoryConsents();
    private final Callers callers = new Callers(new Tokens.Known(), consents);

    @Test
    void a_person_in_one_of_our_apps_calls_directly() throws RejectedTokenException {
        Caller caller = callers.callerOf(Tokens.vic().verified());

        assertInstanceOf(Caller.UserDirectly.class, caller);
        assertEquals(Tokens.TENANT, caller.tenant().value());
        assertEquals(Tokens.SUBJECT, caller.objectId());
        assertEquals(Set.of(Role.VIEWER), caller.person().orElseThrow().roles());
        assertEquals(Set.of(Scope.ORDERS_READ), caller.scopes());
    }

    @Test
    void a_person_with_a_registered_agents_token_calls_through_it() throws RejectedTokenException {
        Caller caller = callers.callerOf(Tokens.vic().of("assistant").verified());

        assertInstanceOf(Caller.UserThroughAgent.class, caller);
        assertEquals(Optional.of("assistant"), caller.actingAgent().map(Agent::name));
        assertEquals(Set.of(Role.VIEWER), caller.person().orElseThrow().roles());
    }

    @Test
    void a_caller_is_proven_as_long_as_the_gate_would_take_the_token() throws RejectedTokenException {
        Caller caller = callers.callerOf(Tokens.vic().verified());

        assertTrue(caller.provenAt(Tokens.EXPIRY.plus(TokenSettings.SKEW).minusMillis(1)));
        assertFalse(caller.provenAt(Tokens.EXPIRY.plus(TokenSettings.SKEW)));
    }

    @Test
    void an_unregistered_client_is_refused_whoever_the_person_is() {
        refused(TokenRejection.CLIENT_NOT_REGISTERED, Tokens.vic().of("stranger"));
    }

    @Test
    void an_identity_that_agents_share_is_refused_for_that_reason_whatever_else_its_token_says()
            throws RejectedTokenException {
        accepted(Tokens.nightAgent());
        accepted(Tokens.vic().actors("helper"));

        refused(TokenRejection.AGENT_IDENTITY_SHARED, Tokens.nightAgent().of("legacy"));
        refused(
                TokenRejection.AGENT_IDENTITY_SHARED,
                Tokens.nightAgent().of("legacy").withRoles());
        refused(TokenRejection.AGENT_IDENTITY_SHARED, Tokens.vic().of("legacy"));
        refused(TokenRejection.AGENT_IDENTITY_SHARED, Tokens.vic().of("legacy").passedThrough());
        refused(TokenRejection.AGENT_IDENTITY_SHARED, Tokens.vic().actors("legacy"));
        refused(TokenRejection.AGENT_IDENTITY_SHARED, Tokens.vic().actors("helper", "legacy"));
    }

    @Test
    void an_agent_as_itself_has_no_person_and_no_scopes() throws RejectedTokenException {
        Caller caller = callers.callerOf(Tokens.nightAgent().verified());

        Caller.AgentAsItself itself = assertInstanceOf(Caller.AgentAsItself.class, caller);
        assertEquals("night", itself.agent().name());
        assertEquals(Tokens.SUBJECT, itself.objectId());
        assertEquals(Optional.empty(), itself.person());
        assertEquals(Set.of(), itself.scopes());
    }

    @Test
    void an_application_without_role_or_grant_is_told_that_a_person_is_needed() throws RejectedTokenException {
        accepted(Tokens.nightAgent());

        refused(TokenRejection.USER_REQUIRED, Tokens.nightAgent().withRoles());
        refused(TokenRejection.USER_REQUIRED, Tokens.nightAgent().withRoles("Admin"));
        refused(TokenRejection.USER_REQUIRED, Tokens.nightAgent().withRoles("mcp.access"));
        refused(TokenRejection.USER_REQUIRED, Tokens.nightAgent().of("assistant"));
        refused(TokenRejection.USER_REQUIRED, Tokens.nightAgent().of("web-chat"));
        refused(TokenRejection.USER_REQUIRED, Tokens.nightAgent().of("stranger"));
        refused(TokenRejection.USER_REQUIRED, Tokens.nightAgent().passedThrough());
        refused(TokenRejection.USER_REQUIRED, Tokens.nightAgent().actors("helper"));
    }

    @Test
    void a_token_that_only_may_be_an_applications_own_is_nobodys() throws RejectedTokenException {
        ActingClaims doubtful = new ActingClaims(false, Set.of(), Set.of(), List.of());

        accepted(Tokens.nightAgent());
        refused(TokenRejection.USER_REQUIRED, Tokens.nightAgent().acting(doubtful));
    }

    @Test
    void where_entra_says_that_an_agent_acts_an_apps_token_is_not_enough() throws RejectedTokenException {
        accepted(Tokens.vic().actorFacets("10"));

        refused(TokenRejection.CLIENT_NOT_REGISTERED, Tokens.vic().actorFacets("11"));
        refused(TokenRejection.CLIENT_NOT_REGISTERED, Tokens.vic().actorFacets("3", "11"));
        refused(
                TokenRejection.CLIENT_NOT_REGISTERED,
                Tokens.vic().actorFacets("11").actors("helper"));
        assertInstanceOf(
                Caller.UserThroughAgent.class,
                callers.callerOf(Tokens.vic().of("assistant").actorFacets("11").verified()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "13"})
    void an_agent_is_no_person_even_with_a_user_account(String facet) throws RejectedTokenException {
        accepted(Tokens.vic().subjectFacets("12"));
        accepted(Tokens.vic().of("foundry").passedThrough());

        refused(TokenRejection.USER_REQUIRED, Tokens.vic().subjectFacets(facet));
        refused(TokenRejection.USER_REQUIRED, Tokens.vic().of("assistant").subjectFacets(facet));
        refused(
                TokenRejection.USER_REQUIRED,
                Tokens.vic().of("foundry").passedThrough().subjectFacets(facet));
    }

    @Test
    void an_actor_turns_a_person_in_an_app_into_one_through_an_agent() throws RejectedTokenException {
        Caller caller = callers.callerOf(Tokens.vic().actors("helper").verified());

        assertInstanceOf(Caller.UserThroughAgent.class, caller);
        assertEquals(Optional.of("helper"), caller.actingAgent().map(Agent::name));
        assertEquals("web-chat", caller.client().value());
    }

    @Test
    void a_chain_of_agents_may_do_what_each_of_them_may() throws RejectedTokenException {
        Caller caller =
                callers.callerOf(Tokens.vic().of("assistant").actors("helper").verified());

        Agent acting = caller.actingAgent().orElseThrow();
        assertEquals("assistant", acting.name());
        assertEquals(Set.of("list-orders"), acting.grant().tools());
    }

    @Test
    void everybody_in_a_chain_must_be_a_registered_agent() throws RejectedTokenException {
        accepted(Tokens.vic().actors("helper", "assistant"));

        refused(TokenRejection.CLIENT_NOT_REGISTERED, Tokens.vic().actors("stranger"));
        refused(TokenRejection.CLIENT_NOT_REGISTERED, Tokens.vic().actors("helper", "stranger"));
        refused(TokenRejection.CLIENT_NOT_REGISTERED, Tokens.vic().actors("web-chat"));
        refused(
                TokenRejection.CLIENT_NOT_REGISTERED,
                Tokens.vic().of("stranger").actors("helper"));
    }

    @Test
    void a_token_that_was_passed_through_names_a_person_and_gives_no_rights() throws RejectedTokenException {
        Caller caller = callers.callerOf(
                Tokens.vic().of("foundry").withRoles("Admin").passedThrough().verified());

        assertInstanceOf(Caller.UserThroughUnknownAgent.class, caller);
        assertEquals(Tokens.SUBJECT, caller.objectId());
        assertEquals(Set.of(), caller.person().orElseThrow().roles());
        assertEquals(Set.of(), caller.scopes());
    }

    @Test
    void only_listed_clients_pass_tokens_through_and_only_those_made_for_the_agent_service()
            throws RejectedTokenException {
        accepted(Tokens.vic().of("foundry").passedThrough());

        refused(TokenRejection.CLIENT_NOT_REGISTERED, Tokens.vic().passedThrough());
        refused(
                TokenRejection.CLIENT_NOT_REGISTERED,
                Tokens.vic().of("assistant").passedThrough());
        refused(TokenRejection.CLIENT_NOT_REGISTERED, Tokens.vic().of("foundry"));
    }

    @Test
    void an_agents_first_call_is_noted_as_allowed_with_what_it_asks_for() throws RejectedTokenException {
        assertEquals(Optional.of(Consent.ALLOWED), standing(Tokens.vic().of("assistant")));

        ConsentEntry entry = consents.all().get(0);
        assertEquals("assistant", entry.agent());
        assertEquals(Tokens.SUBJECT, entry.user().value());
        assertEquals(Tokens.TENANT, entry.tenant().value());
        assertEquals(Set.of(Scope.ORDERS_READ), entry.scopes());
        assertEquals(Consent.ALLOWED, entry.state());
        standing(Tokens.vic().of("assistant"));
        assertEquals(List.of(entry), consents.all(), "Once");
    }

    @ParameterizedTest
    @EnumSource(names = {"REVOKED", "DENIED"})
    void what_the_person_said_since_counts_at_the_next_call_whatever_the_token_says(Consent said)
            throws RejectedTokenException {
        Tokens same = Tokens.vic().of("assistant");
        assertEquals(Optional.of(Consent.ALLOWED), standing(same));
        consents.put(VIC, "assistant", Set.of(), said);

        assertEquals(Optional.of(said), standing(same));

        assertEquals(1, consents.all().size(), "A call brings nothing back");
        consents.put(VIC, "assistant", Set.of(), Consent.ALLOWED);
        assertEquals(Optional.of(Consent.ALLOWED), standing(same));
    }

    @Test
    void to_stop_one_agent_stops_no_other_and_nobody_elses() throws RejectedTokenException {
        consents.put(VIC, "assistant", Set.of(), Consent.REVOKED);
        User ada = new User(VIC.tenant(), new UserId(new UUID(0, 0xb1)), Set.of());
        User elsewhere = new User(new TenantId(new UUID(0, 2)), VIC.id(), Set.of());
        consents.put(ada, "helper", Set.of(), Consent.REVOKED);
        consents.put(elsewhere, "helper", Set.of(), Consent.REVOKED);

        assertEquals(Optional.of(Consent.REVOKED), standing(Tokens.vic().of("assistant")));
        assertEquals(Optional.of(Consent.ALLOWED), standing(Tokens.vic().of("helper")));
        assertEquals(Optional.of(Consent.ALLOWED), standing(Tokens.vic().actors("helper")));
    }

    @Test
    void whom_the_person_has_stopped_stops_everybody_in_the_chain() throws RejectedTokenException {
        Tokens chain = Tokens.vic().of("assistant").actors("helper", "night");
        assertEquals(Optional.of(Consent.ALLOWED), standing(chain));

        for (String stopped : List.of("assistant", "helper", "night")) {
            consents.put(VIC, stopped, Set.of(), Consent.DENIED);
            assertEquals(Optional.of(Consent.DENIED), standing(chain), stopped);
            consents.put(VIC, stopped, Set.of(), Consent.REVOKED);
            assertEquals(Optional.of(Consent.REVOKED), standing(chain), stopped);
            consents.put(VIC, stopped, Set.of(), Consent.ALLOWED);
        }
        assertEquals(Optional.of(Consent.ALLOWED), standing(chain));
    }

    @Test
    void an_agent_that_nobody_can_tell_is_stopped_by_its_client() throws RejectedTokenException {
        Tokens passed = Tokens.vic().of("foundry").passedThrough();
        assertEquals(Optional.of(Consent.ALLOWED), standing(passed));
        assertEquals("foundry", consents.all().get(0).agent());

        consents.put(VIC, "foundry", Set.of(), Consent.REVOKED);

        assertEquals(Optional.of(Consent.REVOKED), standing(passed));
        consents.put(VIC, "foundry", Set.of(), Consent.ALLOWED);
        consents.put(VIC, "helper", Set.of(), Consent.REVOKED);
        assertEquals(Optional.of(Consent.REVOKED), standing(passed.actors("helper")));
    }

    @Test
    void nobody_asks_the_ledger_about_a_person_alone_or_an_agent_as_itself() throws RejectedTokenException {
        assertEquals(Optional.empty(), standing(Tokens.vic()));
        assertEquals(Optional.empty(), standing(Tokens.nightAgent()));
        assertEquals(0, consents.lookups());

        standing(Tokens.vic().of("assistant"));
        assertTrue(consents.lookups() > 0);
    }

    @Test
    void where_the_ledger_is_away_nobody_comes_in_through_an_agent_and_everybody_else_does()
            throws RejectedTokenException {
        accepted(Tokens.vic().of("assistant"));
        consents.disconnect();

        for (Tokens through : List.of(
                Tokens.vic().of("assistant"),
                Tokens.vic().actors("helper"),
                Tokens.vic().of("foundry").passedThrough())) {
            assertThrows(Unavailable.class, () -> callers.callerOf(through.verified()));
        }
        accepted(Tokens.vic());
        accepted(Tokens.nightAgent());
    }

    @Test
    void whoever_is_rejected_leaves_nothing_in_the_ledger() {
        refused(TokenRejection.CLIENT_NOT_REGISTERED, Tokens.vic().of("stranger"));
        refused(
                TokenRejection.CLIENT_NOT_REGISTERED,
                Tokens.vic().of("assistant").actors("stranger"));
        refused(TokenRejection.AGENT_IDENTITY_SHARED, Tokens.vic().of("legacy"));
        refused(
                TokenRejection.CLIENT_NOT_REGISTERED,
                Tokens.vic().of("assistant").passedThrough());

        assertEquals(0, consents.lookups());
    }

    private Optional<Consent> standing(Tokens token) throws RejectedTokenException {
        return callers.callerOf(token.verified()).consent();
    }

    private void accepted(Tokens token) throws RejectedTokenException {
        callers.callerOf(token.verified());
    }

    private void refused(TokenRejection rejection, Tokens token) {
        RejectedTokenException thrown =
                assertThrows(RejectedTokenException.class, () -> callers.callerOf(token.verified()));
        assertEquals(rejection, thrown.rejection(), token.toString());
    }
}
