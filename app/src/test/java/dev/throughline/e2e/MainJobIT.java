package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People ask the same agent the same question, and each sees what is theirs, all the way to the row and back. */
class MainJobIT {
    private static final Pattern ORDER_ID = Pattern.compile("ORD-\\d{3,}");
    private static final Set<String> VICS = Set.of("ORD-001", "ORD-003", "ORD-005");
    private static final Set<String> SAMPLES =
            Set.of("ORD-001", "ORD-002", "ORD-003", "ORD-004", "ORD-005", "ORD-006", "ORD-007", "ORD-008");

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Rows rows = new Rows(stack);
    private final ServerLog log = new ServerLog(stack);

    @BeforeEach
    void nobody_has_consented_and_only_the_samples_are_there() {
        stack.entra().forgetConsents();
        stack.foundry().forgetConnectionTokens();
        rows.change("delete from orders where number > 8");
    }

    @Test
    void vic_consents_once_and_then_sees_his_own_orders_and_no_others() {
        Json first = api.chat(Person.VIC, "list my orders");

        assertEquals(1, first.all("/consents").size(), first.toString());
        Json consent = first.at("/consents/0");
        assertEquals("orders-assistant", consent.text("agent"));
        assertEquals(2, consent.all("/scopes").size());
        assertEquals(Set.of(), orderIds(first));
        assertEquals(200, api.consent(Person.VIC, consent.text("consent_link")).statusCode());

        Json resumed = api.resume(Person.VIC, first.text("conversation_id"));
        assertEquals(VICS, orderIds(resumed), resumed.toString());
        assertEquals(first.text("conversation_id"), resumed.text("conversation_id"));
        assertEquals(VICS, orderIds(api.chat(Person.VIC, "list all orders")));
    }

    @Test
    void ana_asks_the_same_and_sees_the_orders_of_all() {
        api.allowAgent(Person.ANA);

        assertEquals(SAMPLES, orderIds(api.chat(Person.ANA, "list all orders")));
    }

    @Test
    void eve_of_another_tenant_has_a_genuine_token_and_gets_in_nowhere() {
        Map<String, Object> ping = Map.of("jsonrpc", "2.0", "id", 1, "method", "ping");

        for (Person person : List.of(Person.VIC, Person.EVE)) {
            List<HttpResponse<String>> answers = List.of(
                    api.get(person, Api.ORDERS),
                    api.post(person, Api.MCP, ping),
                    api.post(person, Api.CHAT, Map.of("message", "who am I")));
            if (person == Person.VIC) {
                answers.forEach(answer -> assertEquals(200, answer.statusCode(), answer.body()));
            } else {
                answers.forEach(answer -> Problems.assertProblem(401, "invalid_token", answer));
                assertEquals(
                        List.of("issuer_mismatch rest", "issuer_mismatch mcp", "issuer_mismatch chat"),
                        answers.stream()
                                .map(answer -> log.rejection(Problems.correlationId(answer)))
                                .toList());
            }
        }
    }

    @Test
    void the_trail_of_an_answer_names_each_hop_and_how_it_is_known() {
        api.allowAgent(Person.VIC);
        int before = rows.recorded("select id from tool_call").size();

        Json answer = api.chat(Person.VIC, "list my orders");

        Json chat = hop(answer, hop -> hop.text("to").equals("chat"));
        assertEquals(
                List.of("verified", Person.VIC.id, Ids.WEB_CHAT, Ids.API, "permit"),
                values(chat, "evidence", "user", "client", "audience", "decision"));
        Json foundry = hop(answer, hop -> hop.text("to").equals("foundry"));
        assertEquals(
                List.of("issued", Person.VIC.id, Ids.API, "https://ai.azure.com"),
                values(foundry, "evidence", "user", "client", "audience"));
        Json tools = hop(answer, hop -> hop.text("to").equals("mcp"));
        assertEquals(
                List.of("verified", Person.VIC.id, "orders-assistant", Ids.ASSISTANT, Ids.API, "permit"),
                values(tools, "evidence", "user", "agent", "client", "audience", "decision"));
        assertEquals(rows.recorded("select rule from tool_call order by at desc limit 1"), List.of(tools.text("rule")));
        assertEquals(1, rows.recorded("select id from tool_call").size() - before);
        assertEquals(
                List.of("chat", "mcp"),
                answer.all("/trail").stream()
                        .filter(hop -> hop.text("evidence").equals("verified"))
                        .map(hop -> hop.text("to"))
                        .toList(),
                "Only what our own two endpoints checked may be called verified");
    }

    @Test
    void the_incoming_token_leaves_as_the_assertion_of_the_exchange_and_nowhere_else() {
        api.allowAgent(Person.VIC);
        String token = api.signIn().token(Person.VIC, "Orders.Read");

        HttpResponse<String> answer =
                Http.send(Api.withBody(api.bearing(token, Api.CHAT), "POST", Map.of("message", "list my orders")));

        assertEquals(VICS, orderIds(Json.of(answer.body())), answer.body());
        assertEquals(List.of("assertion"), whereEntraSaw(token));
        assertEquals(List.of(), whereFoundrySaw(token));
        assertFalse(answer.body().contains(token));
        assertEquals(List.of(), rows.columnsContaining(token));
        assertEquals(
                List.of("orders.customer_name", "run.answer"),
                rows.columnsContaining("Alice Johnson"),
                "Beside the orders, only the person's own conversation tells what it answered");
        for (String part : token.split("\\.")) {
            assertTrue(log.files().stream().noneMatch(file -> file.contains(part)), "A log holds a part of the token");
        }
    }

    private List<String> whereEntraSaw(String token) {
        List<String> places = new ArrayList<>();
        stack.entra().requests().forEach(request -> {
            for (String form : List.of(token, "Bearer " + token)) {
                request.digests().forEach((name, digest) -> addIf(digest.equals(sha256(form)), name, places));
                request.headers().forEach((name, digest) -> addIf(digest.equals(sha256(form)), name, places));
            }
        });
        return places;
    }

    private List<String> whereFoundrySaw(String token) {
        List<String> places = new ArrayList<>();
        assertFalse(stack.foundry().requests().isEmpty());
        stack.foundry().requests().forEach(request -> {
            assertTrue(request.headers().containsKey("authorization"));
            // What was forgotten for somebody else has no body to have a type.
            assertTrue(request.body().isEmpty()
                    || List.of(sha256("application/json"))
                            .equals(request.headers().get("content-type")));
            addIf(request.body().contains(token), "body", places);
            for (String form : List.of(token, "Bearer " + token)) {
                request.headers().forEach((name, digests) -> addIf(digests.contains(sha256(form)), name, places));
            }
        });
        return places;
    }

    private static void addIf(boolean seen, String place, List<String> places) {
        if (seen) {
            places.add(place);
        }
    }

    @Test
    void an_answer_changes_when_the_row_does() {
        api.allowAgent(Person.VIC);
        assertTrue(api.chat(Person.VIC, "show ORD-003").text("text").contains("Monitor Stand"));

        rows.change("update orders set product = 'Brass Sextant', version = version + 1 where number = 3");
        try {
            String text = api.chat(Person.VIC, "show ORD-003").text("text");
            assertTrue(text.contains("Brass Sextant"), text);
            assertFalse(text.contains("Monitor Stand"), text);
        } finally {
            rows.change("update orders set product = 'Monitor Stand', version = 1 where number = 3");
        }
    }

    @Test
    void who_declines_is_told_so_politely_and_nothing_waits_any_more() {
        Json asked = api.chat(Person.VIC, "list my orders");
        String conversation = asked.text("conversation_id");

        HttpResponse<String> declined =
                api.post(Person.VIC, Api.CHAT, Map.of("conversation_id", conversation, "decline", true));

        assertEquals(200, declined.statusCode());
        Json answer = Json.of(declined.body());
        assertTrue(answer.text("text").contains("nothing was shared"), answer.toString());
        assertTrue(answer.at("/error").isNull());
        assertEquals(List.of(), answer.all("/consents"));
        Problems.assertProblem(
                409,
                "nothing_waits",
                api.post(Person.VIC, Api.CHAT, Map.of("conversation_id", conversation, "resume", true)));
    }

    @Test
    void who_declines_at_the_broker_is_asked_again_and_sees_nothing() {
        Json asked = api.chat(Person.VIC, "list my orders");

        String link = asked.at("/consents/0").text("consent_link");
        assertEquals(200, api.decideConsent(Person.VIC, link, "decline").statusCode());

        Json resumed = api.resume(Person.VIC, asked.text("conversation_id"));
        assertEquals(1, resumed.all("/consents").size(), resumed.toString());
        assertEquals(Set.of(), orderIds(resumed));
    }

    @Test
    void a_consent_link_is_good_only_for_the_person_whose_run_asked() {
        Json asked = api.chat(Person.VIC, "list my orders");
        String link = asked.at("/consents/0").text("consent_link");

        assertNotEquals(200, api.consent(Person.ANA, link).statusCode());
        Json stillAsked = api.resume(Person.VIC, asked.text("conversation_id"));
        assertEquals(1, stillAsked.all("/consents").size(), stillAsked.toString());
        assertEquals(1, api.chat(Person.ANA, "list my orders").all("/consents").size());

        String own = stillAsked.at("/consents/0").text("consent_link");
        assertEquals(200, api.consent(Person.VIC, own).statusCode());
        assertEquals(VICS, orderIds(api.resume(Person.VIC, asked.text("conversation_id"))));
    }

    @Test
    void a_conversation_is_its_owners_and_for_everybody_else_it_does_not_exist() {
        api.allowAgent(Person.VIC);
        String conversation = api.chat(Person.VIC, "list my orders").text("conversation_id");
        Map<String, Object> more = Map.of("conversation_id", conversation, "message", "who am I");

        Problems.assertProblem(404, "conversation_not_found", api.post(Person.ANA, Api.CHAT, more));
        Problems.assertProblem(
                404,
                "conversation_not_found",
                api.post(Person.ANA, Api.CHAT, Map.of("conversation_id", conversation, "resume", true)));
        assertEquals(200, api.post(Person.VIC, Api.CHAT, more).statusCode());
    }

    @Test
    void what_pat_orders_is_there_after_a_restart_and_her_next_chat_lists_it() {
        api.allowAgent(Person.PAT);
        HttpResponse<String> created = api.post(
                Person.PAT, Api.ORDERS, Map.of("customer_name", "Zoe Quill", "product", "Desk Lamp", "quantity", 2));
        assertEquals(201, created.statusCode(), created.body());
        String id = Json.of(created.body()).text("id");

        stack.server().close();
        stack.startServer();
        stack.awaitReady();

        assertEquals(created.body(), api.get(Person.PAT, Api.ORDERS + "/" + id).body());
        Json answer = api.chat(Person.PAT, "list all orders");
        assertTrue(orderIds(answer).contains(id), answer.toString());
        assertTrue(answer.text("text").contains("Zoe Quill"), answer.toString());
    }

    private static Json hop(Json answer, Predicate<Json> which) {
        List<Json> hops = answer.all("/trail").stream().filter(which).toList();
        assertEquals(1, hops.size(), answer.at("/trail").toString());
        return hops.get(0);
    }

    private static List<String> values(Json hop, String... names) {
        return java.util.Arrays.stream(names).map(name -> hop.text(name)).toList();
    }

    private static Set<String> orderIds(Json answer) {
        Set<String> ids = new TreeSet<>();
        Matcher matcher = ORDER_ID.matcher(answer.text("text"));
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return ids;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
