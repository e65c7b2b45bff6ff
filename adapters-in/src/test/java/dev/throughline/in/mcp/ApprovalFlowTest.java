package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Agent;
import dev.throughline.access.Approval;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Grant;
import dev.throughline.access.MyApprovals;
import dev.throughline.access.Proposal;
import dev.throughline.access.Role;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.Exchange;
import dev.throughline.in.fakes.HandSetClock;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.Told;
import dev.throughline.trail.ArgumentsDigest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an agent with a token of its own wants to change waits for its person, in both eras of the protocol. */
class ApprovalFlowTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LAMP = "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}";
    private static final String DECLINED = "{\"approval\":{\"action\":\"decline\"}}";
    private static final String LINK = "http://localhost:9080/#/approvals/";
    private static final User PAT = new User(People.TENANT, new UserId(new UUID(0, 0xb2)), Set.of(Role.PM, Role.ADMIN));
    private static final Agent OTHER_AGENT = agent("orders-other", People.EDITOR.grant());

    private final HandSetClock clock = new HandSetClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final InMemoryOrders orders = new InMemoryOrders(clock);
    private final InMemoryToolCallLog log = new InMemoryToolCallLog();
    private final Told told = new Told();
    private final MyApprovals mine = new MyApprovals(Desk.POLICY, orders.approvals(), orders.audit(), clock);
    private final Caller ada = People.through(People.ADA, People.EDITOR, Consent.ALLOWED);

    @Test
    void an_agents_change_is_not_made_and_the_model_gets_the_link_to_pass_on() throws Exception {
        String sentence = error(older(ada, "create-order", LAMP));

        assertEquals(
                "This needs your approval: orders-editor wants to call create-order for you. Open " + LINK + only().id()
                        + " to decide, and then call again with the same arguments.",
                sentence);
        assertEquals(List.of(), orders.all());
        assertEquals(List.of("needs_approval approval_needed"), records());
        assertEquals(Optional.empty(), log.calls().get(0).approval());
    }

    @Test
    void what_is_asked_shows_the_change_to_the_letter() throws Exception {
        orders.put(People.VIC, "Lamp");

        older(ada, "update-order", "{\"id\":\"ORD-001\",\"quantity\":5.0}");
        older(ada, "delete-order", "{\"id\":\"ORD-001\"}");

        Approval update = orders.approvals().all().get(0);
        assertEquals(Map.of("id", "ORD-001", "quantity", 5), update.arguments());
        assertEquals(2, update.before().orElseThrow().get("quantity"));
        assertEquals(5, update.after().orElseThrow().get("quantity"));
        Approval deletion = orders.approvals().all().get(1);
        assertEquals("Lamp", deletion.before().orElseThrow().get("product"));
        assertEquals(Optional.empty(), deletion.after());
    }

    @Test
    void while_the_person_has_not_answered_the_same_call_gets_the_same_link_and_nothing_new_is_asked()
            throws Exception {
        JsonNode first = older(ada, "create-order", LAMP);
        JsonNode again = older(ada, "create-order", LAMP);
        JsonNode spelledOtherwise =
                older(ada, "create-order", "{\"quantity\":2.0,\"product\":\" Lamp\",\"customer_name\":\"Zoe\"}");

        assertEquals(first, again);
        assertEquals(first, spelledOtherwise);
        assertEquals(1, orders.approvals().all().size());
        assertEquals(List.of(), orders.all());
    }

    @Test
    void what_was_approved_is_done_once_and_asked_about_anew_the_second_time() throws Exception {
        older(ada, "create-order", LAMP);
        Approval approval = only();
        approve(People.ADA, approval);

        JsonNode done = older(ada, "create-order", LAMP);
        String second = error(older(ada, "create-order", LAMP));

        assertEquals("ORD-001", done.at("/structuredContent/id").stringValue());
        assertEquals(1, orders.all().size());
        assertEquals(People.ADA.id(), orders.all().get(0).owner());
        assertTrue(second.startsWith("This needs your approval: "), second);
        assertFalse(second.contains(approval.id().toString()), "Another question");
        assertEquals(
                List.of("needs_approval approval_needed", "permit tenant_rows", "needs_approval approval_needed"),
                records());
        assertEquals(Optional.of(approval.id()), log.calls().get(1).approval());
        assertEquals(Approval.State.USED, orders.approvals().all().get(0).state());
    }

    @Test
    void a_change_and_a_deletion_are_done_by_their_approvals_too() throws Exception {
        orders.put(People.VIC, "Lamp");
        String update = "{\"id\":\"ORD-001\",\"quantity\":5}";
        error(older(ada, "update-order", update));
        approve(People.ADA, only());

        assertEquals(
                5,
                older(ada, "update-order", update)
                        .at("/structuredContent/quantity")
                        .intValue());

        error(older(ada, "delete-order", "{\"id\":\"ORD-001\"}"));
        approve(People.ADA, orders.approvals().all().get(1));
        assertFalse(older(ada, "delete-order", "{\"id\":\"ORD-001\"}")
                .get("isError")
                .booleanValue());
        assertEquals(List.of(), orders.all());
    }

    /** Each differs in one thing from the call that was approved. */
    static Stream<Arguments> othersCalls() {
        String update = "{\"id\":\"ORD-001\",\"quantity\":5}";
        return Stream.of(
                Arguments.of("another argument", People.ADA, People.EDITOR, "update-order", update.replace("5", "6")),
                Arguments.of(
                        "one more argument",
                        People.ADA,
                        People.EDITOR,
                        "update-order",
                        update.replace("}", ",\"status\":\"shipped\"}")),
                Arguments.of("another order", People.ADA, People.EDITOR, "update-order", update.replace("001", "002")),
                Arguments.of("another tool", People.ADA, People.EDITOR, "delete-order", "{\"id\":\"ORD-001\"}"),
                Arguments.of("another agent", People.ADA, OTHER_AGENT, "update-order", update),
                Arguments.of("another person", PAT, People.EDITOR, "update-order", update));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("othersCalls")
    void an_approval_is_for_one_call_and_no_other(String change, User user, Agent agent, String tool, String arguments)
            throws Exception {
        String update = "{\"id\":\"ORD-001\",\"quantity\":5}";
        orders.put(People.VIC, "Lamp");
        orders.put(People.VIC, "Desk");
        error(older(ada, "update-order", update));
        approve(People.ADA, only());

        String sentence = error(older(People.through(user, agent, Consent.ALLOWED), tool, arguments));

        assertTrue(sentence.startsWith("This needs your approval: "), sentence);
        assertEquals(2, orders.approvals().all().size(), "It is asked about by itself");
        assertEquals("needs_approval approval_needed", records().get(1));
        assertTrue(orders.all().stream().allMatch(order -> order.version() == 1), "Nothing was changed");
        assertFalse(older(ada, "update-order", update).get("isError").booleanValue(), "The one that was approved");
    }

    @Test
    void a_move_that_an_order_cannot_make_is_a_tool_error_and_nobody_is_asked() throws Exception {
        orders.put(People.VIC, "Lamp");

        assertEquals(
                "An order that is pending can only become shipped or cancelled.",
                error(older(ada, "update-order", "{\"id\":\"ORD-001\",\"status\":\"delivered\"}")));
        assertEquals(List.of(), orders.approvals().all());
        assertTrue(error(older(ada, "update-order", "{\"id\":\"ORD-001\",\"status\":\"shipped\"}"))
                .startsWith("This needs your approval: "));
    }

    @Test
    void an_approval_is_for_the_order_as_it_was() throws Exception {
        String update = "{\"id\":\"ORD-001\",\"quantity\":5}";
        orders.put(People.VIC, "Lamp");
        error(older(ada, "update-order", update));
        approve(People.ADA, only());

        older(People.directly(People.ADA), "update-order", "{\"id\":\"ORD-001\",\"status\":\"shipped\"}");

        assertTrue(error(older(ada, "update-order", update)).startsWith("This needs your approval: "));
        assertEquals(2, orders.all().get(0).version());
        assertEquals(2, orders.approvals().all().size());
    }

    @Test
    void an_approval_under_other_rules_is_none() throws Exception {
        error(older(ada, "create-order", LAMP));
        approve(People.ADA, only());
        Approval approved = only();
        orders.approvals().put(underOtherRules(approved));

        assertTrue(error(older(ada, "create-order", LAMP)).startsWith("This needs your approval: "));
        assertEquals(List.of(), orders.all());

        orders.approvals().put(approved);
        assertFalse(older(ada, "create-order", LAMP).get("isError").booleanValue());
    }

    @Test
    void an_approval_that_came_to_its_end_is_none() throws Exception {
        error(older(ada, "create-order", LAMP));
        approve(People.ADA, only());
        clock.advance(Approval.LIFE);

        assertTrue(error(older(ada, "create-order", LAMP)).startsWith("This needs your approval: "));
        assertEquals(List.of(), orders.all());
    }

    @Test
    void an_approval_is_good_to_its_last_moment() throws Exception {
        error(older(ada, "create-order", LAMP));
        approve(People.ADA, only());
        clock.advance(Approval.LIFE.minusMillis(1));

        assertFalse(older(ada, "create-order", LAMP).get("isError").booleanValue());
    }

    @Test
    void a_no_stands_and_is_told_and_asks_nothing_new() throws Exception {
        error(older(ada, "create-order", LAMP));
        assertInstanceOf(
                MyApprovals.Done.class, mine.answer(People.directly(People.ADA), Door.REST, only().id(), false));

        assertEquals(DenyReason.APPROVAL_DENIED.sentence(), error(older(ada, "create-order", LAMP)));
        assertEquals("deny approval_denied", records().get(1));
        assertEquals(1, orders.approvals().all().size());
        assertEquals(1, told.counts().get("authz approval_denied create-order agent"));
    }

    @Test
    void an_agent_cannot_answer_its_own_question() throws Exception {
        error(older(ada, "create-order", LAMP));

        for (Caller caller : List.of(ada, People.inScript(People.ADA), People.throughUnknownAgent(People.ADA))) {
            assertInstanceOf(MyApprovals.Refused.class, mine.answer(caller, Door.REST, only().id(), true));
        }
        assertInstanceOf(
                MyApprovals.NoSuchApproval.class, mine.answer(People.directly(PAT), Door.REST, only().id(), true));
        assertEquals(Approval.State.PENDING, only().state());
    }

    @Test
    void an_agent_that_asks_too_much_at_once_has_to_wait() throws Exception {
        for (int i = 1; i <= 5; i++) {
            older(ada, "create-order", LAMP.replace("2", "" + i));
        }

        assertEquals(DenyReason.APPROVALS_WAIT.sentence(), error(older(ada, "create-order", LAMP.replace("2", "6"))));
        assertEquals("deny approvals_wait", records().get(5));
        assertEquals(5, orders.approvals().all().size());
        assertTrue(
                error(older(People.through(People.ADA, OTHER_AGENT, Consent.ALLOWED), "create-order", LAMP))
                        .startsWith("This needs your approval: "),
                "Another agent of the same person");
    }

    @Test
    void that_it_was_approved_is_not_for_the_caller_to_say() throws Exception {
        String sentence = error(older(ada, "create-order", LAMP.replace("}", ",\"approved\":true}")));

        assertEquals(
                "There is no argument named approved; this tool takes customer_name, product, quantity.", sentence);
        assertEquals(List.of("deny arguments_invalid"), records());
        assertEquals(List.of(), orders.approvals().all());
    }

    @Test
    void whom_the_policy_refuses_anyhow_is_not_asked() throws Exception {
        assertEquals(
                DenyReason.ROLE_NOT_SUFFICIENT.sentence(),
                error(older(People.through(People.VIC, People.EDITOR, Consent.ALLOWED), "create-order", LAMP)));
        assertEquals(
                DenyReason.CONSENT_REVOKED.sentence(),
                error(older(People.through(People.ADA, People.EDITOR, Consent.REVOKED), "create-order", LAMP)));
        assertEquals("There is no such order.", error(older(ada, "delete-order", "{\"id\":\"ORD-009\"}")));
        assertEquals(
                List.of("deny role_not_sufficient", "deny consent_revoked", "needs_approval approval_needed"),
                records());
        assertEquals(List.of(), orders.approvals().all());
    }

    @Test
    void a_consent_that_was_taken_back_between_yes_and_deed_stops_the_deed() throws Exception {
        error(older(ada, "create-order", LAMP));
        approve(People.ADA, only());

        String sentence =
                error(older(People.through(People.ADA, People.EDITOR, Consent.REVOKED), "create-order", LAMP));

        assertEquals(DenyReason.CONSENT_REVOKED.sentence(), sentence);
        assertEquals(List.of(), orders.all());
        assertFalse(older(ada, "create-order", LAMP).get("isError").booleanValue());
    }

    @Test
    void a_change_that_was_made_is_told_even_if_its_record_fails() throws Exception {
        error(older(ada, "create-order", LAMP));
        approve(People.ADA, only());
        log.disconnect();

        JsonNode done = older(ada, "create-order", LAMP);

        assertEquals("ORD-001", done.at("/structuredContent/id").stringValue());
        assertEquals(1, orders.all().size());
    }

    @Test
    void where_nobody_can_tell_what_was_approved_nothing_is_done() throws Exception {
        error(older(ada, "create-order", LAMP));
        approve(People.ADA, only());
        orders.approvals().disconnect();

        assertEquals(
                "The order desk is not available at the moment; try again shortly.",
                error(older(ada, "create-order", LAMP)));
        assertEquals(List.of(), orders.all());
    }

    /** A grant may demand it of any tool; one that nobody could approve must not run unapproved. */
    @ParameterizedTest
    @ValueSource(strings = {"whoami", "health-check", "list-orders", "get-order"})
    void a_tool_that_asks_nobody_does_not_run_where_an_approval_is_needed(String tool) throws Exception {
        orders.put(People.ADA, "Lamp");
        String arguments = tool.equals("get-order") ? "{\"id\":\"ORD-001\"}" : "{}";
        assertFalse(older(ada, tool, arguments).get("isError").booleanValue());
        Grant grant = new Grant(People.EDITOR.grant().tools(), Set.of(), Set.of(tool));
        Caller strict = People.through(People.ADA, agent("orders-strict", grant), Consent.ALLOWED);

        assertEquals("Approve this change first, in the web chat.", error(older(strict, tool, arguments)));

        assertEquals("needs_approval approval_needed", records().get(1));
        assertEquals(1, told.counts().get("authz approval_needed " + tool + " agent"));
        assertEquals(List.of(), orders.approvals().all());
    }

    @Test
    void a_resource_whose_reading_needs_an_approval_is_not_read_and_that_is_on_record() throws Exception {
        orders.put(People.ADA, "Lamp");
        Grant grant = new Grant(People.EDITOR.grant().tools(), Set.of(), Set.of("get-order"));
        Caller strict = People.through(People.ADA, agent("orders-strict", grant), Consent.ALLOWED);
        ObjectNode read = ModernEraTest.request("resources/read", "{\"uri\":\"orders://ORD-001\"}");
        assertFalse(ModernEraTest.exchange(read).sentTo(servlet(ada)).text().contains("\"error\""));

        Exchange refused = ModernEraTest.exchange(read).sentTo(servlet(strict));

        assertEquals(403, JSON.readTree(refused.text()).at("/error/code").intValue());
        assertFalse(refused.text().contains("Lamp"));
        assertEquals("needs_approval approval_needed", records().get(1));
    }

    @Test
    void a_newer_client_is_asked_to_send_its_person_to_the_link() throws Exception {
        JsonNode question = result(newer(ada, create()));

        assertEquals("input_required", question.get("resultType").stringValue());
        assertEquals(
                JSON.readTree("{\"approval\":{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\","
                        + "\"message\":\"This needs your approval: orders-editor wants to call create-order for you.\","
                        + "\"url\":\"" + LINK + only().id() + "\"}}}"),
                question.get("inputRequests"));
        assertFalse(
                question.get("requestState").stringValue().contains(only().id().toString()), "Sealed");
        assertEquals(List.of(), orders.all());
        assertEquals(List.of("needs_approval approval_needed"), records());
    }

    @Test
    void a_newer_client_that_says_yes_too_early_is_asked_again_and_then_gets_what_was_approved() throws Exception {
        JsonNode question = result(newer(ada, create()));

        JsonNode again = result(newer(ada, answered(question, "{\"approval\":{\"action\":\"accept\"}}")));
        assertEquals("input_required", again.get("resultType").stringValue());
        assertEquals(question.get("inputRequests"), again.get("inputRequests"));
        assertEquals(1, orders.approvals().all().size());
        assertEquals(List.of(), orders.all());

        approve(People.ADA, only());
        JsonNode done = result(newer(ada, answered(again, "{\"approval\":{\"action\":\"accept\"}}")));
        assertEquals("complete", done.get("resultType").stringValue());
        assertEquals("ORD-001", done.at("/structuredContent/id").stringValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"decline", "cancel"})
    void a_newer_client_whose_person_does_not_want_to_go_there_is_told_so_in_words(String action) throws Exception {
        JsonNode question = result(newer(ada, create()));

        JsonNode declined = result(newer(ada, answered(question, DECLINED.replace("decline", action))));

        assertEquals("You have not approved this; nothing was done.", error(declined));
        assertEquals(List.of(), orders.all());
        assertEquals(Approval.State.PENDING, only().state(), "A client's word is not the person's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"approval\":{}}", "{\"approval\":\"decline\"}", "{\"other\":{\"action\":\"decline\"}}"})
    void an_answer_that_says_nothing_is_none(String answer) throws Exception {
        JsonNode question = result(newer(ada, create()));
        assertTrue(
                result(newer(ada, answered(question, DECLINED))).get("isError").booleanValue());

        assertEquals(
                "input_required",
                result(newer(ada, answered(question, answer))).get("resultType").stringValue());
    }

    @Test
    void a_state_is_good_for_this_call_of_this_caller_alone() throws Exception {
        JsonNode question = result(newer(ada, create()));
        assertEquals(200, newer(ada, answered(question, DECLINED)).status());

        ObjectNode otherArguments = answered(question, DECLINED);
        ((ObjectNode) otherArguments.at("/params/arguments")).put("quantity", 3);
        refused(newer(ada, otherArguments));
        refused(newer(People.through(PAT, People.EDITOR, Consent.ALLOWED), answered(question, DECLINED)));
        refused(newer(People.through(People.ADA, OTHER_AGENT, Consent.ALLOWED), answered(question, DECLINED)));
        String state = question.get("requestState").stringValue();
        for (int i = 0; i < state.length() - 1; i++) {
            char other = state.charAt(i) == 'A' ? 'B' : 'A';
            ObjectNode tampered = answered(question, DECLINED);
            ((ObjectNode) tampered.get("params"))
                    .put("requestState", state.substring(0, i) + other + state.substring(i + 1));
            refused(newer(ada, tampered));
        }
        clock.advance(RequestStates.LIFE);
        refused(newer(ada, answered(question, DECLINED)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"elicitation\":{}}", "{\"elicitation\":{\"form\":{}}}", "{\"elicitation\":\"url\"}"})
    void a_newer_client_that_cannot_send_people_anywhere_gets_the_link_in_words(String capabilities) throws Exception {
        ObjectNode create = create();
        ((ObjectNode) create.at("/params/_meta"))
                .set("io.modelcontextprotocol/clientCapabilities", JSON.readTree(capabilities));

        JsonNode result = result(newer(ada, create));

        assertEquals("complete", result.get("resultType").stringValue());
        assertTrue(error(result).contains("Open " + LINK + only().id()), result.toString());
    }

    @Test
    void both_eras_ask_the_same_question_and_use_the_same_answer() throws Exception {
        older(ada, "create-order", LAMP);
        newer(ada, create());
        assertEquals(1, orders.approvals().all().size());
        approve(People.ADA, only());

        assertFalse(older(ada, "create-order", LAMP).get("isError").booleanValue());
        assertEquals(
                "input_required", result(newer(ada, create())).get("resultType").stringValue());
        assertEquals(1, orders.all().size());
    }

    @Test
    void whoami_says_what_waits_for_an_approval_and_its_schema_knows_the_word() throws Exception {
        JsonNode verdicts = older(ada, "whoami", "{}").at("/structuredContent/tools");

        assertEquals(
                JSON.readTree("{\"name\":\"create-order\",\"decision\":\"needs_approval\",\"scopes\":[],"
                        + "\"reason\":\"approval_needed\"}"),
                verdicts.get(2));
        assertEquals("permitted", verdicts.at("/0/decision").stringValue());
        String list = Exchange.of(
                        "POST",
                        McpEndpoint.PATH,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}".getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "application/json")
                .sentTo(servlet(ada))
                .text();
        assertTrue(list.contains("[\"permitted\",\"needs_scope\",\"needs_approval\",\"refused\"]"), list);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REVOKED", "DENIED"})
    void whoami_is_told_to_nobody_through_an_agent_that_was_stopped(String standing) throws Exception {
        assertFalse(older(ada, "whoami", "{}").get("isError").booleanValue());

        Exchange refused = call(People.through(People.ADA, People.EDITOR, Consent.valueOf(standing)), "whoami", "{}");

        assertEquals(200, refused.status());
        assertEquals(Optional.empty(), refused.header("WWW-Authenticate"));
        assertEquals(
                DenyReason.CONSENT_REVOKED.sentence(),
                error(JSON.readTree(refused.text()).get("result")));
        assertEquals("deny consent_revoked", records().get(1));
        assertNotEquals(records().get(0), records().get(1));
    }

    @Test
    void the_digest_on_record_is_of_the_arguments_as_they_came() throws Exception {
        error(older(ada, "create-order", LAMP));

        assertEquals(
                ArgumentsDigest.of(Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2)),
                log.calls().get(0).argumentsDigest());
    }

    private static Approval underOtherRules(Approval approval) {
        Proposal proposal = approval.proposal();
        Proposal other = new Proposal(
                proposal.tenant(),
                proposal.user(),
                proposal.agent(),
                proposal.action(),
                proposal.argumentsDigest(),
                proposal.version(),
                "0000000000000000");
        return new Approval(
                approval.id(),
                other,
                approval.arguments(),
                approval.before(),
                approval.after(),
                approval.state(),
                approval.expiresAt());
    }

    private static Agent agent(String name, Grant grant) {
        Agent editor = People.EDITOR;
        return new Agent(
                name,
                editor.kind(),
                editor.route(),
                Optional.of(new ClientId(name + "-client")),
                grant,
                editor.scopes());
    }

    private Approval only() {
        assertEquals(1, orders.approvals().all().size());
        return orders.approvals().all().get(0);
    }

    private void approve(User user, Approval approval) {
        assertInstanceOf(MyApprovals.Done.class, mine.answer(People.directly(user), Door.REST, approval.id(), true));
    }

    private List<String> records() {
        return log.calls().stream()
                .map(call -> call.decision() + " " + call.rule())
                .toList();
    }

    private JsonNode older(Caller caller, String tool, String arguments) throws Exception {
        Exchange answer = call(caller, tool, arguments);
        assertEquals(200, answer.status(), answer.text());
        return JSON.readTree(answer.text()).get("result");
    }

    private Exchange call(Caller caller, String tool, String arguments) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
        return Exchange.of("POST", McpEndpoint.PATH, body.getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "application/json")
                .sentTo(servlet(caller));
    }

    private Exchange newer(Caller caller, ObjectNode body) throws Exception {
        return ModernEraTest.exchange(body).sentTo(servlet(caller));
    }

    private static ObjectNode create() {
        ObjectNode request = ModernEraTest.call("create-order", LAMP);
        ((ObjectNode) request.at("/params/_meta"))
                .set("io.modelcontextprotocol/clientCapabilities", JSON.readTree("{\"elicitation\":{\"url\":{}}}"));
        return request;
    }

    private static ObjectNode answered(JsonNode question, String responses) {
        ObjectNode request = create();
        ObjectNode params = (ObjectNode) request.get("params");
        params.set("inputResponses", JSON.readTree(responses));
        params.set("requestState", question.get("requestState"));
        return request;
    }

    private static JsonNode result(Exchange answer) {
        assertEquals(200, answer.status(), answer.text());
        return JSON.readTree(answer.text()).get("result");
    }

    private static void refused(Exchange answer) {
        assertEquals(400, answer.status(), answer.text());
        assertEquals(-32602, JSON.readTree(answer.text()).at("/error/code").intValue(), answer.text());
    }

    private static String error(JsonNode result) {
        assertTrue(result.get("isError").booleanValue(), result.toString());
        return result.at("/content/0/text").stringValue();
    }

    private McpServlet servlet(Caller caller) {
        return TestEndpoint.of(caller, orders, log).with(clock).with(told).servlet();
    }
}
