package dev.throughline.in.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.throughline.access.Agent;
import dev.throughline.access.Agent.Kind;
import dev.throughline.access.Agent.Route;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Grant;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.conversation.Partners;
import dev.throughline.in.fakes.Answer;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryConsents;
import dev.throughline.in.fakes.ListedAgents;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.SignedIn;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgentsResourceTest {
    private static final Agent NIGHT =
            agent("night-agent", Kind.PROMPT, Route.OAUTH, new Grant(Set.of(), Set.of("list-orders"), Set.of()));
    private static final Agent LEGACY =
            agent("legacy-agent", Kind.SHARED_PROJECT, Route.OAUTH, Grant.forPeople(Set.of("list-orders")));
    private static final Agent DESKTOP =
            agent("desktop", Kind.MCP_CLIENT, Route.OAUTH, Grant.forPeople(Set.of("list-orders")));
    private static final Agent PASSING =
            agent("orders-passthrough", Kind.PROMPT, Route.PASSTHROUGH, Grant.forPeople(Set.of("list-orders")));
    private static final Clock CLOCK = Clock.systemUTC();

    private final InMemoryConsents consents = new InMemoryConsents();
    private final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");

    @Test
    void all_agents_are_told_with_why_not_and_what_to_do_where_one_cannot_be_used() {
        Answer answer = list(People.directly(People.VIC), false);

        assertEquals(200, answer.status());
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        assertEquals(
                List.of(
                        "orders-assistant prompt oauth usable",
                        "orders-functions hosted function usable",
                        "night-agent prompt oauth acts_as_itself",
                        "legacy-agent shared-project oauth agent_identity_shared",
                        "desktop mcp-client oauth not_a_chat_agent",
                        "orders-passthrough prompt passthrough passthrough_off"),
                lines(answer));
        assertEquals(
                JsonMapper.shared()
                        .readTree("{\"name\":\"night-agent\",\"kind\":\"prompt\",\"route\":\"oauth\",\"usable\":false,"
                                + "\"acts_as_itself\":true,\"reason\":\"acts_as_itself\",\"detail\":\""
                                + DenyReason.ACTS_AS_ITSELF.sentence() + "\"}"),
                answer.json().at("/items/2"));
        assertFalse(answer.json().at("/items/0").has("acts_as_itself"));
        assertFalse(answer.json().at("/items/0").has("reason"));
        assertFalse(answer.json().at("/items/0").has("detail"));
        assertEquals("null", answer.json().get("next_cursor").toString());
    }

    @Test
    void whoever_sees_all_that_an_agent_as_itself_sees_may_use_it() {
        assertEquals(
                "night-agent prompt oauth usable",
                lines(list(People.directly(People.ADA), false)).get(2));
    }

    @Test
    void a_consent_that_was_taken_back_is_told_and_one_that_was_declined_may_be_asked_for_again() {
        consents.put(People.VIC, "orders-assistant", Set.of(), Consent.REVOKED);
        consents.put(People.VIC, "orders-functions", Set.of(), Consent.DENIED);
        consents.put(People.ADA, "orders-functions", Set.of(), Consent.REVOKED);

        List<String> vics = lines(list(People.directly(People.VIC), false));

        assertEquals("orders-assistant prompt oauth consent_revoked", vics.get(0));
        assertEquals("orders-functions hosted function usable", vics.get(1));
        assertEquals(
                "orders-functions hosted function consent_revoked",
                lines(list(People.directly(People.ADA), false)).get(1));
    }

    @Test
    void an_agent_that_nobody_can_tell_is_usable_where_that_is_switched_on_and_its_client_was_not_stopped() {
        assertEquals(
                "orders-passthrough prompt passthrough usable",
                lines(list(People.directly(People.VIC), true)).get(5));

        consents.put(People.VIC, "foundry", Set.of(), Consent.REVOKED);

        assertEquals(
                "orders-passthrough prompt passthrough consent_revoked",
                lines(list(People.directly(People.VIC), true)).get(5));
    }

    @Test
    void whoever_may_not_chat_is_told_no_agents() {
        for (Caller caller : List.of(People.throughAssistant(People.VIC), People.inScript(People.VIC))) {
            Answer refused = list(caller, false);
            assertEquals(403, refused.status());
            assertEquals("app_may_not_chat", refused.reason());
            assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
        }
        Answer challenged = list(People.directly(People.VIC, Set.of()), false);
        assertEquals(403, challenged.status());
        assertEquals(
                Optional.of(challenges.insufficientScope(Set.of(Scope.ORDERS_READ))),
                challenged.header("WWW-Authenticate"));
    }

    @Test
    void a_person_without_a_role_is_told_what_they_may_not_use() {
        User nobody = new User(People.TENANT, People.VIC.id(), Set.of());

        assertEquals(403, list(People.directly(nobody), false).status());
    }

    private Answer list(Caller caller, boolean passthrough) {
        SignedIn current = new SignedIn(caller);
        Partners partners = new Partners(
                Desk.POLICY,
                new ListedAgents(People.ASSISTANT, People.FUNCTIONS, NIGHT, LEGACY, DESKTOP, PASSING),
                consents,
                passthrough,
                CLOCK);
        Refusals refusals = new Refusals(challenges, new Told().events(CLOCK), current);
        return Answer.of(() -> new AgentsResource(current, partners, refusals).list());
    }

    private static List<String> lines(Answer answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode item : answer.json().get("items")) {
            lines.add(item.get("name").stringValue() + " " + item.get("kind").stringValue() + " "
                    + item.get("route").stringValue() + " "
                    + (item.get("usable").booleanValue()
                            ? "usable"
                            : item.get("reason").stringValue()));
        }
        return lines;
    }

    private static Agent agent(String name, Kind kind, Route route, Grant grant) {
        return new Agent(
                name, kind, route, Optional.of(new ClientId(name + "-client")), grant, Set.of(Scope.ORDERS_READ));
    }
}
