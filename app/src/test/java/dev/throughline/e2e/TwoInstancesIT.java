package dev.throughline.e2e;

import static dev.throughline.e2e.WebChat.ASSISTANT;
import static dev.throughline.e2e.WebChat.CONVERSATIONS;
import static dev.throughline.e2e.WebChat.FUNCTIONS;
import static dev.throughline.e2e.WebChat.resuming;
import static dev.throughline.e2e.WebChat.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.run.LibertyServer;
import dev.throughline.local.run.LocalStack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers over one database: what one of them has begun the other finishes, and what one is told both obey. */
class TwoInstancesIT {
    private static LibertyServer second;
    private static LocalPorts ports;

    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Desk desk = new Desk(stack);
    private final Rows rows = new Rows(stack);
    private final WebChat here = WebChat.of(api);
    private final WebChat there = new WebChat(URI.create("http://localhost:" + ports.web() + "/"), api.signIn());

    @BeforeAll
    static void another_server() {
        ports = LocalPorts.free();
        second = Running.stack().startBeside(ports, Running.emptyFolder("second"), Running.NO_LIMITS);
    }

    @AfterAll
    static void stop() {
        second.close();
    }

    @BeforeEach
    void nobody_has_consented() {
        desk.clear();
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {ASSISTANT, FUNCTIONS})
    void a_consent_that_is_taken_back_at_one_stops_the_other_at_once(String agent) {
        desk.letAct(Person.VIC, agent);
        String id = here.consentOf(Person.VIC, agent).text("id");
        AgentClient client = new AgentClient(
                there,
                stack.entra()
                        .tokens()
                        .user("vic", Ids.ASSISTANT, "Orders.Read", "Orders.Write")
                        .sign());
        assertEquals(
                "",
                Hearing.LIVE
                        .turn(there, Person.VIC, saying(agent, "list my orders"))
                        .error());
        AgentClient.content(client.call(McpEra.LEGACY, "list-orders", "{}"));

        assertEquals(204, here.delete(Person.VIC, WebChat.CONSENTS + "/" + id).statusCode());

        assertEquals(
                "consent_revoked",
                Hearing.LIVE
                        .turn(there, Person.VIC, saying(agent, "list my orders"))
                        .error());
        assertEquals(
                agent.equals(ASSISTANT),
                client.call(McpEra.LEGACY, "list-orders", "{}").flag("isError"),
                "The token of the agent that was stopped, and of no other");
        assertEquals(
                200, there.decide(Person.VIC, WebChat.CONSENTS, id, "allow").statusCode());
        assertEquals(
                "",
                Hearing.LIVE
                        .turn(here, Person.VIC, saying(agent, "list my orders"))
                        .error());
    }

    @Test
    void of_those_who_resume_at_either_one_runs_and_of_those_who_answer_one_counts() throws Exception {
        desk.letAct(Person.PAT, FUNCTIONS);
        Turn asked = Hearing.AT_ONCE.turn(here, Person.PAT, saying(FUNCTIONS, "create an order for Zoe: 2 desk lamps"));
        String id = asked.approval().text("id");

        List<Integer> answers = AtOnce.all(
                List.of(answer(here, id), answer(there, id), answer(here, id), answer(there, id), answer(there, id)));
        List<Integer> runs = AtOnce.all(
                List.of(resume(here, asked), resume(there, asked), resume(here, asked), resume(there, asked)));

        assertEquals(1, answers.stream().filter(status -> status == 200).count(), answers.toString());
        assertEquals(1, runs.stream().filter(status -> status == 200).count(), runs.toString());
        assertEquals(1, desk.extraOrders());
    }

    @Test
    void what_people_do_at_either_is_in_one_chain_which_both_say_holds() throws Exception {
        List<URI> servers = List.of(stack.web(), URI.create("http://localhost:" + ports.web() + "/"));
        String placing = api.signIn().token(Person.PAT);
        List<Callable<HttpResponse<String>>> orders = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            servers.forEach(server -> orders.add(() -> place(placing, server)));
        }

        List<String> placed = AtOnce.all(orders).stream()
                .map(answer -> "'" + Json.of(answer.body()).text("id") + "'")
                .toList();

        assertEquals(List.of("1"), rows.recorded("select 1 where not exists (select from audit_unsealed)"));
        assertEquals(
                List.of("80 records of 2 instances"),
                rows.find("select count(*) || ' records of ' || count(distinct body ->> 'instance') || ' instances'"
                        + " from audit_record join audit_seal on record = id where resource in ("
                        + String.join(", ", placed) + ")"));
        assertEquals(List.of("t"), rows.find("select count(*) = max(seq) from audit_seal"));
        String auditing = api.signIn().token(Person.ADA, "Orders.Audit");
        for (URI server : servers) {
            String path = "/api/v1/audit/verification?user=" + Person.PAT.id;
            HttpResponse<String> verified = Http.send(bearing(auditing, server.resolve(path)));
            assertTrue(Json.of(verified.body()).flag("holds"), verified.body());
        }
    }

    private static HttpResponse<String> place(String token, URI server) {
        HttpRequest.Builder request = bearing(token, server.resolve(Api.ORDERS));
        return Http.send(
                Api.withBody(request, "POST", Map.of("customer_name", "Zoe", "product", "Lamp", "quantity", 2)));
    }

    private static HttpRequest.Builder bearing(String token, URI address) {
        return HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header(Api.CORRELATION_ID, UUID.randomUUID().toString());
    }

    private static Callable<Integer> answer(WebChat at, String id) {
        return () -> at.decide(Person.PAT, WebChat.APPROVALS, id, "approve").statusCode();
    }

    private static Callable<Integer> resume(WebChat at, Turn asked) {
        return () -> at.chat(Person.PAT, resuming(asked.conversation())).statusCode();
    }

    @Test
    void what_waits_when_a_server_is_killed_goes_on_at_the_other_and_at_the_next_one() {
        desk.letAct(Person.PAT, FUNCTIONS);
        desk.letAct(Person.PAT, ASSISTANT);
        String first = desk.order(Person.PAT);
        String other = desk.order(Person.PAT);
        Turn ours = Hearing.LIVE.turn(here, Person.PAT, saying(FUNCTIONS, "change the quantity of " + first + " to 4"));
        Turn foundrys =
                Hearing.LIVE.turn(here, Person.PAT, saying(ASSISTANT, "change the quantity of " + other + " to 5"));

        stack.server().kill();
        try {
            assertEquals(
                    ours.approval().toString(),
                    there.found(Person.PAT, CONVERSATIONS + "/" + ours.conversation())
                            .at("/approvals/0")
                            .toString());
            for (Turn turn : List.of(ours, foundrys)) {
                assertEquals(
                        200,
                        there.decide(
                                        Person.PAT,
                                        WebChat.APPROVALS,
                                        turn.approval().text("id"),
                                        "approve")
                                .statusCode());
            }
            Turn done = Hearing.LIVE.turn(there, Person.PAT, resuming(ours.conversation()));
            assertTrue(done.text().contains("Done"), done.toString());
            assertEquals("4 v2", desk.row(first));
            assertEquals(List.of(ours.hops(), done.hops()), there.kept(Person.PAT, ours.conversation()));
        } finally {
            stack.startServer();
            stack.awaitReady();
        }
        Turn done = Hearing.LIVE.turn(here, Person.PAT, resuming(foundrys.conversation()));
        assertTrue(done.text().contains("Done"), done.toString());
        assertEquals("5 v2", desk.row(other));
        assertEquals(
                foundrys.approval().text("id"), done.hopTo("mcp").text("approval"), "Seen by the server that is new");
        assertEquals("4 v2", desk.row(first));
    }
}
