package dev.throughline.e2e;

import static dev.throughline.e2e.WebChat.ASSISTANT;
import static dev.throughline.e2e.WebChat.FUNCTIONS;
import static dev.throughline.e2e.WebChat.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on record of what everybody does, and how an administrator finds it. */
class AuditIT {
    private static final String AUDIT = "/api/v1/audit";
    private static final Map<String, Object> LAMPS =
            Map.of("customer_name", "Zoe Quill", "product", "Desk Lamp", "quantity", 2);

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final WebChat chat = WebChat.of(api);
    private final Desk desk = new Desk(stack);
    private final Rows rows = new Rows(stack);

    @BeforeEach
    void nobody_has_consented() {
        desk.clear();
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
    }

    @Test
    void each_request_over_rest_leaves_exactly_one_record_of_what_came_of_it() {
        HttpResponse<String> created = api.post(Person.ADA, Api.ORDERS, LAMPS);
        String order = Json.of(created.body()).text("id");
        String path = Api.ORDERS + "/" + order;

        assertEquals(List.of("create-order permit tenant_rows done " + order + " 1"), recordsOf(created));
        assertEquals(
                List.of("get-order permit tenant_rows done " + order + " 1"), recordsOf(api.get(Person.ADA, path)));
        assertEquals(
                List.of("get-order permit own_rows not_found " + order + " "), recordsOf(api.get(Person.VIC, path)));
        assertEquals(List.of("list-orders permit own_rows done  "), recordsOf(api.get(Person.VIC, Api.ORDERS)));
        assertEquals(
                List.of("update-order permit tenant_rows done " + order + " 2"),
                recordsOf(api.put(Person.PAT, path, Map.of("quantity", 3))));
        assertEquals(
                List.of("update-order deny role_not_sufficient refused " + order + " "),
                recordsOf(api.put(Person.VIC, path, Map.of("quantity", 3))));
        assertEquals(
                List.of("create-order deny role_not_sufficient refused  "),
                recordsOf(api.post(Person.VIC, Api.ORDERS, LAMPS)));
        assertEquals(
                List.of("delete-order permit tenant_rows done " + order + " 2"),
                recordsOf(api.delete(Person.ADA, path)));
        assertEquals(
                List.of("delete-order permit tenant_rows not_found " + order + " "),
                recordsOf(api.delete(Person.ADA, path)));
    }

    @ParameterizedTest
    @EnumSource
    void each_tool_call_leaves_exactly_one_record(McpEra era) {
        desk.letAct(Person.PAT, ASSISTANT);
        String order = desk.order(Person.PAT);
        String token = stack.entra()
                .tokens()
                .user("pat", Ids.ASSISTANT, "Orders.Read", "Orders.Write")
                .sign();

        assertEquals(
                List.of("get-order permit tenant_rows done " + order + " 1"),
                called(era, token, "get-order", "{\"id\":\"" + order + "\"}"));
        assertEquals(List.of("list-orders permit tenant_rows done  "), called(era, token, "list-orders", "{}"));
        assertEquals(List.of("whoami permit any_valid_caller done  "), called(era, token, "whoami", "{}"));
        assertEquals(List.of("health-check permit any_valid_caller done  "), called(era, token, "health-check", "{}"));
        assertEquals(
                List.of("get-order deny arguments_invalid refused  "), called(era, token, "get-order", "{\"id\":7}"));
        assertEquals(
                List.of("delete-order deny role_not_sufficient refused  "),
                called(era, token, "delete-order", "{\"id\":\"" + order + "\"}"));
        assertEquals(
                List.of("update-order needs_approval approval_needed asked " + order + " 1"),
                called(era, token, "update-order", "{\"id\":\"" + order + "\",\"quantity\":7}"));
        assertEquals(
                List.of("update-order needs_approval approval_needed asked " + order + " 1"),
                called(era, token, "update-order", "{\"id\":\"" + order + "\",\"quantity\":7}"));

        String approval =
                chat.found(Person.PAT, WebChat.APPROVALS).at("/items/0").text("id");
        HttpResponse<String> yes = chat.decide(Person.PAT, WebChat.APPROVALS, approval, "approve");
        assertEquals(List.of("approve permit own_rows approved  "), recordsOf(yes));
        assertEquals(
                List.of("update-order permit tenant_rows done " + order + " 2"),
                called(era, token, "update-order", "{\"id\":\"" + order + "\",\"quantity\":7}"));
        assertEquals(
                List.of(approval),
                rows.find("select body ->> 'approval' from audit_record where resource = '" + order
                        + "' and body ->> 'outcome' = 'done' and body ->> 'action' = 'update-order'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ASSISTANT, FUNCTIONS})
    void an_administrator_follows_an_answer_to_the_row_and_back(String agent) {
        desk.letAct(Person.ADA, agent);
        String order = desk.order(Person.ADA);
        Turn shown = Hearing.LIVE.turn(chat, Person.ADA, saying(agent, "show " + order));
        assertEquals(List.of("get-order completed"), shown.tools());

        rows.recorded("select id::text from audit_record where resource = '" + order
                + "' and body ->> 'action' = 'get-order'");
        List<Json> ofTurn = found("?conversation=" + shown.conversation());
        Json row = only(ofTurn, "get-order");
        assertEquals(order, row.text("resource"));
        assertEquals(Person.ADA.id, row.text("user"));
        assertEquals(agent, row.text("agent"));
        assertEquals(agent.equals(ASSISTANT) ? "mcp" : "chat", row.text("door"));
        Json run = only(ofTurn, "chat");
        assertEquals("answered", run.text("outcome"));
        assertEquals(agent, run.text("agent"));

        List<Json> ofOrder = found("?order=" + order + "&limit=200");
        assertTrue(ofOrder.stream().anyMatch(record -> record.text("id").equals(row.text("id"))));
        assertTrue(
                ofOrder.stream().anyMatch(record -> record.text("conversation").equals(shown.conversation())),
                ofOrder.toString());
        List<Json> ofRun = found("?run=" + run.text("run"));
        assertEquals(
                ofTurn.stream()
                        .map(Json::toString)
                        .filter(text -> text.contains("get-order"))
                        .toList(),
                ofRun.stream()
                        .map(Json::toString)
                        .filter(text -> text.contains("get-order"))
                        .toList());
        Json verdict = audit("/verification?conversation=" + shown.conversation());
        assertTrue(verdict.flag("holds"), verdict.toString());
        assertEquals(ofTurn.size(), verdict.number("records"));
        assertEquals(verdict.number("records"), verdict.number("sealed"));
    }

    @Test
    void the_log_is_for_administrators_with_the_scope_for_it() {
        for (String path : List.of("", "/verification", "/export", "/key")) {
            HttpResponse<String> admin = Http.send(api.bearing(auditing(Person.ADA), AUDIT + path));
            assertEquals(200, admin.statusCode(), path + " " + admin.body());
            HttpResponse<String> analyst = Http.send(api.bearing(auditing(Person.ANA), AUDIT + path));
            assertEquals(403, analyst.statusCode());
            assertEquals("role_not_sufficient", Json.of(analyst.body()).text("reason"));
            assertEquals(List.of("read-audit deny role_not_sufficient refused  "), recordsOf(analyst));
            HttpResponse<String> scopeless = api.get(Person.ADA, AUDIT + path);
            assertEquals(403, scopeless.statusCode());
            assertEquals("insufficient_scope", Json.of(scopeless.body()).text("reason"));
            assertTrue(scopeless
                    .headers()
                    .firstValue("WWW-Authenticate")
                    .orElseThrow()
                    .contains("/Orders.Audit\""));
        }
        assertEquals(401, Http.send(api.anonymous(AUDIT)).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?user=vic",
                "?order=../x",
                "?run=1",
                "?conversation=1",
                "?agent=",
                "?limit=0",
                "?limit=201",
                "?limit=x",
                "?cursor=x",
                "?more=1",
                "?order=ORD-001&order=ORD-002",
                "/verification?limit=1"
            })
    void a_query_that_means_nothing_is_told_so(String query) {
        HttpResponse<String> answer = Http.send(api.bearing(auditing(Person.ADA), AUDIT + query));

        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void pages_go_on_where_the_last_one_ended_for_whom_and_what_they_were_asked() {
        api.get(Person.VIC, Api.ORDERS);
        api.get(Person.VIC, Api.ORDERS);
        String query = "?user=" + Person.VIC.id + "&limit=1";
        Json first = audit(query);
        String cursor = first.text("next_cursor");
        Json second = audit(query + "&cursor=" + cursor);

        assertTrue(
                first.at("/items/0").text("id").compareTo(second.at("/items/0").text("id")) > 0);
        assertEquals(
                400,
                Http.send(api.bearing(auditing(Person.ADA), AUDIT + "?limit=1&cursor=" + cursor))
                        .statusCode());
    }

    @Test
    void the_export_is_the_whole_chain_and_each_link_follows_from_the_last() throws Exception {
        api.get(Person.VIC, Api.ORDERS);
        HttpResponse<String> answer = Http.send(api.bearing(auditing(Person.ADA), AUDIT + "/export"));
        assertEquals(
                "application/x-ndjson",
                answer.headers().firstValue("Content-Type").orElse(""));
        List<String> lines = answer.body().lines().toList();

        byte[] chain = new byte[32];
        int size = 0;
        for (String line : lines.subList(1, lines.size())) {
            if (line.contains("\"record\":")) {
                String body = line.substring(line.indexOf("\"record\":") + 9, line.length() - 1);
                chain = sha256(2, chain, sha256(0, body.getBytes(StandardCharsets.UTF_8)));
                size++;
                assertTrue(line.startsWith(
                        "{\"seq\":" + size + ",\"chain\":\"" + HexFormat.of().formatHex(chain)));
                assertFalse(body.contains("@contoso") || body.contains("Zoe") || Problems.holdsToken(body), body);
            }
        }
        String note = Json.of(lines.get(0)).text("checkpoint");
        assertEquals(String.valueOf(size), note.split("\n")[1]);
        assertEquals(note, Json.of(lines.get(lines.size() - 1)).text("checkpoint"));
        assertTrue(audit("/key").text("key").startsWith(note.split("\n")[0] + "+"));
    }

    @Test
    void the_metrics_tell_whether_the_chain_holds() {
        Metrics metrics = new Metrics(api);

        assertEquals(1.0, metrics.value("audit_chain_ok"));
        assertTrue(metrics.value("audit_lag_seconds") < 5);
    }

    private List<String> called(McpEra era, String token, String tool, String arguments) {
        var call = era.call(tool, arguments);
        HttpRequest.Builder request =
                Api.withBody(era.headed(api.bearing(token, Api.MCP), call), "POST", call.toString());
        return recordsOf(Http.send(request));
    }

    /** The records that a request has led to, each as {@code action decision rule outcome resource version}. */
    private List<String> recordsOf(HttpResponse<String> answer) {
        String correlation =
                answer.request().headers().firstValue(Api.CORRELATION_ID).orElseThrow();
        assertEquals(correlation, UUID.fromString(correlation).toString());
        return rows.recorded("select concat_ws(' ', body ->> 'action', body ->> 'decision', body ->> 'rule',"
                + " body ->> 'outcome', coalesce(resource, ''), coalesce(body ->> 'version', '')) from audit_record"
                + " where body ->> 'correlation' = '" + correlation + "' order by id");
    }

    private List<Json> found(String query) {
        return audit(query).all("/items");
    }

    private Json audit(String path) {
        HttpResponse<String> answer = Http.send(api.bearing(auditing(Person.ADA), AUDIT + path));
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.of(answer.body());
    }

    private String auditing(Person person) {
        return api.signIn().token(person, "Orders.Audit");
    }

    private static Json only(List<Json> records, String action) {
        List<Json> found = records.stream()
                .filter(record -> record.text("action").equals(action))
                .toList();
        assertEquals(1, found.size(), records.toString());
        return found.get(0);
    }

    private static byte[] sha256(int sort, byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) sort);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }
}
