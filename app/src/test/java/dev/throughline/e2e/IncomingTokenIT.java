package dev.throughline.e2e;

import static dev.throughline.e2e.WebChat.more;
import static dev.throughline.e2e.WebChat.resuming;
import static dev.throughline.e2e.WebChat.saying;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.local.foundry.Fault;
import dev.throughline.local.run.LocalStack;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Wherever an agent's turn leads, the token that it began with leaves as the assertion of the exchange, and can be
 * found nowhere else.
 */
class IncomingTokenIT {
    private final LocalStack stack = Running.stack();
    private final Api api = new Api(stack);
    private final Desk desk = new Desk(stack);
    private final Rows rows = new Rows(stack);
    private final List<HttpResponse<String>> answers = new ArrayList<>();

    @BeforeEach
    void nobody_has_consented() {
        desk.clear();
    }

    @AfterEach
    void leave_nothing_behind() {
        desk.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, orders-assistant",
        "text/event-stream, orders-assistant",
        "application/json, orders-functions",
        "text/event-stream, orders-functions"
    })
    void a_token_leaves_as_the_assertion_and_nowhere_else(String accept, String agent) {
        desk.letAct(Person.ADA, agent);
        String order = desk.order(Person.ADA);
        String token = api.signIn().token(Person.ADA, "Orders.Read", "Orders.Write");

        Turn asked = turn(token, accept, saying(agent, "change the quantity of " + order + " to 4"));
        String conversation = asked.conversation();
        String approval = asked.approval().text("id");
        decide(token, WebChat.APPROVALS + "/" + approval, "approve");
        decide(token, WebChat.APPROVALS + "/" + approval, "approve");
        turn(token, accept, resuming(conversation));
        assertEquals("4 v2", desk.row(order));
        turn(token, accept, more(conversation, "show " + order));
        stack.foundry().failNext(new Fault.Refused(500));
        turn(token, accept, more(conversation, "help"));
        stack.foundry().failNext(Fault.unauthorized());
        turn(token, accept, more(conversation, "help"));
        for (String path : List.of(
                WebChat.AGENTS,
                WebChat.APPROVALS,
                WebChat.CONSENTS,
                WebChat.CONVERSATIONS,
                WebChat.APPROVALS + "/unknown",
                "/",
                "/api/v1/config",
                "/metrics",
                "/health",
                "/openapi",
                "/nothing-here")) {
            keep(Http.send(api.bearing(token, path)));
        }

        answers.forEach(answer ->
                assertFalse(answer.body().contains(token), answer.uri().toString()));
        answers.forEach(answer -> assertFalse(answer.headers().map().toString().contains(token)));
        assertEquals(Set.of("assertion"), whereEntraSaw(token));
        assertEquals(Set.of(), whereFoundrySaw(token));
        assertEquals(List.of(), stack.foundry().hostedViolations());
        assertLogsHaveNoPartOf(token);
    }

    private Turn turn(String token, String accept, Map<String, Object> body) {
        HttpRequest.Builder request = api.bearing(token, Api.CHAT).header("Accept", accept);
        HttpResponse<String> answer = keep(Http.send(Api.withBody(request, "POST", body)));
        return accept.equals("application/json") ? Turn.of(Json.of(answer.body())) : Turn.of(Events.of(answer.body()));
    }

    private void decide(String token, String path, String decision) {
        keep(Http.send(Api.withBody(api.bearing(token, path), "POST", Map.of("decision", decision))));
    }

    private HttpResponse<String> keep(HttpResponse<String> answer) {
        answers.add(answer);
        return answer;
    }

    private Set<String> whereEntraSaw(String token) {
        Set<String> places = new TreeSet<>();
        Set<String> forms = Set.of(Sha256.hex(token), Sha256.hex("Bearer " + token));
        stack.entra().requests().forEach(request -> {
            addMatching(request.digests(), forms, places);
            addMatching(request.headers(), forms, places);
        });
        return places;
    }

    private static void addMatching(Map<String, String> digests, Set<String> forms, Set<String> places) {
        digests.forEach((name, digest) -> {
            if (forms.contains(digest)) {
                places.add(name);
            }
        });
    }

    private Set<String> whereFoundrySaw(String token) {
        Set<String> places = new TreeSet<>();
        Set<String> forms = Set.of(Sha256.hex(token), Sha256.hex("Bearer " + token));
        assertFalse(stack.foundry().requests().isEmpty());
        List.of(stack.foundry().requests(), stack.foundry().hostedRequests())
                .forEach(requests -> requests.forEach(request -> {
                    if (request.body().contains(token)) {
                        places.add("body");
                    }
                    request.headers().forEach((name, digests) -> {
                        if (digests.stream().anyMatch(forms::contains)) {
                            places.add(name);
                        }
                    });
                }));
        return places;
    }

    private void assertLogsHaveNoPartOf(String token) {
        List<String> files = new ServerLog(stack).files();
        for (String part : token.split("\\.")) {
            assertTrue(files.stream().noneMatch(file -> file.contains(part)), "A log holds a part of the token");
        }
        assertEquals(List.of(), rows.columnsContaining(token));
    }
}
