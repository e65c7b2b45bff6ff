package dev.throughline.in.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Approvals;
import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.MyApprovals;
import dev.throughline.access.Proposal;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.in.fakes.Answer;
import dev.throughline.in.fakes.Changing;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.HandSetClock;
import dev.throughline.in.fakes.InMemoryApprovals;
import dev.throughline.in.fakes.InMemoryAudit;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ApprovalsResourceTest {
    private static final String APPROVE = "{\"decision\":\"approve\"}";
    private static final String DENY = "{\"decision\":\"deny\"}";

    private final HandSetClock clock = new HandSetClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final InMemoryApprovals approvals = new InMemoryApprovals();
    private final Changing current = new Changing(People.directly(People.ADA));
    private final Told told = new Told();
    private final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");
    private final ApprovalsResource resource = new ApprovalsResource(
            current,
            new MyApprovals(Desk.POLICY, approvals, new InMemoryAudit(), clock),
            new Refusals(challenges, told.events(clock), current),
            clock);

    @Test
    void an_approval_shows_what_it_is_about() {
        Approval asked = ask(People.ADA, 7);

        Answer answer = find(asked.id().toString());

        assertEquals(200, answer.status());
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        assertEquals(
                JsonMapper.shared()
                        .readTree(
                                "{\"id\":\"" + asked.id() + "\",\"agent\":\"orders-editor\",\"tool\":\"update-order\","
                                        + "\"arguments\":{\"id\":\"ORD-001\",\"quantity\":7},"
                                        + "\"before\":{\"id\":\"ORD-001\",\"customer_name\":\"Zoe\"},\"after\":null,"
                                        + "\"expires_at\":\"2026-11-21T08:05:00Z\",\"state\":\"pending\","
                                        + "\"conversation_id\":null}"),
                answer.json());
    }

    @Test
    void a_person_sees_their_own_the_newest_first() {
        Approval first = ask(People.ADA, 1);
        ask(People.VIC, 2);
        Approval last = ask(People.ADA, 3);

        Answer answer = Answer.of(resource::list);

        assertEquals(200, answer.status());
        assertEquals(2, answer.json().get("items").size());
        assertEquals(last.id().toString(), answer.json().at("/items/0/id").stringValue());
        assertEquals(first.id().toString(), answer.json().at("/items/1/id").stringValue());
        assertEquals("null", answer.json().get("next_cursor").toString());
    }

    @Test
    void what_was_decided_is_seen_for_a_day_and_no_more_than_a_hundred_at_once() {
        for (int i = 1; i <= Approvals.MOST_SHOWN + 1; i++) {
            approvals.put(ask(People.ADA, i).in(Approval.State.USED));
        }
        assertEquals(
                Approvals.MOST_SHOWN,
                Answer.of(resource::list).json().get("items").size());

        clock.advance(Duration.ofDays(1).plusMillis(1));

        assertEquals(0, Answer.of(resource::list).json().get("items").size());
    }

    @ParameterizedTest
    @CsvSource({"PENDING, pending, expired", "APPROVED, approved, expired", "DENIED, denied, denied", "USED, used, used"
    })
    void a_state_is_told_and_so_is_that_it_came_to_nothing_in_time(Approval.State state, String before, String after) {
        Approval asked = ask(People.ADA, 7).in(state);
        approvals.put(asked);
        clock.advance(Approval.LIFE.minusMillis(1));
        assertEquals(before, find(asked.id().toString()).json().get("state").stringValue());

        clock.advance(Duration.ofMillis(1));

        assertEquals(after, find(asked.id().toString()).json().get("state").stringValue());
    }

    @ParameterizedTest
    @CsvSource({"approve, approved", "deny, denied"})
    void the_first_answer_counts_and_every_further_one_is_a_conflict(String decision, String state) {
        Approval asked = ask(People.ADA, 7);

        Answer answer = answer(asked.id().toString(), APPROVE.replace("approve", decision));

        assertEquals(200, answer.status());
        assertEquals(state, answer.json().get("state").stringValue());
        for (String further : new String[] {APPROVE, DENY}) {
            Answer conflict = answer(asked.id().toString(), further);
            assertEquals(409, conflict.status());
            assertEquals("approval_decided", conflict.reason());
        }
        assertEquals(state, find(asked.id().toString()).json().get("state").stringValue());
    }

    @Test
    void an_answer_that_comes_too_late_is_a_conflict_of_its_own() {
        Approval asked = ask(People.ADA, 7);
        Approval inTime = ask(People.ADA, 8);
        clock.advance(Approval.LIFE.minusMillis(1));
        assertEquals(200, answer(inTime.id().toString(), APPROVE).status());
        clock.advance(Duration.ofMillis(1));

        Answer late = answer(asked.id().toString(), APPROVE);

        assertEquals(409, late.status());
        assertEquals("approval_expired", late.reason());
        assertEquals(Approval.State.PENDING, approvals.all().get(0).state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-4000-8000-000000000000",
                "ORD-001",
                "",
                "%",
                "00000000-0000-4000-8000-00000000000G",
                "{id in capitals}",
                "{somebody else's}"
            })
    void what_is_not_there_not_ones_own_or_cannot_be_an_id_is_told_alike_to_the_byte(String id) {
        Approval mine = ask(People.ADA, 7);
        Approval foreign = ask(People.VIC, 7);
        String asked = id.replace("{id in capitals}", mine.id().toString().toUpperCase(Locale.ROOT))
                .replace("{somebody else's}", foreign.id().toString());
        assertEquals(200, find(mine.id().toString()).status());

        Answer none = find(UUID.randomUUID().toString());

        assertEquals(404, none.status());
        assertEquals("approval_not_found", none.reason());
        assertEquals(none, find(asked));
        assertEquals(none, answer(asked, APPROVE));
        assertEquals(Approval.State.PENDING, approvals.all().get(1).state());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | value_missing            | {}",
                "400 | value_invalid            | {\"decision\":\"Approve\"}",
                "400 | value_invalid            | {\"decision\":\"allow\"}",
                "400 | value_invalid            | {\"decision\":true}",
                "400 | value_invalid            | {\"decision\":null}",
                "400 | property_unknown         | {\"decision\":\"approve\",\"user\":\"ada\"}",
                "400 | body_invalid             | {\"decision\":\"deny\",\"decision\":\"approve\"}",
                "400 | body_invalid             | [\"approve\"]",
                "400 | body_invalid             | approve"
            })
    void an_answer_that_cannot_be_read_decides_nothing(int status, String reason, String body) {
        Approval asked = ask(People.ADA, 7);

        Answer answer = answer(asked.id().toString(), body);

        assertEquals(status, answer.status());
        assertEquals(reason, answer.reason());
        assertEquals(Approval.State.PENDING, approvals.all().get(0).state());
        assertEquals(200, answer(asked.id().toString(), APPROVE).status());
    }

    @Test
    void only_json_is_taken() {
        Approval asked = ask(People.ADA, 7);

        assertEquals(
                415,
                Answer.of(() -> resource.answer(asked.id().toString(), Answer.sending("text/plain"), body(APPROVE)))
                        .status());
        assertEquals(Approval.State.PENDING, approvals.all().get(0).state());
    }

    @Test
    void neither_an_agent_nor_an_app_that_may_not_approve_sees_or_answers_anything() {
        Approval asked = ask(People.ADA, 7);
        for (Caller caller : new Caller[] {
            People.throughAssistant(People.ADA),
            People.through(People.ADA, People.EDITOR, Consent.ALLOWED),
            People.inScript(People.ADA)
        }) {
            current.become(caller);
            for (Answer refused : new Answer[] {
                Answer.of(resource::list),
                find(asked.id().toString()),
                find("no id"),
                answer(asked.id().toString(), APPROVE),
                answer("no id", APPROVE)
            }) {
                assertEquals(403, refused.status());
                assertEquals("app_may_not_chat", refused.reason());
                assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
            }
        }
        assertEquals(Approval.State.PENDING, approvals.all().get(0).state());
        assertEquals(5, told.counts().get("authz app_may_not_chat approve user"));
        assertEquals(10, told.counts().get("authz app_may_not_chat approve agent"));
        current.become(People.directly(People.ADA));
        assertEquals(200, answer(asked.id().toString(), APPROVE).status());
    }

    @Test
    void neither_an_unknown_agent_nor_one_as_itself_comes_this_far() {
        Approval asked = ask(People.ADA, 7);

        current.become(People.throughUnknownAgent(People.ADA));
        assertEquals("mcp_only", answer(asked.id().toString(), APPROVE).reason());
        current.become(People.nightAgent());
        assertEquals("user_required", answer(asked.id().toString(), APPROVE).reason());
    }

    @Test
    void a_token_without_any_scope_of_ours_is_challenged_for_one() {
        Approval asked = ask(People.ADA, 7);
        current.become(People.directly(People.ADA, Set.of()));

        Answer refused = answer(asked.id().toString(), APPROVE);

        assertEquals(403, refused.status());
        assertEquals("insufficient_scope", refused.reason());
        assertEquals(
                Optional.of(challenges.insufficientScope(Set.of(Scope.ORDERS_READ))),
                refused.header("WWW-Authenticate"));
        for (Scope scope : Scope.values()) {
            current.become(People.directly(People.ADA, Set.of(scope)));
            assertEquals(200, find(asked.id().toString()).status(), scope.claim());
        }
    }

    @Test
    void nobody_else_with_the_same_id_in_another_tenant_sees_it() {
        Approval asked = ask(People.ADA, 7);
        User namesake = new User(People.OTHER_TENANT, People.ADA.id(), People.ADA.roles());

        current.become(People.directly(namesake));

        assertEquals(404, find(asked.id().toString()).status());
        assertFalse(Answer.of(resource::list).body().contains(asked.id().toString()));
    }

    private Approval ask(User user, int quantity) {
        Proposal proposal = Proposal.of(
                People.through(user, People.EDITOR, Consent.ALLOWED),
                Action.UPDATE_ORDER,
                "digest-" + quantity,
                OptionalLong.of(1));
        Approval asked = new Approval(
                new ApprovalId(UUID.randomUUID()),
                proposal,
                Map.of("id", "ORD-001", "quantity", quantity),
                Optional.of(Map.of("id", "ORD-001", "customer_name", "Zoe")),
                Optional.empty(),
                Approval.State.PENDING,
                clock.instant().plus(Approval.LIFE));
        approvals.put(asked);
        return asked;
    }

    private Answer find(String id) {
        return Answer.of(() -> resource.find(id));
    }

    private Answer answer(String id, String body) {
        return Answer.of(() -> resource.answer(id, Answer.sending("application/json"), body(body)));
    }

    private static ByteArrayInputStream body(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }
}
