package dev.throughline.in.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.Approval;
import dev.throughline.access.Budget;
import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Grant;
import dev.throughline.access.MyApprovals;
import dev.throughline.access.Scope;
import dev.throughline.conversation.Tools;
import dev.throughline.in.fakes.CountedBudgets;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.InMemoryOrders;
import dev.throughline.in.fakes.InMemoryToolCallLog;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.security.RateLimits;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tools for agents whose calls our own runs carry out: as at the endpoint, without a token of the agent. */
class RunToolsTest {
    private static final Map<String, @Nullable Object> LAMP =
            Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2);
    private static final Clock CLOCK = Clock.systemUTC();

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryToolCallLog log = new InMemoryToolCallLog();
    private final CountedBudgets budgets = new CountedBudgets();
    private final Told told = new Told();
    private final MyApprovals mine = new MyApprovals(Desk.POLICY, orders.approvals(), orders.audit(), CLOCK);
    private final Caller ada = People.throughRun(People.ADA, People.FUNCTIONS, Consent.ALLOWED);
    private final RunTools tools = new RunTools(
            new OrderTools(Desk.over(orders), Desk.lists(), Desk.POLICY, CLOCK),
            new ToolCallGate(Desk.POLICY, Desk.questions(orders, CLOCK), log, orders.audit(), CLOCK),
            new RateLimits(budgets, told.events(CLOCK)),
            // Nobody has been let in on this thread: whoever asks is told so by an exception.
            new Refusals(
                    new Challenges(URI.create("http://localhost/meta"), "api://x"),
                    told.events(CLOCK),
                    new CurrentCaller()));

    @Test
    void an_agent_is_told_what_the_tool_answered_as_json() {
        orders.put(People.ADA, "Lamp");

        Tools.Ended ended = ended(call(ada, "list-orders", Map.of("limit", 5)));

        assertTrue(ended.output().success());
        JsonNode page = JsonMapper.shared().readTree(ended.output().text());
        assertEquals("Lamp", page.at("/items/0/product").stringValue());
        assertInstanceOf(Permit.class, ended.decision().orElseThrow());
    }

    @Test
    void a_call_is_on_record_with_its_person_its_agent_and_the_client_of_the_chat() {
        call(ada, "list-orders", Map.of());

        assertEquals(List.of("permit tenant_rows"), records());
        assertEquals(Optional.of(People.ADA.id()), log.calls().get(0).user());
        assertEquals(Optional.of("orders-functions"), log.calls().get(0).agent());
        assertEquals("web-chat", log.calls().get(0).client().value());
    }

    @Test
    void a_change_waits_for_the_person_and_is_then_made_once() {
        Approval question = asked(call(ada, "create-order", LAMP));
        assertEquals(question.id(), asked(call(ada, "create-order", LAMP)).id(), "The same question");
        assertEquals(List.of(), orders.all());
        mine.answer(People.directly(People.ADA), Door.REST, question.id(), true);

        Tools.Ended done = ended(call(ada, "create-order", LAMP));

        assertTrue(done.output().success());
        assertEquals(Optional.of(question.id()), ((Permit) done.decision().orElseThrow()).approval());
        assertEquals(1, orders.all().size());
        assertFalse(question.id().equals(asked(call(ada, "create-order", LAMP)).id()), "Asked anew");
        assertEquals(
                List.of(
                        "needs_approval approval_needed",
                        "needs_approval approval_needed",
                        "permit tenant_rows",
                        "needs_approval approval_needed"),
                records());
        assertEquals(Optional.of(question.id()), log.calls().get(2).approval());
    }

    @Test
    void a_no_is_told_to_the_agent_and_asks_nothing_new() {
        Approval question = asked(call(ada, "create-order", LAMP));
        mine.answer(People.directly(People.ADA), Door.REST, question.id(), false);

        Tools.Ended ended = ended(call(ada, "create-order", LAMP));

        assertEquals(new Tools.Output(DenyReason.APPROVAL_DENIED.sentence(), false), ended.output());
        assertEquals("deny approval_denied", records().get(1));
        assertEquals(1, orders.approvals().all().size());
    }

    @Test
    void what_is_proposed_is_asked_and_never_made_whatever_has_been_approved() {
        Approval question = asked(tools.propose(ada, request("create-order", LAMP)));
        mine.answer(People.directly(People.ADA), Door.REST, question.id(), true);

        Approval again = asked(tools.propose(ada, request("create-order", LAMP)));

        assertEquals(question.id(), again.id());
        assertEquals(Approval.State.APPROVED, again.state());
        assertEquals(List.of(), orders.all());
        assertEquals(List.of("needs_approval approval_needed", "needs_approval approval_needed"), records());
    }

    @ParameterizedTest
    @ValueSource(strings = {"create-order", "update-order", "delete-order", "list-orders", "get-order", "whoami"})
    void any_tool_can_be_proposed_and_none_runs(String tool) {
        orders.put(People.ADA, "Desk");
        Map<String, @Nullable Object> arguments = switch (tool) {
            case "create-order" -> LAMP;
            case "update-order" -> Map.of("id", "ORD-001", "quantity", 5);
            case "delete-order", "get-order" -> Map.of("id", "ORD-001");
            default -> Map.of();
        };

        Approval question = asked(tools.propose(ada, request(tool, arguments)));

        assertEquals(tool, question.proposal().action().tool());
        assertEquals(arguments, question.arguments());
        assertEquals(1, orders.all().size());
        assertEquals(1, orders.all().get(0).version());
    }

    @Test
    void nobody_is_asked_about_what_is_refused_anyhow() {
        Caller vic = People.throughRun(People.VIC, People.FUNCTIONS, Consent.ALLOWED);
        asked(tools.propose(ada, request("create-order", LAMP)));

        Tools.Ended refused = ended(tools.propose(vic, request("create-order", LAMP)));

        assertEquals(new Tools.Output(DenyReason.ROLE_NOT_SUFFICIENT.sentence(), false), refused.output());
        assertEquals(
                "role_not_sufficient", refused.decision().map(Decision::rule).orElseThrow());
        assertEquals(1, orders.approvals().all().size());
        assertEquals(1, told.counts().get("authz role_not_sufficient create-order run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "approve", "consent", "conversations", "no-such-tool", "List-Orders", ""})
    void a_tool_that_is_none_is_told_as_such(String tool) {
        Tools.Ended ended = ended(call(ada, tool, Map.of()));

        assertEquals(new Tools.Output("There is no tool of this name.", false), ended.output());
        assertEquals(Optional.empty(), ended.decision());
        assertEquals(List.of(), log.calls());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "approved     | true     | There is no argument named approved; this tool takes customer_name, product, quantity.",
                "quantity     | 0        | quantity must be a whole number from 1 to 10000.",
                "quantity     | \"two\"  | quantity must be a whole number from 1 to 10000.",
                "customer_name | \"\"    | customer_name must be a text of 1 to 200 characters.",
                "a\\u0000b    | 1        | There is no argument of that name; this tool takes customer_name, product, quantity."
            })
    void arguments_that_cannot_be_are_told_recorded_as_denied_and_asked_about_by_nobody(
            String name, String value, String sentence) {
        Map<String, @Nullable Object> arguments = new HashMap<>(LAMP);
        arguments.put(name.replace("\\u0000", "\0"), JsonMapper.shared().readValue(value, Object.class));

        Tools.Ended ended = ended(call(ada, "create-order", arguments));

        assertEquals(new Tools.Output(sentence, false), ended.output());
        assertEquals(List.of("deny arguments_invalid"), records());
        assertEquals(List.of(), orders.approvals().all());
    }

    @Test
    void whoever_may_not_call_a_tool_is_not_told_what_is_wrong_with_the_arguments() {
        Caller vic = People.throughRun(People.VIC, People.FUNCTIONS, Consent.ALLOWED);

        Tools.Ended ended = ended(call(vic, "create-order", Map.of("approved", true)));

        assertEquals(DenyReason.ROLE_NOT_SUFFICIENT.sentence(), ended.output().text());
        assertEquals(List.of("deny role_not_sufficient"), records());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "ASKED", "DENIED"})
    void without_the_persons_consent_nothing_runs_and_the_run_hears_what_to_ask(String standing) {
        orders.put(People.ADA, "Lamp");
        Caller unasked = People.throughRun(People.ADA, People.FUNCTIONS, Consent.valueOf(standing));

        for (String tool : List.of("list-orders", "whoami", "health-check")) {
            Tools.Unconsented result = assertInstanceOf(Tools.Unconsented.class, call(unasked, tool, Map.of()));

            assertEquals("orders-functions", result.needs().agent());
            assertEquals(People.FUNCTIONS.scopes(), result.needs().scopes());
        }
        assertInstanceOf(Tools.Unconsented.class, call(unasked, "create-order", LAMP));
        assertInstanceOf(Tools.Unconsented.class, tools.propose(unasked, request("create-order", LAMP)));
        assertEquals(Set.of("needs_consent consent_needed"), Set.copyOf(records()));
        assertEquals(List.of(), orders.approvals().all());
    }

    @Test
    void a_consent_that_was_taken_back_is_not_asked_for_again() {
        Caller revoked = People.throughRun(People.ADA, People.FUNCTIONS, Consent.REVOKED);

        Tools.Ended ended = ended(call(revoked, "list-orders", Map.of()));

        assertEquals(new Tools.Output(DenyReason.CONSENT_REVOKED.sentence(), false), ended.output());
        assertEquals(List.of("deny consent_revoked"), records());
    }

    @Test
    void an_agent_may_not_more_than_it_asks_people_for_whatever_the_chats_token_allows() {
        Agent reading = new Agent(
                "orders-reading",
                Agent.Kind.HOSTED,
                Agent.Route.FUNCTION,
                Optional.empty(),
                People.FUNCTIONS.grant(),
                Set.of(Scope.ORDERS_READ));
        Caller caller = People.throughRun(People.ADA, reading, Consent.ALLOWED);
        assertTrue(ended(call(caller, "list-orders", Map.of())).output().success());

        assertEquals(
                DenyReason.TOOL_NOT_GRANTED.sentence(),
                ended(call(caller, "create-order", LAMP)).output().text());
    }

    @Test
    void whoever_calls_too_often_is_told_to_wait_and_nothing_is_decided_or_done() {
        assertTrue(ended(call(ada, "list-orders", Map.of())).output().success());
        budgets.empty(Budget.ofTool(ada, Action.LIST_ORDERS), Duration.ofMillis(1200));
        budgets.empty(Budget.ofWrite(ada).get(0), Duration.ofSeconds(3));

        Tools.Ended reading = ended(call(ada, "list-orders", Map.of()));
        Tools.Ended writing = ended(call(ada, "create-order", LAMP));
        Tools.Ended proposing = ended(tools.propose(ada, request("create-order", LAMP)));

        assertEquals(new Tools.Output("Too many requests; try again in 2 seconds.", false), reading.output());
        assertEquals(new Tools.Output("Too many requests; try again in 3 seconds.", false), writing.output());
        assertEquals(writing.output(), proposing.output());
        assertEquals(Optional.empty(), writing.decision());
        assertEquals(1, log.calls().size());
        assertEquals(List.of(), orders.approvals().all());
        assertEquals(1, told.counts().get("limited tool chat"));
        assertEquals(2, told.counts().get("limited agent_writes chat"));
    }

    @Test
    void where_nobody_knows_the_budgets_no_tool_runs() {
        budgets.away();

        assertFalse(ended(call(ada, "list-orders", Map.of())).output().success());
        assertEquals(List.of(), log.calls());
    }

    @Test
    void what_cannot_be_recorded_does_not_run() {
        orders.put(People.ADA, "Lamp");
        log.disconnect();

        Tools.Ended ended = ended(call(ada, "list-orders", Map.of()));

        assertEquals(
                new Tools.Output("The order desk is not available at the moment; try again shortly.", false),
                ended.output());
        assertEquals(Optional.empty(), ended.decision());
    }

    @Test
    void a_fault_of_ours_is_told_without_its_details() {
        orders.breakDown();
        Tools.Ended broken = ended(call(ada, "list-orders", Map.of()));
        orders.disconnect();
        Tools.Ended away = ended(call(ada, "list-orders", Map.of()));

        assertEquals(
                "Something went wrong here; it was not your request's fault.",
                broken.output().text());
        assertEquals(
                "The order desk is not available at the moment; try again shortly.",
                away.output().text());
    }

    @Test
    void somebody_elses_order_and_none_are_told_alike() {
        orders.put(People.ADA, "Lamp");
        Caller vic = People.throughRun(People.VIC, People.FUNCTIONS, Consent.ALLOWED);

        assertEquals(
                ended(call(vic, "get-order", Map.of("id", "ORD-999"))).output(),
                ended(call(vic, "get-order", Map.of("id", "ORD-001"))).output());
    }

    @Test
    void a_tool_that_asks_nobody_does_not_run_where_an_approval_is_needed() {
        Grant grant = new Grant(People.FUNCTIONS.grant().tools(), Set.of(), Set.of("whoami"));
        Agent strict = new Agent(
                "orders-strict",
                Agent.Kind.HOSTED,
                Agent.Route.FUNCTION,
                Optional.empty(),
                grant,
                People.FUNCTIONS.scopes());
        assertTrue(ended(call(ada, "whoami", Map.of())).output().success());

        Tools.Ended ended = ended(call(People.throughRun(People.ADA, strict, Consent.ALLOWED), "whoami", Map.of()));

        assertEquals(new Tools.Output("Approve this change first, in the web chat.", false), ended.output());
        assertEquals("needs_approval approval_needed", records().get(1));
    }

    @Test
    void whoami_says_that_it_comes_through_a_run_and_what_waits_for_an_approval() {
        JsonNode identity = JsonMapper.shared()
                .readTree(ended(call(ada, "whoami", Map.of())).output().text());

        assertEquals("person_through_run", identity.get("kind").stringValue());
        assertEquals("function", identity.get("route").stringValue());
        assertEquals("needs_approval", identity.at("/tools/2/decision").stringValue());
    }

    @Test
    void it_needs_neither_a_request_nor_its_thread() {
        Tools.Result allowed = CompletableFuture.supplyAsync(() -> call(ada, "list-orders", Map.of()))
                .join();
        Tools.Result refused = CompletableFuture.supplyAsync(() ->
                        call(People.throughRun(People.VIC, People.FUNCTIONS, Consent.ALLOWED), "create-order", LAMP))
                .join();

        assertTrue(ended(allowed).output().success());
        assertEquals(
                DenyReason.ROLE_NOT_SUFFICIENT.sentence(),
                ended(refused).output().text());
        assertTrue(
                told.lines().get(0).contains("\"correlation_id\":\"corr-1\""),
                told.lines().toString());
        assertTrue(
                told.lines().get(0).contains("\"adapter\":\"chat\""),
                told.lines().toString());
    }

    private Tools.Result call(Caller caller, String tool, Map<String, @Nullable Object> arguments) {
        return tools.call(caller, request(tool, arguments));
    }

    private static Tools.Request request(String tool, Map<String, @Nullable Object> arguments) {
        return new Tools.Request(tool, arguments, "corr-1");
    }

    private static Tools.Ended ended(Tools.Result result) {
        return assertInstanceOf(Tools.Ended.class, result);
    }

    private static Approval asked(Tools.Result result) {
        return assertInstanceOf(Tools.Asked.class, result).approval();
    }

    private List<String> records() {
        return log.calls().stream()
                .map(call -> call.decision() + " " + call.rule())
                .toList();
    }
}
