package dev.throughline.in.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Approval;
import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.Door;
import dev.throughline.access.Scope;
import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.FunctionsCalled;
import dev.throughline.conversation.RunFailure;
import dev.throughline.delegation.ClaimsChallenge;
import dev.throughline.delegation.Delegation;
import dev.throughline.in.fakes.Answer;
import dev.throughline.in.fakes.People;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConversationsResourceTest {
    private static final Map<String, @Nullable Object> LAMP =
            Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2);

    private final ChatHouse house = new ChatHouse(People.directly(People.ADA), People.FUNCTIONS, People.ASSISTANT);

    @Test
    void a_conversation_shows_its_turns_the_oldest_first() {
        String id = begun("first question", "First answer.");
        house.clock.advance(Duration.ofSeconds(10));
        answers("Second answer.");
        house.post("{\"message\":\"second question\",\"conversation_id\":\"" + id + "\"}");

        Answer answer = find(id);

        assertEquals(200, answer.status());
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        JsonNode whole = answer.json();
        assertEquals(
                List.of(
                        "id",
                        "title",
                        "agent",
                        "created_at",
                        "changed_at",
                        "waiting",
                        "turns",
                        "approvals",
                        "consents"),
                List.copyOf(whole.propertyNames()));
        assertEquals("first question", whole.get("title").stringValue());
        assertEquals("orders-functions", whole.get("agent").stringValue());
        assertEquals("2026-11-21T08:00:00Z", whole.get("created_at").stringValue());
        assertEquals("2026-11-21T08:00:10Z", whole.get("changed_at").stringValue());
        assertFalse(whole.get("waiting").booleanValue());
        assertEquals(2, whole.get("turns").size());
        JsonNode second = whole.at("/turns/1");
        assertEquals(List.of("run_id", "at", "message", "text", "tool_calls"), List.copyOf(second.propertyNames()));
        assertEquals("second question", second.get("message").stringValue());
        assertEquals("Second answer.", second.get("text").stringValue());
        assertEquals("2026-11-21T08:00:10Z", second.get("at").stringValue());
    }

    @Test
    void a_turn_that_waited_and_went_on_is_one_turn_whose_call_is_told_once() {
        String id = waiting();
        assertEquals(
                "[{\"name\":\"create-order\",\"status\":\"in_progress\"}]",
                find(id).json().at("/turns/0/tool_calls").toString());
        Approval question = house.orders.approvals().all().get(0);
        house.approvals.answer(People.directly(People.ADA), Door.REST, question.id(), true);
        answers("Done.");
        house.resume(id);

        JsonNode turns = find(id).json().get("turns");

        assertEquals(1, turns.size());
        assertEquals("an order for Zoe", turns.at("/0/message").stringValue());
        assertEquals("Done.", turns.at("/0/text").stringValue());
        assertEquals(
                "[{\"name\":\"create-order\",\"status\":\"completed\"}]",
                turns.at("/0/tool_calls").toString());
        assertFalse(turns.get(0).has("error"));
    }

    @Test
    void what_a_conversation_waits_for_now_is_shown_and_no_longer_once_it_is_answered() {
        String id = waiting();

        JsonNode whole = find(id).json();

        Approval question = house.orders.approvals().all().get(0);
        assertTrue(whole.get("waiting").booleanValue());
        assertEquals(question.id().toString(), whole.at("/approvals/0/id").stringValue());
        assertEquals(id, whole.at("/approvals/0/conversation_id").stringValue());
        assertEquals("pending", whole.at("/approvals/0/state").stringValue());
        house.approvals.answer(People.directly(People.ADA), Door.REST, question.id(), true);
        assertEquals(0, find(id).json().get("approvals").size());
    }

    @Test
    void a_question_that_nobody_answered_in_time_is_no_longer_shown() {
        String id = waiting();
        assertEquals(1, find(id).json().get("approvals").size());

        house.clock.advance(Approval.LIFE);

        assertEquals(0, find(id).json().get("approvals").size());
    }

    @Test
    void a_consent_that_it_waits_for_is_shown_as_the_chat_showed_it() {
        calls(new Call("call-1", "list-orders", Map.of()));
        Answer ours = house.say("list my orders");
        house.service.next(
                listener -> new ConsentRequested("r1", "consent-1", URI.create("https://consent.example/x")));
        Answer elsewhere = house.post("{\"message\":\"list\",\"agent\":\"orders-assistant\"}");

        assertEquals(ours.json().get("consents"), find(id(ours)).json().get("consents"));
        assertEquals(
                elsewhere.json().get("consents"), find(id(elsewhere)).json().get("consents"));
        house.consents.decide(People.ADA, house.consents.all().get(0).id(), Consent.ALLOWED);
        assertEquals(0, find(id(ours)).json().get("consents").size());
    }

    @Test
    void a_failure_is_told_with_its_turn() {
        house.service.next(listener -> new Failed(RunFailure.AGENT_FAILED));
        String id = id(house.say("list my orders"));

        assertEquals(
                JsonMapper.shared()
                        .readTree("{\"reason\":\"agent_failed\",\"detail\":\"" + RunFailure.AGENT_FAILED.sentence()
                                + "\"}"),
                find(id).json().at("/turns/0/error"));
    }

    @Test
    void a_trail_can_be_exported_without_what_was_said() {
        String id = begun("list my orders", "None for Zoe.");
        house.service.next(listener -> new Failed(RunFailure.AGENT_FAILED));
        house.post("{\"message\":\"again\",\"conversation_id\":\"" + id + "\"}");

        Answer answer = Answer.of(() -> house.resource.trail(id));

        assertEquals(200, answer.status());
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        JsonNode trail = answer.json();
        assertEquals(List.of("conversation_id", "agent", "runs"), List.copyOf(trail.propertyNames()));
        assertEquals(id, trail.get("conversation_id").stringValue());
        JsonNode run = trail.at("/runs/0");
        assertEquals(List.of("run_id", "at", "message_digest", "outcome", "hops"), List.copyOf(run.propertyNames()));
        assertEquals(
                "51e449bc9cabd654c79f2a6b4077ba5f879d505570359417cc9cdc0a4040d204",
                run.get("message_digest").stringValue());
        assertEquals("answered", run.get("outcome").stringValue());
        assertEquals("agent_failed", trail.at("/runs/1/outcome").stringValue());
        JsonNode hop = run.at("/hops/0");
        assertEquals(
                List.of(
                        "from",
                        "to",
                        "user",
                        "agent",
                        "client",
                        "audience",
                        "scopes",
                        "obtained",
                        "evidence",
                        "decision",
                        "rule",
                        "approval",
                        "consent"),
                List.copyOf(hop.propertyNames()));
        assertEquals("browser", hop.get("from").stringValue());
        assertTrue(hop.get("approval").isNull());
        assertFalse(answer.body().contains("list my orders") || answer.body().contains("Zoe"), answer.body());
        assertFalse(answer.body().contains(ScriptedAgents.TOKEN), answer.body());
    }

    @Test
    void a_run_that_only_went_on_has_no_message_and_no_digest_of_one() {
        String id = waiting();
        house.decline(id);

        JsonNode runs = Answer.of(() -> house.resource.trail(id)).json().get("runs");

        assertEquals("waiting", runs.at("/0/outcome").stringValue());
        assertEquals("declined", runs.at("/1/outcome").stringValue());
        assertTrue(runs.at("/1/message_digest").isNull());
    }

    @Test
    void the_list_goes_page_by_page_the_last_change_first_and_shows_ones_own_alone() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            house.clock.advance(Duration.ofSeconds(1));
            all.add(0, begun("question " + i, "Answer."));
        }
        house.current.become(People.directly(People.VIC));
        house.consents.put(People.VIC, "orders-functions", Set.of(), Consent.ALLOWED);
        begun("Vic's question", "Answer.");
        house.current.become(People.directly(People.ADA));

        List<String> seen = new ArrayList<>();
        Answer page = list("limit", "2");
        assertEquals(
                List.of("id", "title", "agent", "created_at", "changed_at", "waiting"),
                List.copyOf(page.json().at("/items/0").propertyNames()));
        seen.addAll(ids(page));
        while (!page.json().get("next_cursor").isNull()) {
            page = list("limit", "2", "cursor", page.json().get("next_cursor").stringValue());
            seen.addAll(ids(page));
        }

        assertEquals(all, seen);
        assertEquals(5, ids(list()).size());
        assertFalse(list().body().contains("Vic's"));
    }

    @Test
    void a_cursor_that_is_foreign_or_broken_is_refused() {
        begun("one", "Answer.");
        begun("two", "Answer.");
        String cursor = list("limit", "1").json().get("next_cursor").stringValue();
        assertEquals(200, list("cursor", cursor).status());

        for (String broken :
                List.of("", "x", cursor.substring(1), cursor + "A", cursor.replace(cursor.charAt(9), '='))) {
            Answer refused = list("cursor", broken);
            assertEquals(400, refused.status());
            assertEquals("cursor_invalid", refused.reason());
            assertEquals("cursor", refused.json().get("field").stringValue());
        }
        house.current.become(People.directly(People.VIC));
        assertEquals(400, list("cursor", cursor).status());
    }

    @ParameterizedTest
    @CsvSource({
        "value_invalid, limit, 0",
        "value_invalid, limit, 201",
        "value_invalid, limit, -1",
        "value_invalid, limit, 2.0",
        "value_invalid, limit, 9999999999",
        "value_invalid, limit, ''",
        "parameter_unknown, owner, 00000000-0000-0000-0000-0000000000b4",
        "parameter_unknown, Limit, 5"
    })
    void a_query_that_cannot_be_is_refused(String reason, String name, String value) {
        assertEquals(200, list("limit", "200").status());

        Answer refused = list(name, value);

        assertEquals(400, refused.status());
        assertEquals(reason, refused.reason());
    }

    @Test
    void a_parameter_that_comes_twice_is_refused() {
        assertEquals("parameter_unknown", list("limit", "5", "limit", "5").reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-4000-8000-000000000000", "ORD-001", "", "{capitals}", "{somebody else's}"})
    void what_is_not_there_not_ones_own_or_cannot_be_an_id_is_told_alike_to_the_byte(String id) {
        String mine = begun("mine", "Answer.");
        house.current.become(People.directly(People.VIC));
        house.consents.put(People.VIC, "orders-functions", Set.of(), Consent.ALLOWED);
        String foreign = begun("Vic's", "Answer.");
        house.current.become(People.directly(People.ADA));
        String asked = id.replace("{capitals}", mine.toUpperCase(Locale.ROOT)).replace("{somebody else's}", foreign);
        assertEquals(200, find(mine).status());

        Answer none = find(UUID.randomUUID().toString());

        assertEquals(404, none.status());
        assertEquals("conversation_not_found", none.reason());
        assertEquals(none, find(asked));
        assertEquals(none, Answer.of(() -> house.resource.trail(asked)));
        assertEquals(none, delete(asked));
        house.current.become(People.directly(People.VIC));
        assertEquals(200, find(foreign).status());
    }

    @Test
    void what_is_deleted_is_gone_here_and_at_the_service() {
        String id = begun("question", "Answer.");

        Answer deleted = delete(id);

        assertEquals(204, deleted.status());
        assertEquals("", deleted.body());
        assertEquals(List.of("r2"), house.service.forgotten());
        assertEquals(404, find(id).status());
        assertEquals(List.of(), house.conversations.allRuns());
        assertEquals(404, delete(id).status());
    }

    @Test
    void a_conversation_that_waits_is_forgotten_with_what_it_waits_for() {
        assertEquals(204, delete(waiting()).status());
        assertEquals(List.of("r1"), house.service.forgotten());
    }

    @ParameterizedTest
    @CsvSource({"AGENT_UNAVAILABLE, 5", "AGENT_FAILED,", "AGENT_MISCONFIGURED,"})
    void what_the_service_cannot_forget_is_kept_whole(RunFailure why, @Nullable String wait) {
        String id = begun("question", "Answer.");
        JsonNode before = find(id).json();
        house.service.keep(why);

        Answer kept = delete(id);

        assertEquals(503, kept.status());
        assertEquals(why.code(), kept.reason());
        assertEquals(Optional.ofNullable(wait), kept.header("Retry-After"));
        assertEquals(Optional.empty(), kept.header("WWW-Authenticate"));
        assertEquals(before, find(id).json());
    }

    @Test
    void a_deletion_waits_as_long_as_the_service_says() {
        String id = begun("question", "Answer.");
        house.service.exchange(new Delegation.Unavailable(Optional.of(Duration.ofMillis(6_500))));

        Answer kept = delete(id);

        assertEquals(503, kept.status());
        assertEquals(Optional.of("7"), kept.header("Retry-After"));
        assertEquals(200, find(id).status());
    }

    @Test
    void a_sign_in_that_is_not_good_enough_is_challenged_for_and_nothing_is_deleted() {
        String id = begun("question", "Answer.");
        ClaimsChallenge claims = new ClaimsChallenge("{\"access_token\":{}}");

        house.service.exchange(new Delegation.Refused(Delegation.Failure.ASSERTION_REJECTED));
        Answer again = delete(id);
        house.service.exchange(new Delegation.StepUpNeeded(Optional.of(claims)));
        Answer stronger = delete(id);
        house.service.exchange(new Delegation.StepUpNeeded(Optional.empty()));
        Answer unsaid = delete(id);

        assertEquals(401, again.status());
        assertEquals("sign_in_again", again.reason());
        assertEquals(Optional.of(house.challenges.invalidToken()), again.header("WWW-Authenticate"));
        assertEquals(401, stronger.status());
        assertEquals("step_up_needed", stronger.reason());
        assertEquals(
                Optional.of(house.challenges.insufficientClaims(claims.base64())), stronger.header("WWW-Authenticate"));
        assertEquals(503, unsaid.status());
        assertEquals(200, find(id).status());
    }

    @Test
    void neither_an_agent_nor_an_app_that_may_not_chat_sees_or_deletes_anything() {
        String id = begun("question", "Answer.");
        for (Caller caller : List.of(People.throughAssistant(People.ADA), People.inScript(People.ADA))) {
            house.current.become(caller);
            for (Answer refused : List.of(
                    list(),
                    find(id),
                    find("no id"),
                    Answer.of(() -> house.resource.trail(id)),
                    delete(id),
                    delete("no id"))) {
                assertEquals(403, refused.status());
                assertEquals("app_may_not_chat", refused.reason());
                assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
            }
        }
        house.current.become(People.directly(People.ADA, Set.of()));
        assertEquals(
                Optional.of(house.challenges.insufficientScope(Set.of(Scope.ORDERS_READ))),
                find(id).header("WWW-Authenticate"));
        house.current.become(People.directly(People.ADA));
        assertEquals(200, find(id).status());
        assertEquals(List.of(), house.service.forgotten());
    }

    private String begun(String message, String text) {
        answers(text);
        return id(house.say(message));
    }

    private String waiting() {
        house.consents.put(People.ADA, "orders-functions", Set.of(), Consent.ALLOWED);
        calls(new Call("call-1", "create-order", LAMP));
        return id(house.say("an order for Zoe"));
    }

    private void calls(Call call) {
        house.service.next(listener -> new FunctionsCalled("r1", List.of(call)));
    }

    private void answers(String text) {
        house.service.next(listener -> {
            listener.text("m1", text);
            return new Answered("r2");
        });
    }

    private Answer list(String... query) {
        return Answer.of(() -> house.resource.list(Answer.asking(query)));
    }

    private Answer find(String id) {
        return Answer.of(() -> house.resource.find(id));
    }

    private Answer delete(String id) {
        return Answer.of(() -> house.resource.delete(id));
    }

    private static String id(Answer answer) {
        return answer.json().get("conversation_id").stringValue();
    }

    private static List<String> ids(Answer page) {
        return page.json()
                .get("items")
                .valueStream()
                .map(item -> item.get("id").stringValue())
                .toList();
    }
}
