package dev.throughline.conversation;

import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static dev.throughline.conversation.ScriptedAgent.answers;
import static dev.throughline.conversation.ScriptedAgent.asks;
import static dev.throughline.conversation.ScriptedAgent.call;
import static dev.throughline.conversation.ScriptedAgent.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Approval;
import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.TestCallers;
import dev.throughline.access.User;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.MyConversations.Done;
import dev.throughline.conversation.MyConversations.NoSuchConversation;
import dev.throughline.conversation.MyConversations.NotForgotten;
import dev.throughline.conversation.MyConversations.Refused;
import dev.throughline.conversation.MyConversations.Whole;
import dev.throughline.conversation.RunListener.Asked;
import dev.throughline.conversation.RunListener.ConsentAsked;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MyConversationsTest {
    private static final Asked NOTHING = new Asked(List.of(), List.of());
    private static final URI LINK = URI.create("https://broker.example/login?data=x");
    private static final Call WRITE = call("c", "update-order", Map.of("id", "ORD-005", "quantity", 4));
    private static final Call DELETE = call("d", "delete-order", Map.of("id", "ORD-008"));
    private static final Optional<UserAssertion> ASSERTION = Optional.of(ChatRoom.ASSERTION);

    private final ChatRoom room = new ChatRoom();
    private final ScriptedAgent agent = room.agent;
    private final MyConversations mine = new MyConversations(room.policy, room.agents, room.conversations, room.ports);

    @Test
    void a_person_sees_their_own_conversations_the_one_that_changed_last_first() {
        HeardRun older = room.run(ChatRoom.say("first"));
        room.clock.forward(Duration.ofSeconds(1));
        HeardRun newer = room.run(ChatRoom.say("second"));
        room.run(TestCallers.directly(VIC, Role.VIEWER), ChatRoom.say("of somebody else"));

        ConversationPage page = done(mine.list(room.pat, 20, Optional.empty()));

        assertEquals(
                List.of(newer.conversation(), older.conversation()),
                page.items().stream().map(Conversation::id).toList());
        assertEquals("second", page.items().get(0).title());
    }

    @Test
    void a_person_sees_one_with_its_runs() {
        HeardRun heard = room.run(ChatRoom.say("list my orders"));
        room.run(ChatRoom.say("again", heard.conversation()));

        Whole whole = whole(heard);

        assertEquals(room.kept(heard), whole.conversation());
        assertEquals(room.conversations.runs(), whole.runs());
        assertEquals(2, whole.runs().size());
        assertEquals(NOTHING, whole.asked());
    }

    @Test
    void somebody_elses_conversation_does_not_exist() {
        HeardRun heard = room.run(ChatRoom.say("list my orders"));
        Caller vic = TestCallers.directly(VIC, Role.ADMIN);
        Caller namesake = new Caller.UserDirectly(
                new User(new TenantId(new UUID(0, 2)), PAT, Set.of(Role.ADMIN)),
                TestCallers.WEB_CHAT,
                room.pat.credential());

        for (Caller other : List.of(vic, namesake)) {
            assertEquals(new NoSuchConversation<>(), mine.find(other, heard.conversation()));
            assertEquals(new NoSuchConversation<>(), mine.delete(other, heard.conversation(), ASSERTION));
            assertEquals(List.of(), done(mine.list(other, 20, Optional.empty())).items());
        }
        assertEquals(List.of(), agent.forgotten);
        assertEquals(1, room.conversations.size());
        assertEquals(new NoSuchConversation<>(), mine.find(room.pat, new ConversationId(new UUID(0, 1))));
    }

    @Test
    void no_agent_reads_or_deletes_what_its_person_has_said() {
        HeardRun heard = room.run(ChatRoom.say("list my orders"));
        Caller agentOfPat =
                TestCallers.through(TestCallers.agent(Set.of("conversations")), PAT, KnownAgents.SCOPES, Role.ADMIN);
        Refused<Object> no = new Refused<>(new Deny(DenyReason.APP_MAY_NOT_CHAT));

        assertEquals(no, mine.list(agentOfPat, 20, Optional.empty()));
        assertEquals(no, mine.find(agentOfPat, heard.conversation()));
        assertEquals(no, mine.delete(agentOfPat, heard.conversation(), ASSERTION));
        assertEquals(1, room.conversations.size());
    }

    @Test
    void what_waits_for_an_approval_is_shown_until_it_is_answered_or_too_late() {
        agent.does(asks("resp_1", WRITE, DELETE));
        HeardRun waiting = room.run(ChatRoom.say("change both"));

        assertEquals(waiting.asked(), whole(waiting).asked());
        room.answer(waiting.asked().approvals().get(0).id(), true);
        assertEquals(
                waiting.asked().approvals().subList(1, 2),
                whole(waiting).asked().approvals());
        room.clock.forward(Approval.LIFE);
        assertEquals(NOTHING, whole(waiting).asked());
    }

    @Test
    void a_consent_elsewhere_is_shown_with_its_link() {
        agent.does(new ConsentRequested("resp_1", "oauthreq_1", LINK));
        HeardRun waiting = room.run(ChatRoom.say("list my orders"));

        assertEquals(waiting.asked(), whole(waiting).asked());
        room.agents.remove("orders-assistant");
        assertEquals(
                List.of(new ConsentAsked("oauthreq_1", "orders-assistant", Set.of(), Optional.of(LINK))),
                whole(waiting).asked().consents());
    }

    @Test
    void a_consent_of_ours_is_shown_until_it_is_answered() {
        agent.does(functions("resp_1", WRITE));
        HeardRun waiting = room.run(ChatRoom.to("orders-functions", "change it"));

        assertEquals(waiting.asked(), whole(waiting).asked());
        room.answerConsent(waiting, true);
        assertEquals(NOTHING, whole(waiting).asked());
    }

    @Test
    void functions_that_wait_for_approvals_are_shown_like_any_other() {
        room.consents("orders-functions", Consent.ALLOWED);
        agent.does(functions("resp_1", WRITE));
        HeardRun waiting = room.run(ChatRoom.to("orders-functions", "change it"));

        assertEquals(waiting.asked(), whole(waiting).asked());
    }

    @Test
    void a_deleted_conversation_is_forgotten_there_and_here() {
        agent.does(answers("resp_1"), answers("resp_2"));
        HeardRun heard = room.run(ChatRoom.say("list my orders"));
        room.run(ChatRoom.say("again", heard.conversation()));

        assertEquals(new Done<>(heard.conversation()), delete(heard));

        assertEquals(List.of("resp_2"), agent.forgotten);
        assertEquals("token-for-foundry", agent.tokens.get(2).token());
        assertEquals(new NoSuchConversation<>(), mine.find(room.pat, heard.conversation()));
        assertEquals(List.of(), room.conversations.runs());
        assertEquals(new NoSuchConversation<>(), delete(heard));
    }

    @Test
    void what_waits_leads_to_all_that_the_service_keeps() {
        agent.does(answers("resp_1"), asks("resp_2", WRITE));
        HeardRun heard = room.run(ChatRoom.say("list my orders"));
        room.run(ChatRoom.say("change it", heard.conversation()));

        delete(heard);

        assertEquals(List.of("resp_2"), agent.forgotten);
    }

    @Test
    void a_conversation_of_which_the_service_keeps_nothing_is_deleted_without_asking_it() {
        agent.does(new AgentGateway.Failed(RunFailure.AGENT_UNAVAILABLE));
        HeardRun heard = room.run(ChatRoom.say("list my orders"));
        int exchanges = room.exchanges;

        assertEquals(new Done<>(heard.conversation()), mine.delete(room.pat, heard.conversation(), Optional.empty()));
        assertEquals(exchanges, room.exchanges);
    }

    @Test
    void what_the_service_cannot_forget_now_stays_whole() {
        HeardRun heard = room.run(ChatRoom.say("list my orders"));
        agent.whyNotForgotten = Optional.of(RunFailure.AGENT_UNAVAILABLE);

        assertEquals(new NotForgotten<>(FailedRun.because(RunFailure.AGENT_UNAVAILABLE)), delete(heard));
        assertEquals(1, whole(heard).runs().size());
    }

    @Test
    void without_a_token_of_the_person_nothing_is_deleted() {
        HeardRun heard = room.run(ChatRoom.say("list my orders"));

        assertEquals(
                new NotForgotten<>(FailedRun.because(RunFailure.SIGN_IN_AGAIN)),
                mine.delete(room.pat, heard.conversation(), Optional.empty()));
        room.delegation = new Delegation.Refused(Delegation.Failure.NOT_ASSIGNED);
        assertEquals(new NotForgotten<>(FailedRun.because(RunFailure.NOT_ASSIGNED)), delete(heard));
        assertEquals(1, room.conversations.size());
        assertEquals(List.of(), agent.forgotten);
    }

    @Test
    void a_long_message_makes_a_short_title() {
        HeardRun heard = room.run(ChatRoom.say("  show\n me " + "\ud83d\ude00".repeat(100)));

        String title = room.kept(heard).title();

        assertTrue(title.startsWith("show me \ud83d\ude00"), title);
        assertTrue(title.endsWith("\ud83d\ude00…"), title);
        assertEquals(80, title.codePointCount(0, title.length()));
    }

    @Test
    void a_title_may_be_as_long_as_there_is_room() {
        assertEquals(
                "x".repeat(80),
                room.kept(room.run(ChatRoom.say("x".repeat(80)))).title());
    }

    @Test
    void each_change_of_a_conversation_counts() {
        HeardRun heard = room.run(ChatRoom.say("list my orders"));
        assertEquals(2, room.kept(heard).version());

        room.decline(heard);

        assertEquals(3, room.kept(heard).version());
    }

    @Test
    void an_id_is_what_it_reads_and_nothing_else_is_one() {
        ConversationId id = room.run(ChatRoom.say("list my orders")).conversation();

        assertEquals(Optional.of(id), ConversationId.parse(id.toString()));
        assertEquals(Optional.empty(), ConversationId.parse("1-1-1-1-1"));
    }

    @Test
    void a_message_says_something_and_is_not_endless() {
        assertEquals(8_000, ChatRoom.say("x".repeat(8_000)).message().length());
        assertThrows(IllegalArgumentException.class, () -> ChatRoom.say("x".repeat(8_001)));
        assertThrows(IllegalArgumentException.class, () -> ChatRoom.say(" "));
    }

    @ParameterizedTest
    @EnumSource(RunFailure.class)
    void every_failure_is_told_in_one_sentence(RunFailure failure) {
        assertTrue(failure.sentence().matches("[A-Z][^.]+\\."), failure.sentence());
    }

    private MyConversations.Outcome<ConversationId> delete(HeardRun heard) {
        return mine.delete(room.pat, heard.conversation(), ASSERTION);
    }

    private Whole whole(HeardRun heard) {
        return done(mine.find(room.pat, heard.conversation()));
    }

    private static <T> T done(MyConversations.Outcome<T> outcome) {
        if (outcome instanceof Done<T> done) {
            return done.value();
        }
        throw new AssertionError(outcome.toString());
    }
}
