package dev.throughline.access;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.NOW;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsConsent;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Facts.Partner;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether an agent may act for a person at all, and whom a person may talk to. */
class ConsentTest {
    private static final Set<Scope> READ = EnumSet.of(Scope.ORDERS_READ);
    private static final Agent FUNCTIONS = TestCallers.functions(Set.of("list-orders"), READ);

    private final AccessPolicy policy = new AccessPolicy();

    @ParameterizedTest
    @CsvSource({"NONE, permit", "ASKED, permit", "ALLOWED, permit", "DENIED, deny", "REVOKED, deny"})
    void a_token_of_the_agents_own_says_that_somebody_consented_so_that_only_a_no_counts(
            Consent standing, String answer) {
        Decision registered = list(TestCallers.through(ASSISTANT, VIC, standing, READ, Role.VIEWER));
        Decision unknown = list(TestCallers.throughUnknownAgent(VIC, standing, Set.of()));

        assertEquals(answer, registered.name());
        assertEquals(answer, unknown.name());
        if (answer.equals("deny")) {
            assertEquals(new Deny(DenyReason.CONSENT_REVOKED), registered);
            assertEquals(new Deny(DenyReason.CONSENT_REVOKED), unknown);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Consent.class,
            names = {"NONE", "ASKED", "DENIED"})
    void a_run_of_ours_has_no_such_token_so_that_the_person_must_say_yes(Consent standing) {
        assertEquals(
                new NeedsConsent("orders-functions", READ),
                list(TestCallers.throughRun(FUNCTIONS, VIC, standing, READ, Role.VIEWER)));
    }

    @Test
    void what_was_taken_back_from_the_agent_of_a_run_it_does_not_even_ask_for() {
        assertInstanceOf(
                Permit.class, list(TestCallers.throughRun(FUNCTIONS, VIC, Consent.ALLOWED, READ, Role.VIEWER)));
        assertEquals(
                new Deny(DenyReason.CONSENT_REVOKED),
                list(TestCallers.throughRun(FUNCTIONS, VIC, Consent.REVOKED, READ, Role.VIEWER)));
    }

    @Test
    void a_person_and_an_agent_as_itself_need_no_consent() {
        assertEquals(Optional.empty(), TestCallers.directly(VIC, Role.VIEWER).consent());
        assertEquals(
                Optional.empty(), TestCallers.asItself(Set.of("list-orders")).consent());
        assertInstanceOf(Permit.class, list(TestCallers.asItself(Set.of("list-orders"))));
    }

    @Test
    void nobody_is_asked_for_a_consent_that_would_not_help() {
        Caller ungranted = TestCallers.throughRun(
                TestCallers.functions(Set.of("get-order"), READ), VIC, Consent.NONE, READ, Role.VIEWER);

        assertEquals(new Deny(DenyReason.TOOL_NOT_GRANTED), list(ungranted));
    }

    @Test
    void a_state_has_a_name_on_the_wire() {
        assertEquals("revoked", Consent.REVOKED.wire());
        assertEquals("none", Consent.NONE.wire());
    }

    @ParameterizedTest
    @EnumSource(
            value = Consent.class,
            names = {"REVOKED"},
            mode = EnumSource.Mode.EXCLUDE)
    void who_has_not_taken_anything_back_may_talk_to_an_agent(Consent consent) {
        assertInstanceOf(Permit.class, talk(new Partner(ASSISTANT, consent, true), Role.VIEWER));
    }

    @Test
    void an_agent_from_which_the_person_took_back_everything_is_not_even_called() {
        assertEquals(
                new Deny(DenyReason.CONSENT_REVOKED), talk(new Partner(ASSISTANT, Consent.REVOKED, true), Role.ADMIN));
    }

    @Test
    void an_agent_whose_way_of_calling_is_switched_off_is_not_called() {
        assertEquals(
                new Deny(DenyReason.PASSTHROUGH_OFF), talk(new Partner(ASSISTANT, Consent.NONE, false), Role.ADMIN));
    }

    @Test
    void an_mcp_client_and_a_shared_identity_are_nobody_to_talk_to() {
        Agent client = TestCallers.agent(Agent.Kind.MCP_CLIENT, ASSISTANT.grant());
        Agent shared = TestCallers.agent(Agent.Kind.SHARED_PROJECT, ASSISTANT.grant());

        assertEquals(
                new Deny(DenyReason.NOT_A_CHAT_AGENT), talk(new Partner(client, Consent.ALLOWED, true), Role.ADMIN));
        assertEquals(
                new Deny(DenyReason.AGENT_IDENTITY_SHARED),
                talk(new Partner(shared, Consent.ALLOWED, true), Role.ADMIN));
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER,  list-orders,  acts_as_itself",
        "ANALYST, list-orders,  own_rows",
        "PM,      list-orders,  own_rows",
        "ADMIN,   list-orders,  own_rows",
        "ANALYST, update-order, acts_as_itself",
        "PM,      delete-order, acts_as_itself",
        "ADMIN,   delete-order, own_rows",
        "VIEWER,  whoami,       own_rows",
        "ADMIN,   approve,      acts_as_itself"
    })
    void an_agent_that_acts_as_itself_lends_nobody_its_eyes(Role role, String tool, String rule) {
        Agent night = TestCallers.agent(Agent.Kind.PROMPT, new Grant(Set.of(), Set.of(tool), Set.of()));

        assertEquals(rule, talk(new Partner(night, Consent.NONE, true), role).rule());
    }

    @Test
    void who_lacks_the_scope_to_see_the_rows_does_not_see_them_through_an_agent_as_itself_either() {
        Agent night = TestCallers.agent(Agent.Kind.PROMPT, new Grant(Set.of(), Set.of("list-orders"), Set.of()));
        Caller auditor = TestCallers.in(TestCallers.WEB_CHAT, PAT, EnumSet.of(Scope.ORDERS_AUDIT), Role.ADMIN);
        Facts facts = Facts.at(Door.CHAT).with(new Partner(night, Consent.NONE, true));

        assertEquals(new Deny(DenyReason.ACTS_AS_ITSELF), policy.decide(auditor, Action.CHAT, facts, NOW));
    }

    private Decision talk(Partner partner, Role role) {
        return policy.decide(
                TestCallers.directly(PAT, role),
                Action.CHAT,
                Facts.at(Door.CHAT).with(partner),
                NOW);
    }

    private Decision list(Caller caller) {
        return policy.decide(caller, Action.LIST_ORDERS, Facts.at(Door.MCP), NOW);
    }
}
