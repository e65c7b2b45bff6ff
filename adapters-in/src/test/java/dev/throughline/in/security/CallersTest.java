package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.in.fakes.InMemoryConsents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a verified token makes the caller. Every refusal is one change away from somebody who is let in. */
class CallersTest {
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

    private void accepted(Tokens token) throws RejectedTokenException {
        callers.callerOf(token.verified());
    }

    private void refused(TokenRejection rejection, Tokens token) {
        RejectedTokenException thrown =
                assertThrows(RejectedTokenException.class, () -> callers.callerOf(token.verified()));
        assertEquals(rejection, thrown.rejection(), token.toString());
    }
}
