package dev.throughline.conversation;

import static dev.throughline.conversation.ScriptedAgent.answers;
import static dev.throughline.conversation.ScriptedAgent.call;
import static dev.throughline.conversation.ScriptedAgent.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.Unavailable;
import dev.throughline.access.Consent;
import dev.throughline.conversation.ChatRoom.ClientHasGone;
import dev.throughline.conversation.RunRecord.ToolLine;
import dev.throughline.trail.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of a run. */
class KeptRunTest {
    private final ChatRoom room = new ChatRoom();
    private final ScriptedAgent agent = room.agent;

    @Test
    void a_run_is_kept_with_what_was_said_and_done_and_whose_identity_each_hop_carried() {
        agent.turn = (question, listener) -> {
            listener.agentKnown("orders-assistant", AgentMode.GUIDED);
            listener.toolStarted("mcp_1", "list-orders");
            listener.toolFinished(finished("mcp_1", "list-orders", true));
            listener.toolStarted("mcp_2", "get-order");
            listener.toolFinished(finished("mcp_2", "get-order", false));
            listener.toolStarted("mcp_3", "whoami");
            listener.text("msg_1", "You have ");
            listener.text("msg_1", "two orders.");
            listener.text("msg_2", "Anything else?");
            return answers("resp_1");
        };

        HeardRun heard = room.run(ChatRoom.say("list my orders"));

        RunRecord kept = only();
        assertEquals(heard.conversation(), kept.conversation());
        assertEquals(room.clock.instant(), kept.at());
        assertEquals(Optional.of("list my orders"), kept.message());
        assertEquals("You have two orders.\n\nAnything else?", kept.text());
        assertEquals(
                List.of(
                        new ToolLine("list-orders", "completed"),
                        new ToolLine("get-order", "failed"),
                        new ToolLine("whoami", "in_progress")),
                kept.tools());
        assertEquals(RunRecord.ANSWERED, kept.outcome());
        assertEquals(Optional.empty(), kept.detail());
        assertEquals(heard.hops, kept.hops());
        assertEquals(5, kept.hops().size());
    }

    @Test
    void it_is_kept_before_its_end_is_told() {
        HeardRun heard = new HeardRun();
        List<Integer> keptBefore = new ArrayList<>();
        heard.whenFinished = () -> keptBefore.add(room.conversations.runs().size());

        room.run(room.pat, ChatRoom.say("list my orders"), heard);

        assertEquals(List.of(1), keptBefore);
    }

    @Test
    void a_failure_is_kept_before_it_is_told_with_what_to_do_about_it() {
        agent.does(new AgentGateway.Failed(RunFailure.AGENT_UNAVAILABLE));
        HeardRun heard = new HeardRun();
        List<Integer> keptBefore = new ArrayList<>();
        heard.whenFailed = () -> keptBefore.add(room.conversations.runs().size());

        room.run(room.pat, ChatRoom.say("list my orders"), heard);

        assertEquals(List.of(1), keptBefore);
        assertEquals("agent_unavailable", only().outcome());
        assertEquals(Optional.of(RunFailure.AGENT_UNAVAILABLE.sentence()), only().detail());
    }

    @Test
    void a_run_that_waits_and_the_one_that_goes_on_are_kept_each_for_itself() {
        room.consents("orders-functions", Consent.ALLOWED);
        agent.does(functions("resp_1", call("c", "delete-order", Map.of("id", "ORD-008"))), answers("resp_2"));
        HeardRun waiting = new HeardRun();
        List<Integer> keptBefore = new ArrayList<>();
        waiting.whenWaiting = () -> keptBefore.add(room.conversations.runs().size());
        room.run(room.pat, ChatRoom.to("orders-functions", "delete ORD-008"), waiting);
        room.answer(waiting.approval(), true);
        room.resume(waiting);

        assertEquals(List.of(1), keptBefore);
        List<RunRecord> kept = room.conversations.runs();
        assertEquals(
                List.of("waiting", "answered"),
                kept.stream().map(RunRecord::outcome).toList());
        assertEquals(
                List.of(new ToolLine("delete-order", "in_progress")),
                kept.get(0).tools());
        assertEquals(
                List.of(new ToolLine("delete-order", "completed")), kept.get(1).tools());
        assertEquals(Optional.empty(), kept.get(1).message());
        assertTrue(!kept.get(0).id().equals(kept.get(1).id()));
    }

    @Test
    void a_declined_turn_is_kept_as_such() {
        HeardRun heard = room.run(ChatRoom.say("list my orders"));

        room.decline(heard);

        RunRecord declined = room.conversations.runs().get(1);
        assertEquals(RunRecord.DECLINED, declined.outcome());
        assertEquals("All right, nothing waits for you here. Ask again whenever you like.", declined.text());
        assertEquals(List.of(), declined.hops());
    }

    @Test
    void a_run_to_which_nobody_listens_any_more_is_kept_as_far_as_it_came() {
        agent.turn = (question, listener) -> {
            listener.text("msg_1", "You have");
            throw new ClientHasGone();
        };

        assertThrows(ClientHasGone.class, () -> room.run(ChatRoom.say("list my orders")));

        assertEquals(RunRecord.CANCELLED, only().outcome());
        assertEquals("You have", only().text());
    }

    @Test
    void who_has_gone_at_the_very_end_has_still_been_answered() {
        HeardRun gone = new HeardRun();
        gone.whenFinished = () -> {
            throw new ClientHasGone();
        };

        assertThrows(ClientHasGone.class, () -> room.run(room.pat, ChatRoom.say("list my orders"), gone));

        assertEquals(RunRecord.ANSWERED, only().outcome());
    }

    @Test
    void what_broke_a_run_is_told_although_the_run_cannot_be_kept_either() {
        agent.turn = (question, listener) -> {
            throw new ClientHasGone();
        };
        room.conversations.beforeKeeping = () -> {
            throw new Unavailable("database", new IllegalStateException());
        };

        ClientHasGone told = assertThrows(ClientHasGone.class, () -> room.run(ChatRoom.say("list my orders")));

        assertEquals(Unavailable.class, told.getSuppressed()[0].getClass());
    }

    @Test
    void an_answer_that_cannot_be_kept_is_not_told_as_finished() {
        room.conversations.beforeKeeping = () -> {
            throw new Unavailable("database", new IllegalStateException());
        };
        HeardRun heard = new HeardRun();

        assertThrows(Unavailable.class, () -> room.run(room.pat, ChatRoom.say("list my orders"), heard));

        assertEquals(List.of("started"), heard.events);
    }

    @Test
    void a_run_whose_conversation_was_deleted_meanwhile_is_not_kept() {
        HeardRun heard = new HeardRun();
        heard.whenStarted = id -> room.conversations.delete(room.permit(), id);

        room.run(room.pat, ChatRoom.say("list my orders"), heard);

        assertEquals("finished", heard.last());
        assertEquals(0, room.conversations.size());
        assertEquals(List.of(), room.conversations.runs());
    }

    @Test
    void of_an_endless_answer_the_beginning_is_kept_and_all_of_it_told() {
        String piece = "x".repeat(1_000);
        agent.turn = (question, listener) -> {
            for (int i = 0; i < 199; i++) {
                listener.text("msg_1", piece);
            }
            listener.text("msg_1", piece + "!");
            listener.text("msg_1", "?");
            listener.text("msg_2", "");
            return answers("resp_1");
        };

        HeardRun heard = room.run(ChatRoom.say("tell me everything"));

        assertEquals(piece.repeat(199), only().text());
        assertEquals("text ?", heard.events.get(201));
    }

    @Test
    void an_answer_of_the_greatest_length_is_kept_whole() {
        agent.turn = (question, listener) -> {
            listener.text("msg_1", "x".repeat(200_000));
            listener.text("msg_1", "!");
            return answers("resp_1");
        };

        room.run(ChatRoom.say("tell me everything"));

        assertEquals(200_000, only().text().length());
    }

    @Test
    void of_endlessly_many_calls_the_first_are_kept_with_how_they_ended() {
        agent.turn = (question, listener) -> {
            for (int i = 0; i < 600; i++) {
                listener.toolStarted("call_" + i, "tool-" + i);
            }
            for (int i = 0; i < 600; i++) {
                listener.toolFinished(finished("call_" + i, "tool-" + i, true));
            }
            return answers("resp_1");
        };

        HeardRun heard = room.run(ChatRoom.say("call everything"));

        assertEquals(200, only().tools().size());
        assertEquals(new ToolLine("tool-199", "completed"), only().tools().get(199));
        assertEquals(500, only().hops().size());
        assertEquals(602, heard.hops.size());
    }

    @Test
    void a_run_that_never_started_is_nothing_to_keep() {
        Run run = room.opened(room.pat, ChatRoom.say("list my orders"));

        run.abandon();

        assertEquals(List.of(), room.conversations.runs());
        assertEquals(0, room.conversations.size());
    }

    @Test
    void what_a_record_says_does_not_change_any_more() {
        List<Hop> hops = new ArrayList<>();
        room.run(ChatRoom.say("list my orders"));
        RunRecord kept = only();
        hops.addAll(kept.hops());

        assertThrows(UnsupportedOperationException.class, () -> kept.hops().clear());
        assertEquals(hops, kept.hops());
    }

    private RunRecord only() {
        assertEquals(1, room.conversations.runs().size());
        return room.conversations.runs().get(0);
    }

    private static ToolCall finished(String id, String tool, boolean completed) {
        return new ToolCall(id, tool, Map.of(), completed, Optional.of("{}"));
    }
}
