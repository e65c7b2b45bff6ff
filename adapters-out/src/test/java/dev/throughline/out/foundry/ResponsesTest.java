package dev.throughline.out.foundry;

import static dev.throughline.out.foundry.AgentGatewayContract.AGENT;
import static dev.throughline.out.foundry.AgentGatewayContract.LINK;
import static dev.throughline.out.foundry.AgentGatewayContract.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.ApprovalsRequested;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.FunctionsCalled;
import dev.throughline.conversation.AgentGateway.Message;
import dev.throughline.conversation.AgentGateway.Outcome;
import dev.throughline.conversation.AgentGateway.Question;
import dev.throughline.conversation.RunFailure;
import dev.throughline.out.foundry.FoundrySettings.Endpoint;
import dev.throughline.out.http.WireServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What responses of each shape come to, streamed and in one piece. */
class ResponsesTest {
    private static final Call DELETE_003 = new Call("mcpr_1", "delete-order", Map.of("id", "ORD-003"));
    private static final Call GET_003 = new Call("call_1", "get-order", Map.of("id", "ORD-003"));
    private static final Failed FAILED = new Failed(RunFailure.AGENT_FAILED);
    private static final Failed UNAVAILABLE = new Failed(RunFailure.AGENT_UNAVAILABLE);

    private final Heard heard = new Heard();
    private final WireServer server = new WireServer();
    private final AgentGateway gateway = new FoundryAgentGateway(
            new FoundrySettings(server.address("/api/projects/orders"), Endpoint.PROJECT, false));

    @AfterEach
    void stop() {
        server.close();
    }

    /**
     * A response.
     *
     * @param name what is special about it
     * @param outcome what it comes to
     * @param text what has been said
     * @param items its output
     */
    private record Shape(String name, Outcome outcome, String text, List<String> items) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Shape> shapes() {
        String approve = Wire.approval("mcpr_1", Wire.ORD_003);
        String function = Wire.function("call_1", "get-order", Wire.ORD_003);
        String call = Wire.call("\"{}\"", "\"status\":\"completed\",\"output\":\"{}\"");
        Outcome answered = new Answered("resp_1");
        Outcome approval = new ApprovalsRequested("resp_1", List.of(DELETE_003));
        Outcome called = new FunctionsCalled("resp_1", List.of(GET_003));
        Outcome consent = new ConsentRequested("resp_1", "oauthreq_1", LINK);
        return Stream.of(
                shape("nothing at all", answered, ""),
                shape("a message", answered, "Hi", Wire.message("Hi")),
                shape("a message after a call", answered, "Hi", call, Wire.message("Hi")),
                shape(
                        "a refusal",
                        answered,
                        "No",
                        "{\"id\":\"m\",\"type\":\"message\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"No\"}]}"),
                shape(
                        "parts that nobody knows",
                        answered,
                        "Hi",
                        "{\"id\":\"m\",\"type\":\"message\",\"content\":[{\"type\":\"hologram\",\"text\":\"?\"},7,"
                                + "{\"type\":\"output_text\",\"text\":\"Hi\"}]}"),
                shape(
                        "a message of somebody else",
                        answered,
                        "",
                        Wire.message("Hi").replace("\"assistant\"", "\"user\"")),
                shape(
                        "items that nobody knows",
                        answered,
                        "Hi",
                        "{\"id\":\"r\",\"type\":\"reasoning\",\"summary\":[]}",
                        "{\"type\":\"structured_outputs\",\"output\":{}}",
                        "{\"id\":\"w\",\"type\":\"workflow_action\",\"name\":7}",
                        Wire.message("Hi")),
                shape("an approval", approval, "", approve),
                shape("an approval after a text", approval, "One moment.", Wire.message("One moment."), approve),
                shape("an approval after a call", approval, "", call, approve),
                shape(
                        "approvals",
                        new ApprovalsRequested(
                                "resp_1",
                                List.of(DELETE_003, new Call("mcpr_2", "delete-order", Map.of("id", "ORD-005")))),
                        "",
                        approve,
                        Wire.approval("mcpr_2", Wire.ORD_005)),
                shape("a function", called, "", function),
                shape("a function after a text", called, "One moment.", Wire.message("One moment."), function),
                shape("a consent", consent, "", Wire.CONSENT_ITEM),
                shape("a consent beside an approval", consent, "", approve, Wire.CONSENT_ITEM),
                shape(
                        "a second consent",
                        consent,
                        "",
                        Wire.CONSENT_ITEM,
                        Wire.CONSENT_ITEM.replace("oauthreq_1", "oauthreq_2")),
                shape("an approval and a function", FAILED, "", approve, function),
                shape("a function without an id", FAILED, "", function.replace("\"call_1\"", "\"\"")),
                shape("a function without a name", FAILED, "", function.replace("\"get-order\"", "7")),
                shape(
                        "a function that is not complete",
                        FAILED,
                        "",
                        function.replace("\"completed\"", "\"incomplete\"")),
                shape("a function twice", FAILED, "", function, function.replace("fc_call_1", "fc_call_2")),
                shape("an approval without an id", FAILED, "", approve.replace("mcpr_1", "")),
                shape("arguments cut off", FAILED, "", Wire.function("call_1", "get-order", "\"{\\\"id\\\":\\\"ORD\"")),
                shape(
                        "arguments with a name twice",
                        FAILED,
                        "",
                        Wire.approval("mcpr_1", "\"{\\\"id\\\":\\\"ORD-003\\\",\\\"id\\\":\\\"ORD-005\\\"}\"")),
                shape(
                        "one good call and one that cannot be read",
                        FAILED,
                        "",
                        function,
                        Wire.function("call_2", "get-order", "\"[]\"")));
    }

    private static Shape shape(String name, Outcome outcome, String text, String... items) {
        return new Shape(name, outcome, text, List.of(items));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_response_that_is_streamed_item_by_item(Shape shape) {
        streams(Stream.concat(
                Stream.concat(Stream.of(Wire.CREATED), shape.items().stream().map(Wire::done)),
                Stream.of(Wire.COMPLETED)));
        assertComesTo(shape);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_response_whose_items_are_only_in_its_end(Shape shape) {
        streams(Stream.of(Wire.CREATED, ended(shape.items())));
        assertComesTo(shape);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_response_whose_items_are_told_twice(Shape shape) {
        List<String> items = shape.items();
        streams(Stream.concat(
                Stream.concat(
                        Stream.of(Wire.CREATED),
                        IntStream.range(0, items.size())
                                .mapToObj(i -> Wire.done(items.get(i))
                                        .replace("\"output_index\":0", "\"output_index\":" + i))),
                Stream.of(ended(items))));
        assertComesTo(shape);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_response_in_one_piece(Shape shape) {
        answers(Wire.whole("completed", "", shape.items().toArray(String[]::new)));
        assertComesTo(shape);
    }

    private void assertComesTo(Shape shape) {
        assertEquals(shape.outcome(), ask());
        assertEquals(shape.text(), heard.text.toString());
        assertEquals("agent orders-assistant guided", heard.events.get(0));
    }

    private static String ended(List<String> items) {
        return "{\"type\":\"response.completed\",\"response\":"
                + Wire.whole("completed", "", items.toArray(String[]::new)) + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "incomplete, '', true",
        "incomplete, '\"reason\":null', true",
        "incomplete, '\"reason\":\"max_output_tokens\"', false"
    })
    void calls_of_a_response_that_was_cut_off_are_not_answered(String status, String details, boolean asked) {
        String function = Wire.function("call_1", "get-order", Wire.ORD_003);
        Outcome expected = asked ? new FunctionsCalled("resp_1", List.of(GET_003)) : FAILED;
        answers(Wire.whole(status, ",\"incomplete_details\":{" + details + "}", function));
        assertEquals(expected, ask());
    }

    @Test
    void calls_of_a_stream_that_breaks_off_are_not_answered() {
        streams(Stream.of(Wire.CREATED, Wire.done(Wire.approval("mcpr_1", Wire.ORD_003))));
        assertEquals(UNAVAILABLE, ask());
        streams(Stream.of(Wire.CREATED, Wire.done(Wire.function("call_1", "get-order", Wire.ORD_003))));
        assertEquals(UNAVAILABLE, ask());
    }

    @Test
    void a_call_that_is_only_begun_is_none() {
        streams(Stream.of(
                Wire.CREATED, Wire.added(Wire.function("call_1", "get-order", Wire.ORD_003)), Wire.COMPLETED));
        assertEquals(new Answered("resp_1"), ask());
    }

    @Test
    void as_many_calls_as_allowed_are_asked_about_and_more_are_not() {
        answers(Wire.whole("completed", "", functions(32)));
        assertEquals(32, assertInstanceOf(FunctionsCalled.class, ask()).calls().size());
        answers(Wire.whole("completed", "", functions(33)));
        assertEquals(FAILED, ask());
    }

    private static String[] functions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Wire.function("call_" + i, "get-order", Wire.ORD_003))
                .toArray(String[]::new);
    }

    @Test
    void as_many_items_as_allowed_are_read_and_more_are_not() {
        answers(Wire.whole("completed", "", messages(256)));
        assertEquals(new Answered("resp_1"), ask());
        answers(Wire.whole("completed", "", messages(257)));
        assertEquals(FAILED, ask());
    }

    private static String[] messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Wire.message("x").replace("msg_7", "msg_" + i))
                .toArray(String[]::new);
    }

    @Test
    void an_answer_that_does_not_come_to_its_end_is_none() {
        String piece = Wire.delta("x".repeat(100_000));
        streams(Stream.concat(
                Stream.of(Wire.CREATED),
                Stream.concat(Stream.generate(() -> piece).limit(10), Stream.of(Wire.COMPLETED))));
        assertEquals(new Answered("resp_1"), ask());
        streams(Stream.concat(
                Stream.of(Wire.CREATED),
                Stream.concat(Stream.generate(() -> piece).limit(11), Stream.of(Wire.COMPLETED))));
        assertEquals(FAILED, ask());
    }

    @Test
    void a_text_that_comes_at_once_is_told_once() {
        streams(Stream.of(
                Wire.CREATED,
                "{\"type\":\"response.output_text.done\",\"item_id\":\"msg_7\",\"content_index\":0,\"text\":\"Hi\"}",
                Wire.done(Wire.message("Hi")),
                ended(List.of(Wire.message("Hi").replace("msg_7", "msg_8")))));
        assertEquals(new Answered("resp_1"), ask());
        assertEquals("Hi", heard.text.toString());
    }

    @Test
    void items_without_an_id_are_told_apart_by_their_places() {
        String call = Wire.call("\"{}\"", "\"status\":\"completed\"").replace("\"mcp_1\"", "null");
        answers(Wire.whole("completed", "", call, call, Wire.message("Hi").replace("\"msg_7\"", "null")));
        ask();
        assertEquals(
                List.of(
                        "agent orders-assistant guided",
                        "started resp_1-item-0 list-orders",
                        "finished resp_1-item-0",
                        "started resp_1-item-1 list-orders",
                        "finished resp_1-item-1",
                        "text resp_1-item-2"),
                heard.events);
    }

    @Test
    void parts_of_a_message_are_told_apart() {
        streams(Stream.of(
                Wire.CREATED,
                "{\"type\":\"response.output_text.delta\",\"item_id\":\"msg_7\",\"content_index\":0,\"delta\":\"Hi\"}",
                Wire.done(
                        "{\"id\":\"msg_7\",\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"},"
                                + "{\"type\":\"refusal\",\"refusal\":\", no.\"}]}"),
                Wire.COMPLETED));
        ask();
        assertEquals("Hi, no.", heard.text.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "../x", "resp 1", "7 | x"})
    void a_response_that_could_not_be_continued_is_none(String id) {
        answers(Wire.whole("completed", "").replace("resp_1", id));
        assertEquals(FAILED, ask());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failed | ,\"error\":{\"code\":\"server_error\",\"message\":\"x\"} | AGENT_UNAVAILABLE",
                "failed | ,\"error\":null | AGENT_FAILED",
                "cancelled | ,\"error\":null | AGENT_FAILED",
                "in_progress | ,\"error\":null | AGENT_UNAVAILABLE",
                "queued | ,\"error\":null | AGENT_UNAVAILABLE"
            })
    void a_response_in_one_piece_that_is_no_answer(String status, String rest, RunFailure failure) {
        answers(Wire.whole(status, rest));
        assertEquals(new Failed(failure), ask());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{broken", "{\"error\":{\"code\":\"x\"}}", "\"completed\""})
    void json_that_is_no_response_is_an_outage(String body) {
        answers(body);
        assertEquals(UNAVAILABLE, ask());
    }

    @Test
    void a_response_in_one_piece_that_is_huge_is_an_outage() {
        answers(Wire.whole("completed", "", Wire.message("x".repeat(2 * 1024 * 1024))));
        assertEquals(UNAVAILABLE, ask());
        assertTrue(heard.events.isEmpty());
    }

    private void streams(Stream<String> events) {
        server.answers(200, "text/event-stream", Wire.stream(events.toArray(String[]::new)));
    }

    private void answers(String body) {
        server.answers(200, "application/json; charset=utf-8", body);
    }

    private Outcome ask() {
        return gateway.ask(new Question(AGENT, new Message("list my orders"), Optional.empty()), token(), heard);
    }
}
