package dev.throughline.in.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.MyConsents;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.in.fakes.Answer;
import dev.throughline.in.fakes.Changing;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryAudit;
import dev.throughline.in.fakes.InMemoryConsents;
import dev.throughline.in.fakes.ListedAgents;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ConsentsResourceTest {
    private static final String ALLOW = "{\"decision\":\"allow\"}";
    private static final String DENY = "{\"decision\":\"deny\"}";

    private final InMemoryConsents consents = new InMemoryConsents();
    private final Changing current = new Changing(People.directly(People.ADA));
    private final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");
    private final ConsentsResource resource = new ConsentsResource(
            current,
            new MyConsents(Desk.POLICY, consents, new InMemoryAudit(), Clock.systemUTC()),
            new ListedAgents(People.ASSISTANT, People.FUNCTIONS),
            new Refusals(challenges, new Told().events(Clock.systemUTC()), current));

    @Test
    void a_person_sees_whom_they_let_act_for_them_the_last_change_first() {
        ConsentEntry assistant = put(People.ADA, "orders-assistant", Consent.ALLOWED);
        put(People.VIC, "orders-functions", Consent.ALLOWED);
        ConsentEntry unknown = put(People.ADA, "foundry-client", Consent.REVOKED);

        Answer answer = Answer.of(resource::list);

        assertEquals(200, answer.status());
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        assertEquals(
                JsonMapper.shared()
                        .readTree("{\"items\":[{\"id\":\"" + unknown.id() + "\",\"agent\":\"foundry-client\","
                                + "\"kind\":\"unknown\",\"scopes\":[\"Orders.Read\",\"Orders.Write\"],"
                                + "\"state\":\"revoked\",\"changed_at\":\"2026-11-01T08:00:03Z\"},"
                                + "{\"id\":\"" + assistant.id() + "\",\"agent\":\"orders-assistant\","
                                + "\"kind\":\"prompt\",\"scopes\":[\"Orders.Read\",\"Orders.Write\"],"
                                + "\"state\":\"allowed\",\"changed_at\":\"2026-11-01T08:00:01Z\"}],"
                                + "\"next_cursor\":null}"),
                answer.json());
    }

    @ParameterizedTest
    @EnumSource(names = {"ASKED", "ALLOWED", "DENIED", "REVOKED"})
    void a_person_can_change_their_mind_from_anything_to_anything(Consent before) {
        ConsentEntry entry = put(People.ADA, "orders-functions", before);

        Answer allowed = answer(entry.id().toString(), ALLOW);
        assertEquals(200, allowed.status());
        assertEquals("allowed", allowed.json().get("state").stringValue());
        assertEquals(entry.id().toString(), allowed.json().get("id").stringValue());

        assertEquals(
                "denied",
                answer(entry.id().toString(), DENY).json().get("state").stringValue());

        Answer revoked = revoke(entry.id().toString());
        assertEquals(204, revoked.status());
        assertEquals("", revoked.body());
        assertEquals(
                "revoked", Answer.of(resource::list).json().at("/items/0/state").stringValue(), "It stays listed");
        assertEquals(204, revoke(entry.id().toString()).status(), "Again");
        assertEquals(
                "allowed",
                answer(entry.id().toString(), ALLOW).json().get("state").stringValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-4000-8000-000000000000", "orders-assistant", "", "{somebody else's}"})
    void what_is_not_there_not_ones_own_or_cannot_be_an_id_is_told_alike_to_the_byte(String id) {
        ConsentEntry mine = put(People.ADA, "orders-assistant", Consent.ALLOWED);
        ConsentEntry foreign = put(People.VIC, "orders-assistant", Consent.ALLOWED);
        String asked = id.replace("{somebody else's}", foreign.id().toString());
        assertEquals(200, answer(mine.id().toString(), ALLOW).status());

        Answer none = revoke(UUID.randomUUID().toString());

        assertEquals(404, none.status());
        assertEquals("consent_not_found", none.reason());
        assertEquals(none, revoke(asked));
        assertEquals(none, answer(asked, ALLOW));
        assertEquals(Consent.ALLOWED, consents.state(People.TENANT, People.VIC.id(), "orders-assistant"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "value_missing    | {}",
                "value_invalid    | {\"decision\":\"approve\"}",
                "value_invalid    | {\"decision\":\"revoke\"}",
                "value_invalid    | {\"decision\":1}",
                "property_unknown | {\"decision\":\"allow\",\"scopes\":[]}",
                "body_invalid     | \"allow\""
            })
    void an_answer_that_cannot_be_read_decides_nothing(String reason, String body) {
        ConsentEntry entry = put(People.ADA, "orders-functions", Consent.ASKED);

        Answer answer = answer(entry.id().toString(), body);

        assertEquals(400, answer.status());
        assertEquals(reason, answer.reason());
        assertEquals(entry, consents.all().get(0));
        assertEquals(200, answer(entry.id().toString(), ALLOW).status());
    }

    @Test
    void an_agent_can_neither_see_nor_allow_itself() {
        ConsentEntry entry = put(People.ADA, "orders-assistant", Consent.REVOKED);
        for (Caller caller : new Caller[] {
            People.throughAssistant(People.ADA),
            People.through(People.ADA, People.ASSISTANT, Consent.REVOKED),
            People.inScript(People.ADA)
        }) {
            current.become(caller);
            for (Answer refused : new Answer[] {
                Answer.of(resource::list),
                answer(entry.id().toString(), ALLOW),
                answer("no id", ALLOW),
                revoke(entry.id().toString())
            }) {
                assertEquals(403, refused.status());
                assertEquals("app_may_not_chat", refused.reason());
                assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
            }
        }
        assertEquals(Consent.REVOKED, consents.all().get(0).state());
    }

    @Test
    void a_token_without_any_scope_of_ours_is_challenged_for_one() {
        ConsentEntry entry = put(People.ADA, "orders-assistant", Consent.REVOKED);
        current.become(People.directly(People.ADA, Set.of()));

        Answer refused = answer(entry.id().toString(), ALLOW);

        assertEquals(403, refused.status());
        assertEquals(
                Optional.of(challenges.insufficientScope(Set.of(Scope.ORDERS_READ))),
                refused.header("WWW-Authenticate"));
    }

    private ConsentEntry put(User user, String agent, Consent state) {
        return consents.put(user, agent, Set.of(Scope.ORDERS_WRITE, Scope.ORDERS_READ), state);
    }

    private Answer revoke(String id) {
        return Answer.of(() -> resource.revoke(id));
    }

    private Answer answer(String id, String body) {
        return Answer.of(() -> resource.answer(
                id,
                Answer.sending("application/json"),
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
    }
}
