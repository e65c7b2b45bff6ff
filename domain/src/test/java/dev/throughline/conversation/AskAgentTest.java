package dev.throughline.conversation;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Caller;
import dev.throughline.access.Role;
import dev.throughline.access.TestCallers;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.RunListener.ConsentAsked;
import dev.throughline.delegation.ClaimsChallenge;
import dev.throughline.delegation.Delegation;
import dev.throughline.trail.Hop;
import dev.throughline.trail.Hop.Evidence;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskAgentTest {
    private static final URI LINK = URI.create("https://broker.example/login?data=x");

    private final ChatRoom room = new ChatRoom();
    private final ScriptedAgent agent = room.agent;
    private final AskAgent askAgent = room.askAgent;
    private final Caller vic = TestCallers.directly(VIC, Role.VIEWER);

    @Test
    void the_agent_service_is_called_with_the_delegated_token_alone() {
        run(vic, say("list my orders"));

        assertEquals("token-for-foundry", agent.tokens.get(0).token());
        assertEquals(Optional.of("list my orders"), message(agent.questions.get(0)));
    }

    @Test
    void a_conversation_goes_on_where_it_was() {
        ConversationId id = run(vic, say("list my orders"));

        run(vic, new Ask.Say("and now?", Optional.of(id), Optional.empty()));

        assertEquals(Optional.empty(), agent.questions.get(0).continues());
        assertEquals(Optional.of("resp_1"), agent.questions.get(1).continues());
    }

    @Test
    void somebody_elses_conversation_does_not_exist() {
        ConversationId id = run(vic, say("list my orders"));
        Ask.Say again = new Ask.Say("mine?", Optional.of(id), Optional.empty());

        assertInstanceOf(AskAgent.Opened.class, askAgent.open(vic, again));
        assertEquals(new AskAgent.NoSuchConversation(), askAgent.open(TestCallers.directly(PAT, Role.ADMIN), again));
    }

    @Test
    void a_conversation_is_kept_before_its_id_is_told() {
        HeardRun run = new HeardRun();
        List<AskAgent.Opening> resent = new ArrayList<>();
        run.whenStarted = id -> resent.add(askAgent.open(vic, say("list my orders", id)));

        run(vic, say("list my orders"), run);

        assertInstanceOf(AskAgent.Opened.class, resent.get(0));
    }

    @Test
    void a_conversation_whose_first_turn_broke_off_goes_on() {
        agent.turn = (question, listener) -> {
            throw new ChatRoom.ClientHasGone();
        };
        HeardRun broken = new HeardRun();
        assertThrows(ChatRoom.ClientHasGone.class, () -> run(vic, say("list my orders"), broken));
        agent.turn = (question, listener) -> new AgentGateway.Answered("resp_2");

        HeardRun again = new HeardRun();
        run(vic, say("list my orders", broken.conversation()), again);

        assertEquals("finished", last(again));
        assertEquals(Optional.empty(), agent.questions.get(1).continues());
    }

    @Test
    void a_conversation_does_not_change_its_agent() {
        ConversationId id = run(vic, say("list my orders"));
        Ask.Say same = new Ask.Say("and now?", Optional.of(id), Optional.of(ASSISTANT.name()));
        Ask.Say other = new Ask.Say("and now?", Optional.of(id), Optional.of("another-agent"));

        assertInstanceOf(AskAgent.Opened.class, askAgent.open(vic, same));
        assertEquals(new AskAgent.NoSuchAgent(), askAgent.open(vic, other));
    }

    @Test
    void a_consent_is_asked_for_and_the_same_message_resumed_afterwards() {
        agent.turn = (question, listener) -> new ConsentRequested("resp_asking", "oauthreq_1", LINK);
        HeardRun first = new HeardRun();
        ConversationId id = run(vic, say("list my orders"), first);
        agent.turn = (question, listener) -> new AgentGateway.Answered("resp_2");
        HeardRun second = new HeardRun();

        run(vic, new Ask.Resume(id), second);

        assertEquals(
                new ConsentAsked("oauthreq_1", ASSISTANT.name(), ASSISTANT.scopes(), Optional.of(LINK)),
                first.asked().consents().get(0));
        assertEquals("finished", last(second));
        assertEquals(Optional.of("list my orders"), message(agent.questions.get(1)));
        assertEquals(Optional.of("resp_asking"), agent.questions.get(1).continues());
        assertEquals(new AskAgent.NothingWaits(), askAgent.open(vic, new Ask.Resume(id)));
    }

    @Test
    void who_asks_again_before_consenting_continues_the_response_that_asked_first() {
        agent.turn = (question, listener) -> new ConsentRequested("resp_" + agent.questions.size(), "o", LINK);
        ConversationId id = run(vic, say("list my orders"));

        run(vic, new Ask.Resume(id));
        run(vic, new Ask.Resume(id));

        assertEquals(Optional.of("resp_1"), agent.questions.get(2).continues());
    }

    @Test
    void what_waits_is_resumed_by_one_at_a_time() {
        ConversationId id = waiting();
        List<AskAgent.Opening> meanwhile = new ArrayList<>();
        agent.turn = (question, listener) -> {
            meanwhile.add(askAgent.open(vic, new Ask.Resume(id)));
            return new AgentGateway.Answered("resp_2");
        };

        run(vic, new Ask.Resume(id));

        assertEquals(List.of(new AskAgent.NothingWaits()), meanwhile);
        assertEquals(2, agent.questions.size());
    }

    @Test
    void of_two_who_find_the_same_waiting_one_resumes_it() {
        ConversationId id = waiting();
        List<AskAgent.Opening> first = new ArrayList<>();
        room.conversations.betweenReadAndWrite = () -> first.add(askAgent.open(vic, new Ask.Resume(id)));

        AskAgent.Opening second = askAgent.open(vic, new Ask.Resume(id));

        assertInstanceOf(AskAgent.Opened.class, first.get(0));
        assertEquals(new AskAgent.NothingWaits(), second);
    }

    @Test
    void what_waits_can_be_resumed_again_as_soon_as_a_resumed_run_is_known_to_have_failed() {
        ConversationId id = waiting();
        agent.turn = (question, listener) -> new AgentGateway.Failed(RunFailure.AGENT_UNAVAILABLE);
        List<AskAgent.Opening> again = new ArrayList<>();
        HeardRun failed = new HeardRun();
        failed.whenFailed = () -> again.add(askAgent.open(vic, new Ask.Resume(id)));

        run(vic, new Ask.Resume(id), failed);

        assertInstanceOf(AskAgent.Opened.class, again.get(0));
    }

    @Test
    void what_waits_can_be_resumed_again_where_no_token_was_to_be_had() {
        ConversationId id = waiting();
        room.delegation = new Delegation.Unavailable(Optional.empty());

        run(vic, new Ask.Resume(id));

        assertInstanceOf(AskAgent.Opened.class, askAgent.open(vic, new Ask.Resume(id)));
    }

    @Test
    void what_waits_can_be_resumed_again_after_its_listener_has_gone() {
        ConversationId id = waiting();
        agent.turn = (question, listener) -> {
            throw new ChatRoom.ClientHasGone();
        };
        assertThrows(ChatRoom.ClientHasGone.class, () -> run(vic, new Ask.Resume(id)));
        HeardRun deaf = new HeardRun();
        deaf.whenStarted = conversation -> {
            throw new ChatRoom.ClientHasGone();
        };
        assertThrows(ChatRoom.ClientHasGone.class, () -> run(vic, new Ask.Resume(id), deaf));
        agent.turn = (question, listener) -> new AgentGateway.Answered("resp_2");

        run(vic, new Ask.Resume(id));

        assertEquals(Optional.of("list my orders"), message(agent.questions.get(2)));
        assertEquals(Optional.of("resp_asking"), agent.questions.get(2).continues());
    }

    @Test
    void what_waits_can_be_resumed_again_if_the_run_never_started() {
        ConversationId id = waiting();
        AskAgent.Opened opened = assertInstanceOf(AskAgent.Opened.class, askAgent.open(vic, new Ask.Resume(id)));

        opened.run().abandon();

        assertInstanceOf(AskAgent.Opened.class, askAgent.open(vic, new Ask.Resume(id)));
    }

    @Test
    void an_answer_stands_although_nobody_was_left_to_hear_that_it_ended() {
        ConversationId id = waiting();
        agent.turn = (question, listener) -> new AgentGateway.Answered("resp_2");
        HeardRun gone = new HeardRun();
        gone.whenFinished = () -> {
            throw new ChatRoom.ClientHasGone();
        };

        assertThrows(ChatRoom.ClientHasGone.class, () -> run(vic, new Ask.Resume(id), gone));

        assertEquals(new AskAgent.NothingWaits(), askAgent.open(vic, new Ask.Resume(id)));
    }

    @Test
    void a_resumed_run_that_asks_again_does_not_undo_a_decline() {
        ConversationId id = waiting();
        agent.turn = (question, listener) -> {
            run(vic, new Ask.Decline(id));
            return new ConsentRequested("resp_again", "oauthreq_2", LINK);
        };
        HeardRun resumed = new HeardRun();

        run(vic, new Ask.Resume(id), resumed);

        assertEquals("failed agent_failed", last(resumed));
        assertEquals(new AskAgent.NothingWaits(), askAgent.open(vic, new Ask.Resume(id)));
    }

    @Test
    void a_resumed_run_that_fails_does_not_undo_a_decline() {
        ConversationId id = waiting();
        agent.turn = (question, listener) -> {
            run(vic, new Ask.Decline(id));
            return new AgentGateway.Failed(RunFailure.AGENT_UNAVAILABLE);
        };

        run(vic, new Ask.Resume(id));

        assertEquals(new AskAgent.NothingWaits(), askAgent.open(vic, new Ask.Resume(id)));
    }

    @Test
    void a_decline_holds_whatever_else_happens_at_the_same_moment() {
        ConversationId id = waiting();
        AskAgent.Opened resumed = assertInstanceOf(AskAgent.Opened.class, askAgent.open(vic, new Ask.Resume(id)));
        room.conversations.betweenReadAndWrite = () -> resumed.run().abandon();

        run(vic, new Ask.Decline(id));

        assertEquals(new AskAgent.NothingWaits(), askAgent.open(vic, new Ask.Resume(id)));
    }

    @Test
    void declining_what_does_not_wait_is_answered_as_politely() {
        ConversationId id = run(vic, say("list my orders"));
        HeardRun declined = new HeardRun();

        run(vic, new Ask.Decline(id), declined);

        assertEquals("finished", last(declined));
        assertEquals(
                new AskAgent.NoSuchConversation(),
                askAgent.open(TestCallers.directly(PAT, Role.ADMIN), new Ask.Decline(id)));
    }

    @Test
    void declining_ends_the_turn_and_asks_the_agent_nothing() {
        agent.turn = (question, listener) -> new ConsentRequested("resp_asking", "oauthreq_1", LINK);
        ConversationId id = run(vic, say("list my orders"));
        HeardRun declined = new HeardRun();

        run(vic, new Ask.Decline(id), declined);

        assertEquals("finished", last(declined));
        assertEquals(1, agent.questions.size());
        assertEquals(new AskAgent.NothingWaits(), askAgent.open(vic, new Ask.Resume(id)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://broker.example/login",
        "https://evil.example/login",
        "https://broker.example.evil.example/login",
        "https://user@broker.example/login",
        "https://consent.example/login",
        "https://evilconsent.example/login",
        "javascript:alert(1)"
    })
    void a_consent_link_to_anywhere_else_is_not_passed_on(URI link) {
        agent.turn = (question, listener) -> new ConsentRequested("resp_asking", "oauthreq_1", link);
        HeardRun run = new HeardRun();

        run(vic, say("list my orders"), run);

        assertEquals("failed consent_link_refused", last(run));
    }

    @Test
    void a_consent_link_to_a_host_below_a_listed_one_is_passed_on() {
        URI link = URI.create("https://logic-swedencentral-001.consent.example/login?data=x");
        agent.turn = (question, listener) -> new ConsentRequested("resp_asking", "oauthreq_1", link);
        HeardRun run = new HeardRun();

        run(vic, say("list my orders"), run);

        assertEquals(Optional.of(link), run.asked().consents().get(0).link());
    }

    @Test
    void who_must_sign_in_more_strongly_hears_what_the_sign_in_must_bring_along() {
        Optional<ClaimsChallenge> claims = Optional.of(new ClaimsChallenge("{\"access_token\":{}}"));
        room.delegation = new Delegation.StepUpNeeded(claims);
        HeardRun run = new HeardRun();

        run(vic, say("list my orders"), run);

        assertEquals("failed step_up_needed", run.last());
        assertEquals(claims, run.failed.orElseThrow().claims());
    }

    @Test
    void who_has_to_wait_hears_how_long() {
        room.delegation = new Delegation.Unavailable(Optional.of(Duration.ofSeconds(7)));
        HeardRun run = new HeardRun();

        run(vic, say("list my orders"), run);

        assertEquals("failed agent_unavailable", run.last());
        assertEquals(
                Optional.of(Duration.ofSeconds(7)), run.failed.orElseThrow().retryAfter());
    }

    @ParameterizedTest
    @CsvSource({
        "CONSENT_NEEDED, consent_of_administrator_needed",
        "ASSERTION_REJECTED, sign_in_again",
        "NOT_ASSIGNED, not_assigned",
        "MISCONFIGURED, agent_misconfigured"
    })
    void without_a_delegated_token_nobody_is_asked(Delegation.Failure failure, String code) {
        room.delegation = new Delegation.Refused(failure);
        HeardRun run = new HeardRun();

        run(vic, say("list my orders"), run);

        assertEquals("failed " + code, last(run));
        assertTrue(agent.questions.isEmpty());
    }

    @Test
    void the_hops_of_a_run_name_the_token_of_each() {
        HeardRun run = new HeardRun();

        run(vic, say("list my orders"), run);

        Hop browser = run.hops.get(0);
        assertEquals(Evidence.VERIFIED, browser.evidence());
        assertEquals(Optional.of(TestCallers.AUDIENCE), browser.audience());
        Hop foundry = run.hops.get(1);
        assertEquals(Evidence.ISSUED, foundry.evidence());
        assertEquals(Optional.of("https://ai.azure.com"), foundry.audience());
        assertEquals(Optional.of("api-client"), foundry.client());
        assertEquals(Optional.of(VIC.toString()), foundry.user());
    }

    @Test
    void an_mcp_client_is_nobody_to_chat_with() {
        HeardRun run = room.run(vic, ChatRoom.to("desktop", "hello"));

        assertEquals(List.of("refused not_a_chat_agent"), run.events);
    }

    @Test
    void an_agent_that_nobody_knows_is_none() {
        assertEquals(new AskAgent.NoSuchAgent(), askAgent.open(vic, ChatRoom.to("nobody", "hello")));
        ConversationId id = run(vic, say("list my orders"));
        room.agents.remove(ASSISTANT.name());
        assertEquals(new AskAgent.NoSuchAgent(), askAgent.open(vic, say("and now?", id)));
    }

    @Test
    void somebody_whom_the_policy_refuses_is_refused_before_anything_is_sent() {
        Caller agentItself = TestCallers.through(ASSISTANT, VIC, ASSISTANT.scopes(), Role.VIEWER);
        Caller inReports = TestCallers.in(TestCallers.REPORTS, VIC, ASSISTANT.scopes(), Role.VIEWER);
        ConversationId id = waiting();

        for (Ask ask : List.of(say("hello"), new Ask.Resume(id), new Ask.Decline(id))) {
            assertInstanceOf(AskAgent.Refused.class, askAgent.open(agentItself, ask));
            assertInstanceOf(AskAgent.Refused.class, askAgent.open(inReports, ask));
        }
        assertEquals(1, agent.questions.size());
    }

    private static Optional<String> message(AgentGateway.Question question) {
        return Optional.of(question.input())
                .filter(AgentGateway.Message.class::isInstance)
                .map(input -> ((AgentGateway.Message) input).text());
    }

    private static Ask.Say say(String message) {
        return ChatRoom.say(message);
    }

    private static Ask.Say say(String message, ConversationId conversation) {
        return ChatRoom.say(message, conversation);
    }

    /** A conversation that waits for a consent. */
    private ConversationId waiting() {
        agent.turn = (question, listener) -> new ConsentRequested("resp_asking", "oauthreq_1", LINK);
        return run(vic, say("list my orders"));
    }

    private ConversationId run(Caller caller, Ask ask) {
        return room.run(caller, ask).conversation();
    }

    private ConversationId run(Caller caller, Ask ask, HeardRun heard) {
        room.run(caller, ask, heard);
        return heard.conversation();
    }

    private static String last(HeardRun run) {
        return run.last();
    }
}
