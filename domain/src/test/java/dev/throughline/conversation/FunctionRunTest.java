package dev.throughline.conversation;

import static dev.throughline.conversation.ScriptedAgent.answers;
import static dev.throughline.conversation.ScriptedAgent.asks;
import static dev.throughline.conversation.ScriptedAgent.call;
import static dev.throughline.conversation.ScriptedAgent.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.Unavailable;
import dev.throughline.access.Agent;
import dev.throughline.access.Approval;
import dev.throughline.access.Approval.State;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Caller;
import dev.throughline.access.Consent;
import dev.throughline.access.Grant;
import dev.throughline.access.Role;
import dev.throughline.access.TestCallers;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.ChatRoom.ClientHasGone;
import dev.throughline.conversation.Waiting.ForFunctions;
import dev.throughline.delegation.Delegation;
import dev.throughline.trail.Hop;
import dev.throughline.trail.Hop.Evidence;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent of the route function: it calls, we carry out, and its person decides. */
class FunctionRunTest {
    private static final String AGENT = KnownAgents.FUNCTIONS.name();
    private static final Call LIST = call("call_list", "list-orders", Map.of("limit", 5));
    private static final Call WRITE = call("call_write", "update-order", Map.of("id", "ORD-005", "quantity", 4));
    private static final Call DELETE = call("call_delete", "delete-order", Map.of("id", "ORD-008"));
    private static final String NOT_ALLOWED = "The person does not allow you to use the order desk. Nothing was done.";
    private static final String DECLINED = "The person has declined this. Nothing was done; do not ask for it again.";
    private static final String TOO_LATE = "The person has not approved this in time. Nothing was done.";
    private static final String DONE_BEFORE = "This has been done already; it was not done again.";

    private final ChatRoom room = new ChatRoom();
    private final ScriptedAgent agent = room.agent;
    private final List<String> done = room.tools.done;

    @BeforeEach
    void patHasAllowedTheAgent() {
        room.consents(AGENT, Consent.ALLOWED);
    }

    @Test
    void what_the_agent_calls_is_carried_out_as_the_person_and_the_agent_hears_what_came_of_it() {
        agent.does(functions("resp_1", LIST), answers("resp_2"));

        HeardRun heard = talk();

        assertEquals(List.of("started", "tool list-orders", "tool list-orders completed", "finished"), heard.events);
        Caller.UserThroughRun caller = assertInstanceOf(Caller.UserThroughRun.class, room.tools.callers.get(0));
        assertEquals(room.patInPerson, caller.user());
        assertEquals(KnownAgents.FUNCTIONS, caller.agent());
        assertEquals(new Tools.Request("list-orders", Map.of("limit", 5), "correlation-1"), room.tools.requests.get(0));
        assertEquals(List.of("list-orders done"), agent.outputs());
        assertEquals(Optional.of("resp_1"), agent.last().continues());
        assertEquals(Optional.of("resp_2"), room.kept(heard).lastResponse());
    }

    @Test
    void one_exchange_of_the_token_does_for_all_rounds_of_a_run() {
        agent.does(functions("resp_1", LIST), functions("resp_2", LIST), answers("resp_3"));

        talk();

        assertEquals(1, room.exchanges);
        assertEquals(3, agent.questions.size());
    }

    @Test
    void what_is_refused_the_agent_hears_and_the_trail_shows() {
        agent.does(functions("resp_1", call("c", "format-disk", Map.of())), answers("resp_2"));

        HeardRun heard = talk();

        assertEquals(List.of("tool_not_granted"), agent.outputs());
        assertEquals("tool format-disk failed", heard.events.get(2));
        assertEquals(Optional.of("deny"), lastHop(heard).decision());
    }

    @Test
    void the_trail_shows_who_had_what_carried_out_and_on_which_consent_it_rests() {
        agent.does(functions("resp_1", LIST), answers("resp_2"));

        Hop hop = lastHop(talk());

        assertEquals(Evidence.VERIFIED, hop.evidence());
        assertEquals(AGENT, hop.from());
        assertEquals("functions", hop.to());
        assertEquals(Optional.of(TestCallers.PAT.toString()), hop.user());
        assertEquals(Optional.of(AGENT), hop.agent());
        assertEquals(Optional.of("web-chat-client"), hop.client());
        assertEquals(Optional.of(TestCallers.AUDIENCE), hop.audience());
        assertEquals(Set.of("Orders.Read", "Orders.Write"), hop.scopes());
        assertEquals(Optional.of("permit"), hop.decision());
        assertEquals(Optional.of("tenant_rows"), hop.rule());
        assertEquals(Optional.empty(), hop.approval());
        assertEquals(Optional.of(room.consents.of(room.patInPerson).get(0).id()), hop.consent());
    }

    @Test
    void a_change_waits_for_the_person_and_is_made_once_they_have_said_yes() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        assertEquals("waits for 1 approvals, 0 consents", waiting.last());
        assertEquals(List.of(), done);
        ApprovalId id = waiting.approval();
        room.answer(id, true);

        HeardRun resumed = room.resume(waiting);

        assertEquals("finished", resumed.last());
        assertEquals(List.of("update-order"), done);
        assertEquals(List.of("update-order done"), agent.outputs());
        assertEquals(Optional.of("resp_1"), agent.last().continues());
        assertEquals(State.USED, room.approvals.state(id));
        assertEquals(Optional.of(id), lastHop(resumed).approval());
        assertEquals(Optional.empty(), room.kept(resumed).waiting());
    }

    @Test
    void what_was_declined_is_not_done_and_the_agent_is_told_so() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), false);

        HeardRun resumed = room.resume(waiting);

        assertEquals(List.of(DECLINED), agent.outputs());
        assertEquals(List.of("started", "tool update-order failed", "finished"), resumed.events);
        assertEquals(List.of(), done);
    }

    @Test
    void what_was_not_answered_in_time_is_not_done() {
        agent.does(functions("resp_1", WRITE, DELETE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.asked().approvals().get(0).id(), true);
        room.clock.forward(Approval.LIFE);

        room.resume(waiting);

        assertEquals(List.of(TOO_LATE, TOO_LATE), agent.outputs());
        assertEquals(List.of(), done);
    }

    @Test
    void an_approval_that_is_forgotten_is_none() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        room.approvals.forgetBefore(room.clock.instant().plus(Approval.LIFE).plusNanos(1));

        room.resume(waiting);

        assertEquals(List.of(TOO_LATE), agent.outputs());
        assertEquals(List.of(), done);
    }

    @Test
    void who_resumes_before_they_have_answered_waits_again_and_nothing_has_been_taken() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();

        HeardRun again = room.resume(waiting);

        assertEquals(waiting.asked(), again.asked());
        assertEquals(List.of("started", "waits for 1 approvals, 0 consents"), again.events);
        assertEquals(1, agent.questions.size());
        room.answer(waiting.approval(), true);
        assertEquals("finished", room.resume(again).last());
        assertEquals(List.of("update-order"), done);
    }

    @Test
    void of_several_calls_each_is_decided_by_itself_and_none_is_made_twice() {
        agent.does(functions("resp_1", LIST, WRITE, DELETE), answers("resp_2"));
        HeardRun waiting = talk();
        assertEquals("waits for 2 approvals, 0 consents", waiting.last());
        assertEquals(List.of("list-orders"), done);
        room.answer(waiting.asked().approvals().get(1).id(), true);

        HeardRun half = room.resume(waiting);
        assertEquals("waits for 1 approvals, 0 consents", half.last());
        assertEquals(List.of("list-orders", "delete-order"), done);
        assertEquals(1, agent.questions.size());
        room.answer(half.approval(), false);
        room.resume(half);

        assertEquals(List.of("list-orders", "delete-order"), done);
        assertEquals(List.of("list-orders done", DECLINED, "delete-order done"), agent.outputs());
    }

    @Test
    void two_calls_for_the_same_are_one_question_and_one_change() {
        agent.does(functions("resp_1", WRITE, call("call_twin", WRITE.tool(), WRITE.arguments())), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);

        room.resume(waiting);

        assertEquals(List.of("update-order"), done);
        assertEquals(List.of("update-order done", DONE_BEFORE), agent.outputs());
    }

    @Test
    void a_change_is_asked_for_anew_if_the_order_was_changed_since_the_yes() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        room.tools.version = 2;

        HeardRun again = room.resume(waiting);

        assertTrue(!again.approval().equals(waiting.approval()));
        assertEquals(List.of(), done);
        room.answer(again.approval(), true);
        room.resume(again);
        assertEquals(List.of("update-order"), done);
    }

    @Test
    void a_call_that_was_approved_is_decided_again() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        Caller demoted = TestCallers.directly(TestCallers.PAT, Role.ANALYST);

        room.run(demoted, new Ask.Resume(waiting.conversation()));

        assertEquals(List.of("role_not_sufficient"), agent.outputs());
        assertEquals(List.of(), done);
    }

    @Test
    void what_was_done_is_not_done_again_where_the_agent_could_not_be_told() {
        agent.does(
                functions("resp_1", WRITE), new AgentGateway.Failed(RunFailure.AGENT_UNAVAILABLE), answers("resp_3"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);

        assertEquals("failed agent_unavailable", room.resume(waiting).last());
        assertEquals("finished", room.resume(waiting).last());

        assertEquals(List.of("update-order"), done);
        assertEquals(List.of("update-order done"), agent.outputs());
    }

    @Test
    void what_was_done_is_not_done_again_where_there_was_no_token_to_tell_it_with() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        Delegation issued = room.delegation;
        room.delegation = new Delegation.Refused(Delegation.Failure.ASSERTION_REJECTED);

        assertEquals("failed sign_in_again", room.resume(waiting).last());
        room.delegation = issued;
        room.resume(waiting);

        assertEquals(List.of("update-order"), done);
        assertEquals(List.of("update-order done"), agent.outputs());
    }

    @Test
    void what_needs_no_approval_is_not_done_again_either_once_it_was_done_in_a_resumed_turn() {
        trusted();
        room.consents(AGENT, Consent.DENIED);
        agent.does(
                functions("resp_1", WRITE), new AgentGateway.Failed(RunFailure.AGENT_UNAVAILABLE), answers("resp_3"));
        HeardRun waiting = talk();
        room.answerConsent(waiting, true);

        room.resume(waiting);
        assertEquals(List.of("update-order"), done);
        room.resume(waiting);

        assertEquals(List.of("update-order"), done);
        assertEquals(List.of("update-order done"), agent.outputs());
    }

    @Test
    void what_was_done_is_not_done_again_although_whoever_listened_has_gone() {
        trusted();
        room.consents(AGENT, Consent.DENIED);
        agent.does(functions("resp_1", WRITE, LIST), answers("resp_2"));
        HeardRun waiting = talk();
        room.answerConsent(waiting, true);
        HeardRun gone = new HeardRun();
        gone.whenToolFinished = () -> {
            throw new ClientHasGone();
        };

        assertThrows(ClientHasGone.class, () -> room.run(room.pat, new Ask.Resume(waiting.conversation()), gone));
        assertEquals(List.of("update-order"), done);
        room.resume(waiting);

        assertEquals(List.of("update-order", "list-orders"), done);
        assertEquals(List.of("update-order done", "list-orders done"), agent.outputs());
    }

    @Test
    void what_a_later_round_did_is_not_done_again_either() {
        trusted();
        room.consents(AGENT, Consent.DENIED);
        agent.does(
                functions("resp_1", LIST),
                functions("resp_2", WRITE),
                new AgentGateway.Failed(RunFailure.AGENT_UNAVAILABLE),
                answers("resp_3"));
        HeardRun waiting = talk();
        room.answerConsent(waiting, true);
        room.resume(waiting);

        room.resume(waiting);

        assertEquals(List.of("list-orders", "update-order"), done);
        assertEquals(List.of("update-order done"), agent.outputs());
        assertEquals(Optional.of("resp_2"), agent.last().continues());
    }

    @Test
    void after_a_crash_between_the_change_and_its_note_an_approved_change_is_not_made_again() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        room.tools.afterwards = () -> {
            throw new IllegalStateException("The power is off");
        };
        assertThrows(IllegalStateException.class, () -> room.resume(waiting));
        room.tools.afterwards = () -> {};

        room.resume(waiting);

        assertEquals(List.of("update-order"), done);
        assertEquals(List.of(DONE_BEFORE), agent.outputs());
    }

    @Test
    void an_agent_that_calls_without_end_is_stopped() {
        agent.turn = (question, listener) -> functions("resp", LIST);

        HeardRun heard = talk();

        assertEquals("failed agent_failed", heard.last());
        assertTrue(done.size() <= 8, done.toString());
        assertTrue(agent.questions.size() <= 8);
    }

    @Test
    void an_agent_that_calls_nothing_without_end_is_stopped_as_well() {
        agent.turn = (question, listener) -> functions("resp");

        assertEquals("failed agent_failed", talk().last());
    }

    @Test
    void declining_the_turn_denies_what_waits_and_tells_the_agent_nothing() {
        agent.does(functions("resp_1", LIST, WRITE));
        HeardRun waiting = talk();
        int told = agent.questions.size();

        HeardRun declined = room.decline(waiting);

        assertEquals("finished", declined.last());
        assertEquals(
                "text All right, what waited for you was not done. Ask again whenever you like.",
                declined.events.get(1));
        assertEquals(State.DENIED, room.approvals.state(waiting.approval()));
        assertEquals(told, agent.questions.size());
        assertEquals(new AskAgent.NothingWaits(), room.askAgent.open(room.pat, new Ask.Resume(waiting.conversation())));
        assertEquals(List.of("list-orders"), done);
    }

    @Test
    void what_was_declined_with_its_turn_cannot_be_had_in_the_next_one() {
        agent.does(functions("resp_1", WRITE), functions("resp_2", WRITE), answers("resp_3"));
        HeardRun waiting = talk();
        room.decline(waiting);

        HeardRun next = room.run(ChatRoom.say("do it anyhow", waiting.conversation()));

        assertEquals("finished", next.last());
        assertEquals(List.of("approval_denied"), agent.outputs());
        assertEquals(List.of(), done);
    }

    @Test
    void a_turn_that_was_declined_while_it_ran_does_not_come_to_wait_again() {
        agent.does(functions("resp_1", WRITE), functions("resp_2", DELETE));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        room.tools.afterwards = () -> room.decline(waiting);

        HeardRun resumed = room.resume(waiting);

        assertEquals("failed agent_failed", resumed.last());
        assertEquals(Optional.empty(), room.kept(resumed).waiting());
        assertEquals(List.of("update-order"), done);
    }

    @Test
    void a_new_message_leaves_behind_what_waited() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();

        room.run(ChatRoom.say("never mind", waiting.conversation()));

        assertEquals(Optional.empty(), agent.last().continues());
        assertEquals(new AskAgent.NothingWaits(), room.askAgent.open(room.pat, new Ask.Resume(waiting.conversation())));
    }

    @ParameterizedTest
    @EnumSource(
            value = Consent.class,
            names = {"NONE", "ASKED", "DENIED"})
    void before_anything_is_done_the_person_is_asked_whether_the_agent_may_act_for_them(Consent before) {
        room.agents.add(named("newcomer"));
        if (before != Consent.NONE) {
            room.consents("newcomer", before);
        }
        agent.does(functions("resp_1", LIST), answers("resp_2"));

        HeardRun waiting = room.run(ChatRoom.to("newcomer", "list my orders"));

        assertEquals("waits for 0 approvals, 1 consents", waiting.last());
        RunListener.ConsentAsked asked = waiting.asked().consents().get(0);
        assertEquals("newcomer", asked.agent());
        assertEquals(Optional.empty(), asked.link());
        assertEquals(Consent.ASKED, room.consent("newcomer"));
        assertEquals(List.of(), done);
        room.answerConsent(waiting, true);
        assertEquals("finished", room.resume(waiting).last());
        assertEquals(List.of("list-orders"), done);
    }

    @Test
    void who_resumes_before_they_have_consented_is_asked_again() {
        HeardRun waiting = unconsented(functions("resp_1", LIST), answers("resp_2"));

        HeardRun again = room.resume(waiting);

        assertEquals(waiting.asked(), again.asked());
        assertEquals(List.of("started", "waits for 0 approvals, 1 consents"), again.events);
        assertEquals(1, agent.questions.size());
    }

    @Test
    void who_refuses_to_consent_ends_the_turn_politely() {
        HeardRun waiting = unconsented(functions("resp_1", LIST, WRITE), answers("resp_2"));
        room.answerConsent(waiting, false);

        HeardRun resumed = room.resume(waiting);

        assertEquals("finished", resumed.last());
        assertEquals(List.of(NOT_ALLOWED, NOT_ALLOWED), agent.outputs());
        assertEquals(List.of("tool list-orders failed", "tool update-order failed"), resumed.events.subList(1, 3));
        assertEquals(List.of(), done);
    }

    @Test
    void an_agent_that_was_refused_does_not_make_its_person_decide_again_in_the_same_turn() {
        HeardRun waiting = unconsented(functions("resp_1", LIST), functions("resp_2", WRITE), answers("resp_3"));
        room.answerConsent(waiting, false);

        HeardRun resumed = room.resume(waiting);

        assertEquals("finished", resumed.last());
        assertEquals(List.of(NOT_ALLOWED), agent.outputs());
        assertEquals(Consent.DENIED, room.consent(AGENT));
    }

    @Test
    void in_the_next_turn_the_agent_may_ask_again() {
        HeardRun waiting = unconsented(functions("resp_1", LIST), answers("resp_2"), functions("resp_3", LIST));
        room.answerConsent(waiting, false);
        room.resume(waiting);

        HeardRun next = room.run(ChatRoom.say("list my orders", waiting.conversation()));

        assertEquals("waits for 0 approvals, 1 consents", next.last());
    }

    @Test
    void what_was_taken_back_while_the_turn_waited_is_not_asked_for() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        room.consents(AGENT, Consent.REVOKED);

        HeardRun refused = room.resume(waiting);

        assertEquals(List.of("refused consent_revoked"), refused.events);
        assertEquals(List.of(), done);
        assertTrue(room.kept(waiting).waiting().isPresent());
    }

    @Test
    void what_is_taken_back_in_the_middle_of_a_run_counts_from_the_next_call_on() {
        room.tools.afterwards = () -> room.consents(AGENT, Consent.REVOKED);
        agent.does(functions("resp_1", LIST, LIST), answers("resp_2"));

        talk();

        assertEquals(List.of("list-orders"), done);
        assertEquals(List.of("list-orders done", "consent_revoked"), agent.outputs());
    }

    @Test
    void declining_the_turn_refuses_the_consent_that_it_asked_for() {
        HeardRun waiting = unconsented(functions("resp_1", LIST));

        HeardRun declined = room.decline(waiting);

        assertEquals(Consent.DENIED, room.consent(AGENT));
        assertEquals(
                "text All right, nothing was done and nothing was shared with orders-functions."
                        + " Ask again whenever you like.",
                declined.events.get(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Consent.class,
            names = {"ALLOWED", "REVOKED"})
    void declining_the_turn_does_not_undo_what_the_person_has_said_to_the_agent_meanwhile(Consent said) {
        HeardRun waiting = unconsented(functions("resp_1", LIST));
        room.consents(AGENT, said);

        room.decline(waiting);

        assertEquals(said, room.consent(AGENT));
    }

    @Test
    void a_consent_that_is_gone_in_the_middle_of_a_round_is_asked_for_and_nothing_is_done_twice() {
        room.tools.afterwards = () -> room.consents(AGENT, Consent.DENIED);
        agent.does(functions("resp_1", LIST, LIST), answers("resp_2"));
        HeardRun waiting = talk();
        assertEquals("waits for 0 approvals, 1 consents", waiting.last());
        room.tools.afterwards = () -> {};
        room.answerConsent(waiting, true);

        room.resume(waiting);

        assertEquals(List.of("list-orders", "list-orders"), done);
        assertEquals(List.of("list-orders done", "list-orders done"), agent.outputs());
    }

    @ParameterizedTest
    @EnumSource(
            value = Agent.Route.class,
            names = {"OAUTH", "PASSTHROUGH"})
    void functions_are_carried_out_for_no_other_route(Agent.Route route) {
        room.agents.change(on(route));
        agent.does(functions("resp_1", LIST));

        assertEquals("failed agent_failed", talk().last());
        assertEquals(List.of(), room.tools.callers);
    }

    @Test
    void functions_that_wait_are_not_carried_out_once_the_agent_is_of_another_route() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        room.agents.change(on(Agent.Route.OAUTH));

        assertEquals("failed agent_failed", room.resume(waiting).last());
        assertEquals(List.of(), done);
        assertEquals(1, agent.questions.size());
        room.agents.change(KnownAgents.FUNCTIONS);
        assertEquals("finished", room.resume(waiting).last());
    }

    @Test
    void an_agent_of_this_route_has_nothing_of_its_service_approved() {
        agent.does(asks("resp_1", WRITE));

        assertEquals("failed agent_failed", talk().last());
        assertEquals(List.of(), room.approvals.all());
    }

    @Test
    void a_consent_elsewhere_cannot_be_asked_for_in_answer_to_outputs() {
        agent.does(
                functions("resp_1", LIST),
                new AgentGateway.ConsentRequested("resp_2", "o", URI.create("https://broker.example/login")));

        assertEquals("failed agent_failed", talk().last());
    }

    @Test
    void what_waits_is_all_that_is_needed_to_go_on_anywhere() {
        agent.does(functions("resp_1", LIST, WRITE));

        HeardRun waiting = talk();

        ForFunctions kept = assertInstanceOf(
                ForFunctions.class, room.kept(waiting).waiting().orElseThrow());
        assertEquals("resp_1", kept.response());
        assertEquals(List.of(waiting.approval()), kept.approvals());
        assertEquals(
                List.of(Optional.of("list-orders done"), Optional.empty()),
                kept.calls().stream()
                        .map(call -> call.output().map(Tools.Output::text))
                        .toList());
    }

    @Test
    void a_question_that_was_asked_stays_where_its_listener_has_gone() {
        agent.does(functions("resp_1", WRITE), answers("resp_2"));
        HeardRun gone = new HeardRun();
        gone.whenWaiting = () -> {
            throw new ClientHasGone();
        };
        assertThrows(ClientHasGone.class, () -> room.run(room.pat, ChatRoom.to(AGENT, "change it"), gone));
        room.answer(gone.approval(), true);

        assertEquals("finished", room.resume(gone).last());
        assertEquals(List.of("update-order"), done);
    }

    @Test
    void what_broke_a_run_is_told_although_what_waited_cannot_be_put_back() {
        agent.does(functions("resp_1", WRITE));
        HeardRun waiting = talk();
        HeardRun gone = new HeardRun();
        gone.whenStarted = id -> room.conversations.betweenReadAndWrite = () -> {
            throw new Unavailable("database", new IllegalStateException());
        };
        gone.whenWaiting = () -> {
            throw new AssertionError("Nothing waits that is not kept");
        };

        Unavailable told =
                assertThrows(Unavailable.class, () -> room.run(room.pat, new Ask.Resume(waiting.conversation()), gone));

        assertEquals(0, told.getSuppressed().length);
        assertEquals("waits for 1 approvals, 0 consents", room.resume(waiting).last());
    }

    @Test
    void a_second_failure_does_not_hide_the_first() {
        agent.does(functions("resp_1", WRITE));
        HeardRun waiting = talk();
        HeardRun gone = new HeardRun();
        gone.whenStarted = id -> {
            room.conversations.betweenReadAndWrite = () -> {
                throw new Unavailable("database", new IllegalStateException());
            };
            throw new ClientHasGone();
        };

        ClientHasGone told = assertThrows(
                ClientHasGone.class, () -> room.run(room.pat, new Ask.Resume(waiting.conversation()), gone));

        assertEquals(Unavailable.class, told.getSuppressed()[0].getClass());
    }

    @Test
    void arguments_may_hold_what_is_null() {
        agent.does(
                functions("resp_1", call("c", "list-orders", Collections.singletonMap("cursor", null))), answers("r"));

        assertEquals("finished", talk().last());
    }

    private HeardRun talk() {
        return room.run(ChatRoom.to(AGENT, "list my orders and change one"));
    }

    /** A turn that waits for the person's consent. */
    private HeardRun unconsented(AgentGateway.Outcome... outcomes) {
        room.consents(AGENT, Consent.DENIED);
        agent.does(outcomes);
        return talk();
    }

    /** The agent may write without asking. */
    private void trusted() {
        room.agents.change(new Agent(
                AGENT,
                Agent.Kind.HOSTED,
                Agent.Route.FUNCTION,
                Optional.empty(),
                new Grant(KnownAgents.TOOLS, Set.of(), Set.of()),
                KnownAgents.SCOPES));
    }

    private static Agent named(String name) {
        return new Agent(
                name,
                Agent.Kind.HOSTED,
                Agent.Route.FUNCTION,
                Optional.empty(),
                KnownAgents.FUNCTIONS.grant(),
                KnownAgents.SCOPES);
    }

    private static Agent on(Agent.Route route) {
        return new Agent(
                AGENT, Agent.Kind.HOSTED, route, Optional.empty(), KnownAgents.FUNCTIONS.grant(), KnownAgents.SCOPES);
    }

    /** What is known of the last function call. */
    private static Hop lastHop(HeardRun heard) {
        List<Hop> ofCalls =
                heard.hops.stream().filter(hop -> hop.to().equals("functions")).toList();
        return ofCalls.get(ofCalls.size() - 1);
    }
}
