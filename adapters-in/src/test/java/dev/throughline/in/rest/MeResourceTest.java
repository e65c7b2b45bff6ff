package dev.throughline.in.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.access.Caller;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.in.fakes.Answer;
import dev.throughline.in.fakes.Desk;
import dev.throughline.in.fakes.People;
import dev.throughline.in.fakes.SignedIn;
import dev.throughline.in.fakes.Told;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MeResourceTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @Test
    void everybody_is_told_who_they_are_and_what_there_is_for_them() {
        Answer answer = me(People.directly(People.VIC));

        assertEquals(200, answer.status());
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        assertEquals(People.VIC.id().toString(), answer.json().get("user").stringValue());
        assertEquals(
                List.of(
                        "list-orders",
                        "get-order",
                        "chat",
                        "approve",
                        "consent",
                        "conversations",
                        "whoami",
                        "health-check"),
                may(answer));
    }

    @Test
    void what_is_offered_is_a_matter_of_the_role_and_not_of_the_scopes_that_a_token_has_already() {
        List<String> all = may(me(People.directly(People.ADA)));
        List<String> reading = may(me(People.directly(People.ADA, Set.of(Scope.ORDERS_READ))));

        assertEquals(true, all.contains("delete-order"));
        assertEquals(all, reading);
        assertEquals(false, may(me(People.directly(People.VIC))).contains("delete-order"));
    }

    @Test
    void who_may_not_chat_is_offered_no_chat() {
        assertEquals(
                List.of("list-orders", "get-order", "whoami", "health-check"), may(me(People.inScript(People.VIC))));
    }

    @Test
    void without_a_role_there_is_next_to_nothing() {
        User nobody = new User(People.TENANT, People.VIC.id(), Set.of());

        assertEquals(false, may(me(People.directly(nobody))).contains("list-orders"));
    }

    private static Answer me(Caller caller) {
        SignedIn current = new SignedIn(caller);
        Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");
        Refusals refusals = new Refusals(challenges, new Told().events(CLOCK), current);
        return Answer.of(() -> new MeResource(current, Desk.POLICY, refusals, CLOCK).me());
    }

    private static List<String> may(Answer answer) {
        return StreamSupport.stream(answer.json().get("may").spliterator(), false)
                .map(JsonNode::stringValue)
                .toList();
    }
}
