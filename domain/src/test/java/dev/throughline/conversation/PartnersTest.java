package dev.throughline.conversation;

import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.Role;
import dev.throughline.access.TestCallers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartnersTest {
    private final ChatRoom room = new ChatRoom();

    @ParameterizedTest
    @CsvSource({
        "VIEWER,  orders-assistant,   own_rows",
        "VIEWER,  orders-functions,   own_rows",
        "VIEWER,  orders-passthrough, own_rows",
        "VIEWER,  night-agent,        acts_as_itself",
        "ANALYST, night-agent,        own_rows",
        "PM,      night-agent,        own_rows",
        "ADMIN,   night-agent,        own_rows",
        "ADMIN,   legacy-agent,       agent_identity_shared",
        "ADMIN,   desktop,            not_a_chat_agent"
    })
    void whom_a_person_may_talk_to(Role role, String agent, String rule) {
        Caller caller = TestCallers.directly(PAT, role);

        assertEquals(rule, rule(room.partners, caller, agent));
    }

    @Test
    void all_agents_are_shown_in_the_registrys_order_with_the_reason_why_not() {
        assertEquals(
                List.of(
                        "orders-assistant own_rows",
                        "orders-functions own_rows",
                        "orders-passthrough own_rows",
                        "night-agent own_rows",
                        "legacy-agent agent_identity_shared",
                        "desktop not_a_chat_agent"),
                room.partners.choices(room.pat).stream()
                        .map(choice ->
                                choice.agent().name() + " " + choice.decision().rule())
                        .toList());
    }

    @Test
    void nobody_may_talk_to_an_agent_who_may_not_chat_at_all() {
        Caller agent = TestCallers.through(TestCallers.ASSISTANT, PAT, TestCallers.ASSISTANT.scopes(), Role.ADMIN);

        assertEquals(
                Set.of("app_may_not_chat"),
                Set.copyOf(room.partners.choices(agent).stream()
                        .map(choice -> choice.decision().rule())
                        .toList()));
    }

    @Test
    void where_passthrough_is_off_its_agents_are_not_to_be_talked_to() {
        Partners off = new Partners(room.policy, room.agents, room.consents, false, room.clock);

        assertEquals("passthrough_off", rule(off, room.pat, "orders-passthrough"));
        assertEquals("own_rows", rule(off, room.pat, "orders-assistant"));
        assertEquals("own_rows", rule(off, room.pat, "orders-functions"));
    }

    @ParameterizedTest
    @CsvSource({
        "orders-assistant,   orders-assistant,   consent_revoked",
        "orders-assistant,   orders-functions,   own_rows",
        "orders-functions,   orders-functions,   consent_revoked",
        "orders-passthrough, orders-passthrough, consent_revoked",
        "foundry,            orders-passthrough, consent_revoked",
        "foundry,            orders-assistant,   own_rows"
    })
    void what_was_taken_back_from_an_agent_or_from_the_client_that_it_comes_through_counts(
            String revoked, String agent, String rule) {
        room.consents(revoked, Consent.REVOKED);

        assertEquals(rule, rule(room.partners, room.pat, agent));
    }

    @ParameterizedTest
    @CsvSource({"ASKED", "ALLOWED", "DENIED"})
    void nothing_else_that_was_said_keeps_an_agent_from_being_asked(Consent said) {
        room.consents("orders-functions", said);

        assertEquals("own_rows", rule(room.partners, room.pat, "orders-functions"));
    }

    @Test
    void what_one_person_took_back_concerns_nobody_else() {
        room.consents("orders-assistant", Consent.REVOKED);

        assertEquals("own_rows", rule(room.partners, TestCallers.directly(VIC, Role.VIEWER), "orders-assistant"));
    }

    @ParameterizedTest
    @CsvSource({"legacy-agent, agent_identity_shared", "night-agent, acts_as_itself", "desktop, not_a_chat_agent"})
    void a_refused_partner_is_not_called_and_nothing_is_kept(String agent, String reason) {
        HeardRun heard = room.run(TestCallers.directly(VIC, Role.VIEWER), ChatRoom.to(agent, "hello"));

        assertEquals(List.of("refused " + reason), heard.events);
        assertEquals(1, heard.hops.size());
        assertEquals(0, room.exchanges);
        assertEquals(List.of(), room.agent.questions);
        assertEquals(0, room.conversations.size());
        assertEquals(List.of(), room.conversations.runs());
    }

    @Test
    void a_conversation_whose_agent_was_revoked_goes_on_once_the_person_allows_it_again() {
        HeardRun first = room.run(ChatRoom.say("list my orders"));
        room.consents("orders-assistant", Consent.REVOKED);
        Ask.Say more = ChatRoom.say("and now?", first.conversation());

        assertEquals("refused consent_revoked", room.run(more).last());
        room.consents("orders-assistant", Consent.ALLOWED);
        assertEquals("finished", room.run(more).last());
    }

    private static String rule(Partners partners, Caller caller, String agent) {
        return partners.choices(caller).stream()
                .filter(choice -> choice.agent().name().equals(agent))
                .findFirst()
                .orElseThrow()
                .decision()
                .rule();
    }
}
