package dev.throughline.e2e;

import static dev.throughline.e2e.Problems.assertProblem;
import static dev.throughline.e2e.WebChat.ASSISTANT;
import static dev.throughline.e2e.WebChat.FUNCTIONS;
import static dev.throughline.e2e.WebChat.NIGHT;
import static dev.throughline.e2e.WebChat.declining;
import static dev.throughline.e2e.WebChat.more;
import static dev.throughline.e2e.WebChat.resuming;
import static dev.throughline.e2e.WebChat.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.responses.ReceivedRequest;
import dev.throughline.local.run.LocalStack;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The agents, each on its route from the person's message to the row and back, heard at once and while it happens; and
 * whose identity each hop carried, as it is told then and as it is kept.
 */
class RoutesIT {
    private static final Pattern ORDER_ID = Pattern.compile("ORD-\\d{3,}");
    private static final String VICS = "ORD-001 ORD-003 ORD-005";
    private static final String SAMPLES = "ORD-001 ORD-002 ORD-003 ORD-004 ORD-005 ORD-006 ORD-007 ORD-008";
    private static final String NIGHT_CLIENT = "c0ffee00-0000-4000-8000-0000000000a5";
    private static final String SHARED_CLIENT = "c0ffee00-0000-4000-8000-0000000000a6";

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final WebChat chat = WebChat.of(api);
    private final Desk desk = new Desk(stack);

    @BeforeEach
    void nobody_has_consented() {
        desk.clear();
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
    }

    @Test
    void nothing_is_asked_before_somebody_speaks() {
        Instant begin = Instant.now();

        assertEquals(6, chat.found(Person.VIC, WebChat.AGENTS).all("/items").size());
        chat.found(Person.VIC, WebChat.CONVERSATIONS);
        assertEquals(
                "[]", chat.found(Person.VIC, WebChat.APPROVALS).at("/items").toString());
        assertEquals("[]", chat.found(Person.VIC, WebChat.CONSENTS).at("/items").toString());

        assertEquals(
                0,
                stack.foundry().requests().stream()
                        .filter(request -> !request.at().isBefore(begin))
                        .count());
    }

    @Test
    void each_person_is_told_whom_they_may_talk_to() {
        assertEquals(
                "orders-assistant prompt oauth, "
                        + "desktop-mcp-client mcp-client oauth not_a_chat_agent, "
                        + "night-agent prompt oauth acts_as_itself, "
                        + "legacy-agent shared-project oauth agent_identity_shared, "
                        + "orders-functions hosted function, "
                        + "orders-passthrough prompt passthrough passthrough_off",
                agents(Person.VIC));
        assertEquals(agents(Person.VIC).replace(" acts_as_itself", ""), agents(Person.ANA));
    }

    private String agents(Person person) {
        return chat.found(person, WebChat.AGENTS).all("/items").stream()
                .map(agent -> {
                    assertEquals(agent.text("reason").isEmpty(), agent.flag("usable"), agent.toString());
                    assertEquals(
                            agent.text("reason").isEmpty(), agent.text("detail").isEmpty(), agent.toString());
                    return (agent.text("name") + " " + agent.text("kind") + " " + agent.text("route") + " "
                                    + agent.text("reason"))
                            .strip();
                })
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @EnumSource
    void oauth_the_first_use_asks_by_a_link_and_goes_on_once_the_person_has_consented_there(Hearing hearing) {
        Turn asked = hearing.turn(chat, Person.VIC, saying(ASSISTANT, "list my orders"));
        String conversation = asked.conversation();
        assertEquals("orders-assistant", asked.consent().text("agent"));
        assertEquals(
                "[\"Orders.Read\",\"Orders.Write\"]",
                asked.consent().at("/scopes").toString());
        assertEquals(List.of("chat", "foundry", "orders-assistant orders-assistant"), places(asked));

        Turn polled = hearing.turn(chat, Person.VIC, resuming(conversation));
        Turn polledAgain = hearing.turn(chat, Person.VIC, resuming(conversation));
        assertEquals("", orders(polledAgain));
        assertTrue(chat.found(Person.VIC, WebChat.CONVERSATIONS + "/" + conversation)
                .flag("waiting"));
        assertEquals(
                polledAgain.consent().toString(),
                chat.found(Person.VIC, WebChat.CONVERSATIONS + "/" + conversation)
                        .at("/consents/0")
                        .toString());

        consent(Person.VIC, polledAgain, "decline");
        Turn declined = hearing.turn(chat, Person.VIC, resuming(conversation));
        assertEquals("", orders(declined));
        consent(Person.VIC, declined, "accept");
        Turn resumed = hearing.turn(chat, Person.VIC, resuming(conversation));

        assertEquals(VICS, orders(resumed));
        assertEquals(List.of("list-orders completed"), resumed.tools());
        Json tools = resumed.hopTo("mcp");
        assertEquals(
                List.of("verified", Person.VIC.id, "orders-assistant", Ids.ASSISTANT, Ids.API, "permit", "own_rows"),
                values(tools, "evidence", "user", "agent", "client", "audience", "decision", "rule"));
        Json entry = chat.consentOf(Person.VIC, ASSISTANT);
        assertEquals(
                List.of("allowed", entry.text("id"), ""),
                List.of(entry.text("state"), tools.text("consent"), tools.text("approval")));
        assertKept(Person.VIC, asked, polled, polledAgain, declined, resumed);
        assertProblem(409, "nothing_waits", chat.chat(Person.VIC, resuming(conversation)));
    }

    @ParameterizedTest
    @EnumSource
    void oauth_who_ends_the_turn_instead_is_not_asked_again_and_nothing_of_it_is_noted(Hearing hearing) {
        Turn asked = hearing.turn(chat, Person.VIC, saying(ASSISTANT, "list my orders"));

        Turn declined = hearing.turn(chat, Person.VIC, declining(asked.conversation()));

        assertTrue(declined.text().contains("nothing was shared"), declined.text());
        assertEquals(List.of(), declined.hops());
        assertEquals("[]", chat.found(Person.VIC, WebChat.CONSENTS).at("/items").toString());
        assertProblem(409, "nothing_waits", chat.chat(Person.VIC, resuming(asked.conversation())));
        assertKept(Person.VIC, asked, declined);
    }

    @ParameterizedTest
    @CsvSource({
        "AT_ONCE, orders-assistant",
        "LIVE, orders-assistant",
        "AT_ONCE, orders-functions",
        "LIVE, orders-functions"
    })
    void what_an_agent_wants_to_change_is_shown_first_and_done_once_it_is_approved(Hearing hearing, String agent) {
        desk.letAct(Person.PAT, agent);
        String order = desk.order(Person.PAT);

        Turn asked = hearing.turn(chat, Person.PAT, saying(agent, "change the quantity of " + order + " to 4"));

        Json approval = asked.approval();
        assertEquals(List.of(agent, "update-order", "pending"), values(approval, "agent", "tool", "state"));
        assertEquals(
                "{\"id\":\"" + order + "\",\"quantity\":4}",
                approval.at("/arguments").toString());
        assertEquals(shown(order, 2), approval.at("/before").toString());
        assertEquals(shown(order, 4), approval.at("/after").toString());
        assertEquals(asked.conversation(), approval.text("conversation_id"));
        String id = approval.text("id");
        assertEquals(
                approval.toString(),
                chat.found(Person.PAT, WebChat.CONVERSATIONS + "/" + asked.conversation())
                        .at("/approvals/0")
                        .toString());
        assertEquals(
                approval.toString().replace("\"" + asked.conversation() + "\"", "null"),
                chat.found(Person.PAT, WebChat.APPROVALS + "/" + id).toString());
        Turn early = hearing.turn(chat, Person.PAT, resuming(asked.conversation()));
        assertEquals(approval.toString(), early.approval().toString(), "Until then, the same question");
        assertEquals("2 v1", desk.row(order));

        assertEquals(
                200, chat.decide(Person.PAT, WebChat.APPROVALS, id, "approve").statusCode());
        assertEquals("2 v1", desk.row(order), "A yes alone changes nothing");
        Turn done = hearing.turn(chat, Person.PAT, resuming(asked.conversation()));

        assertEquals("4 v2", desk.row(order));
        assertTrue(done.text().contains("Done: I changed " + order), done.text());
        assertEquals(List.of("update-order completed"), done.tools());
        assertEquals(List.of(), done.approvals());
        Json hop = done.hopTo(agent.equals(FUNCTIONS) ? "functions" : "mcp");
        assertEquals(
                List.of(
                        "verified",
                        Person.PAT.id,
                        agent,
                        agent.equals(FUNCTIONS) ? Ids.WEB_CHAT : Ids.ASSISTANT,
                        "permit",
                        "tenant_rows",
                        id,
                        chat.consentOf(Person.PAT, agent).text("id")),
                values(hop, "evidence", "user", "agent", "client", "decision", "rule", "approval", "consent"));
        assertEquals(
                "used", chat.found(Person.PAT, WebChat.APPROVALS + "/" + id).text("state"));
        assertKept(Person.PAT, asked, early, done);
        assertProblem(409, "nothing_waits", chat.chat(Person.PAT, resuming(asked.conversation())));
        assertEquals("4 v2", desk.row(order));
    }

    @ParameterizedTest
    @CsvSource({
        "AT_ONCE, orders-assistant, deny",
        "LIVE, orders-assistant, deny",
        "AT_ONCE, orders-functions, deny",
        "LIVE, orders-functions, deny",
        "AT_ONCE, orders-assistant, expire",
        "LIVE, orders-assistant, expire",
        "AT_ONCE, orders-functions, expire",
        "LIVE, orders-functions, expire",
        "AT_ONCE, orders-assistant, decline",
        "LIVE, orders-functions, decline"
    })
    void what_was_not_approved_is_not_done_and_the_conversation_goes_on(Hearing hearing, String agent, String how) {
        desk.letAct(Person.ADA, agent);
        String order = desk.order(Person.ADA);
        Turn asked = hearing.turn(chat, Person.ADA, saying(agent, "delete " + order));
        String id = asked.approval().text("id");
        assertEquals("null", asked.approval().at("/after").toString());

        Turn ended = switch (how) {
            case "deny" -> {
                assertEquals(
                        200,
                        chat.decide(Person.ADA, WebChat.APPROVALS, id, "deny").statusCode());
                yield hearing.turn(chat, Person.ADA, resuming(asked.conversation()));
            }
            case "expire" -> {
                desk.letExpire(id);
                assertProblem(409, "approval_expired", chat.decide(Person.ADA, WebChat.APPROVALS, id, "approve"));
                yield hearing.turn(chat, Person.ADA, resuming(asked.conversation()));
            }
            default -> hearing.turn(chat, Person.ADA, declining(asked.conversation()));
        };

        assertEquals("2 v1", desk.row(order));
        assertEquals("", ended.error());
        assertFalse(ended.text().contains("Done"), ended.text());
        assertFalse(ended.text().isBlank());
        assertEquals(List.of(), ended.approvals());
        assertEquals(how.equals("expire") ? "pending" : "denied", desk.state(id));
        assertTrue(
                ended.trail().stream()
                        .noneMatch(hop -> hop.text("decision").equals("permit")
                                && !hop.text("to").equals("chat")),
                ended.toString());
        Turn next = hearing.turn(chat, Person.ADA, more(asked.conversation(), "show " + order));
        assertTrue(next.text().contains("Zoe Quill"), next.text());
        assertKept(Person.ADA, asked, ended, next);
    }

    @ParameterizedTest
    @EnumSource
    void function_we_ask_ourselves_and_a_no_ends_this_turn_alone(Hearing hearing) {
        Turn asked = hearing.turn(chat, Person.VIC, saying(FUNCTIONS, "list my orders"));
        String conversation = asked.conversation();
        String consent = asked.consent().text("id");
        assertEquals("", asked.consent().text("consent_link"));
        assertEquals("asked", chat.consentOf(Person.VIC, FUNCTIONS).text("state"));
        Turn polled = hearing.turn(chat, Person.VIC, resuming(conversation));
        assertEquals(asked.consent().toString(), polled.consent().toString());

        assertEquals(
                200, chat.decide(Person.VIC, WebChat.CONSENTS, consent, "deny").statusCode());
        Turn denied = hearing.turn(chat, Person.VIC, resuming(conversation));
        assertEquals("", orders(denied));
        assertEquals(List.of(), denied.consents());
        assertEquals(List.of("list-orders failed"), denied.tools());
        assertTrue(denied.text().contains("does not allow"), denied.text());

        Turn again = hearing.turn(chat, Person.VIC, more(conversation, "list my orders"));
        assertEquals(consent, again.consent().text("id"), "One entry of the ledger for each agent");
        assertEquals(
                200, chat.decide(Person.VIC, WebChat.CONSENTS, consent, "allow").statusCode());
        Turn allowed = hearing.turn(chat, Person.VIC, resuming(conversation));

        assertEquals(VICS, orders(allowed));
        assertEquals(List.of("list-orders completed"), allowed.tools());
        Json hop = allowed.hopTo("functions");
        assertEquals(
                List.of("verified", Person.VIC.id, FUNCTIONS, Ids.WEB_CHAT, Ids.API, "permit", "own_rows", consent, ""),
                values(
                        hop,
                        "evidence",
                        "user",
                        "agent",
                        "client",
                        "audience",
                        "decision",
                        "rule",
                        "consent",
                        "approval"));
        assertKept(Person.VIC, asked, polled, denied, again, allowed);
    }

    @ParameterizedTest
    @EnumSource
    void function_the_agent_gets_results_and_neither_a_token_nor_who_asks(Hearing hearing) {
        desk.letAct(Person.ANA, FUNCTIONS);
        Instant begin = Instant.now();

        // An order that is not hers: whose it is, is the order's own affair.
        Turn turn = hearing.turn(chat, Person.ANA, saying(FUNCTIONS, "show ORD-003"));

        assertTrue(turn.text().contains("Monitor Stand"), turn.text());
        assertEquals(List.of(), stack.foundry().hostedViolations());
        List<ReceivedRequest> received = stack.foundry().hostedRequests().stream()
                .filter(request -> !request.at().isBefore(begin))
                .toList();
        assertEquals(2, received.size(), "The message, and the function's result");
        received.forEach(request -> {
            assertFalse(
                    request.headers().containsKey("authorization"),
                    request.headers().toString());
            assertFalse(
                    request.headers().containsKey("cookie"), request.headers().toString());
            for (String secret : List.of("eyJ", "Bearer", Person.ANA.id, Person.ANA.login)) {
                assertFalse(request.body().contains(secret), secret);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void an_agent_as_itself_shows_those_who_may_see_it_all_what_its_grant_shows_and_changes_nothing(Hearing hearing) {
        Turn listed = hearing.turn(chat, Person.ANA, saying(NIGHT, "list all orders"));

        assertEquals(SAMPLES, orders(listed));
        Json hop = listed.hopTo("mcp");
        assertEquals(
                List.of("verified", "null", NIGHT, NIGHT_CLIENT, Ids.API, "permit", "null"),
                List.of(
                        hop.text("evidence"),
                        hop.at("/user").toString(),
                        hop.text("agent"),
                        hop.text("client"),
                        hop.text("audience"),
                        hop.text("decision"),
                        hop.at("/consent").toString()));
        Turn change = hearing.turn(chat, Person.ANA, more(listed.conversation(), "delete ORD-008"));
        assertTrue(change.text().contains("gives me no tool for that"), change.text());
        assertEquals(List.of(), change.tools());
        assertEquals(List.of(), change.approvals());
        assertKept(Person.ANA, listed, change);
    }

    @ParameterizedTest
    @CsvSource({
        "AT_ONCE, night-agent, acts_as_itself",
        "LIVE, night-agent, acts_as_itself",
        "AT_ONCE, legacy-agent, agent_identity_shared",
        "LIVE, legacy-agent, agent_identity_shared",
        "AT_ONCE, desktop-mcp-client, not_a_chat_agent",
        "LIVE, desktop-mcp-client, not_a_chat_agent",
        "AT_ONCE, orders-passthrough, passthrough_off",
        "LIVE, orders-passthrough, passthrough_off"
    })
    void whom_one_may_not_talk_to_is_not_called_at_all(Hearing hearing, String agent, String reason) {
        assertEquals("", hearing.turn(chat, Person.ANA, saying(NIGHT, "help")).error(), "The control");
        int kept = chat.found(Person.VIC, WebChat.CONVERSATIONS).all("/items").size();
        Instant begin = Instant.now();

        Turn refused = hearing.turn(chat, Person.VIC, saying(agent, "list all orders"));

        assertEquals(reason, refused.error());
        assertEquals(List.of("", "", ""), List.of(refused.conversation(), refused.text(), orders(refused)));
        assertTrue(
                refused.trail().stream().allMatch(hop -> hop.text("to").equals("chat")),
                "Nothing has gone further: " + refused);
        assertEquals(
                0,
                stack.foundry().requests().stream()
                        .filter(request -> !request.at().isBefore(begin))
                        .count());
        assertEquals(
                0,
                stack.entra().requests().stream()
                        .filter(request -> !request.at().isBefore(begin))
                        .count());
        assertEquals(
                kept,
                chat.found(Person.VIC, WebChat.CONVERSATIONS).all("/items").size());
    }

    @Test
    void a_shared_identity_gets_in_nowhere_even_if_it_comes_by_itself() {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        String own = stack.entra().tokens().application(NIGHT_CLIENT).sign();
        String shared = stack.entra().tokens().application(SHARED_CLIENT).sign();
        assertEquals(
                200,
                Http.send(Api.withBody(chat.bearing(own, Api.MCP), "POST", ping))
                        .statusCode());

        for (String path : List.of(Api.MCP, Api.CHAT, Api.ORDERS)) {
            HttpResponse<String> refused = Http.send(Api.withBody(chat.bearing(shared, path), "POST", ping));
            assertProblem(403, "agent_identity_shared", refused);
            assertEquals(Optional.empty(), refused.headers().firstValue("WWW-Authenticate"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_agent_that_comes_with_the_shared_identity_all_of_a_sudden_reads_nothing(Hearing hearing) {
        desk.letAct(Person.VIC, ASSISTANT);
        assertEquals(VICS, orders(hearing.turn(chat, Person.VIC, saying(ASSISTANT, "list my orders"))));

        stack.foundry().useSharedIdentity(ASSISTANT, true);
        try {
            Turn refused = hearing.turn(chat, Person.VIC, saying(ASSISTANT, "list my orders"));
            assertEquals("agent_failed", refused.error());
            assertEquals("", orders(refused));
        } finally {
            stack.foundry().useSharedIdentity(ASSISTANT, false);
        }
        assertEquals(VICS, orders(hearing.turn(chat, Person.VIC, saying(ASSISTANT, "list my orders"))));
    }

    @ParameterizedTest
    @EnumSource
    void a_trail_can_be_exported_without_what_was_said_and_belongs_to_its_person(Hearing hearing) {
        desk.letAct(Person.VIC, FUNCTIONS);
        Turn turn = hearing.turn(chat, Person.VIC, saying(FUNCTIONS, "show ORD-003"));
        String path = WebChat.CONVERSATIONS + "/" + turn.conversation() + "/trail";

        Json trail = chat.found(Person.VIC, path);

        assertEquals(turn.conversation(), trail.text("conversation_id"));
        assertEquals(FUNCTIONS, trail.text("agent"));
        assertEquals("answered", trail.at("/runs/0").text("outcome"));
        assertEquals(
                Sha256.hex("show ORD-003"),
                trail.at("/runs/0").text("message_digest"),
                "Shows that it was this message");
        assertFalse(trail.toString().contains("show ORD-003"));
        assertFalse(trail.toString().contains("Monitor Stand"));
        assertEquals(
                Problems.withoutCorrelationId(chat.get(Person.ANA, path)),
                Problems.withoutCorrelationId(chat.get(
                        Person.ANA, path.replace(turn.conversation(), "11111111-2222-4333-8444-555555555555"))));
        assertProblem(404, "conversation_not_found", chat.get(Person.ANA, path));
    }

    /** What was told then is what is kept, run by run, and no token is in it. */
    private void assertKept(Person person, Turn... turns) {
        assertEquals(Arrays.stream(turns).map(Turn::hops).toList(), chat.kept(person, turns[0].conversation()));
        assertFalse(chat.kept(person, turns[0].conversation()).toString().contains("eyJ"));
    }

    private void consent(Person person, Turn asked, String decision) {
        String link = asked.consent().text("consent_link");
        assertEquals(200, api.decideConsent(person, link, decision).statusCode());
    }

    private static String shown(String order, int quantity) {
        return "{\"id\":\"" + order + "\",\"customer_name\":\"Zoe Quill\",\"product\":\"Desk Lamp\",\"quantity\":"
                + quantity + ",\"status\":\"pending\"}";
    }

    private static List<String> places(Turn turn) {
        return turn.trail().stream()
                .map(hop -> (hop.text("to") + " " + hop.text("agent")).strip())
                .toList();
    }

    private static List<String> values(Json json, String... names) {
        return Arrays.stream(names).map(name -> json.text(name)).toList();
    }

    private static String orders(Turn turn) {
        return String.join(
                " ",
                ORDER_ID.matcher(turn.text())
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
