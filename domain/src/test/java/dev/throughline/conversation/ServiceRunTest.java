package dev.throughline.conversation;

import static dev.throughline.conversation.ScriptedAgent.answers;
import static dev.throughline.conversation.ScriptedAgent.asks;
import static dev.throughline.conversation.ScriptedAgent.call;
import static dev.throughline.conversation.ScriptedAgent.functions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.Agent;
import dev.throughline.access.Approval;
import dev.throughline.access.Approval.State;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Consent;
import dev.throughline.access.Role;
import dev.throughline.access.TestCallers;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.ChatRoom.ClientHasGone;
import dev.throughline.conversation.Waiting.ForServiceCalls;
import dev.throughline.conversation.Waiting.ServiceCall;
import dev.throughline.trail.Hop;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An agent of the route OAuth: its service asks, the person answers once, and the service makes the call. */
class ServiceRunTest {
    private static final Call WRITE = call("mcpr_1", "update-order", Map.of("id", "ORD-005", "quantity", 4));
    private static final Call DELETE = call("mcpr_2", "delete-order", Map.of("id", "ORD-008"));

    private final ChatRoom room = new ChatRoom();
    private final ScriptedAgent agent = room.agent;

    @Test
    void the_person_is_asked_what_the_service_asks_and_nothing_is_carried_out_by_us() {
        agent.does(asks("resp_1", WRITE), answers("resp_2"));

        HeardRun waiting = talk();

        Approval asked = waiting.asked().approvals().get(0);
        assertEquals(WRITE.arguments(), asked.arguments());
        assertEquals("orders-assistant", asked.proposal().agent());
        assertEquals(
                Optional.of(new ForServiceCalls("resp_1", List.of(new ServiceCall("mcpr_1", Optional.of(asked.id()))))),
                room.kept(waiting).waiting());
        room.answer(asked.id(), true);
        room.resume(waiting);
        assertEquals(List.of(), room.tools.done);
    }

    @Test
    void a_yes_is_told_the_service_and_is_left_for_the_call_that_then_comes() {
        agent.does(asks("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        ApprovalId id = waiting.approval();
        room.answer(id, true);

        HeardRun resumed = room.resume(waiting);

        assertEquals("finished", resumed.last());
        assertEquals(List.of(true), agent.approvals());
        assertEquals(Optional.of("resp_1"), agent.last().continues());
        assertEquals(State.APPROVED, room.approvals.state(id));
    }

    @Test
    void each_call_is_answered_as_the_person_answered_it_and_by_its_own_id() {
        agent.does(asks("resp_1", WRITE, DELETE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.asked().approvals().get(0).id(), false);
        room.answer(waiting.asked().approvals().get(1).id(), true);

        room.resume(waiting);

        assertEquals(
                new AgentGateway.ApprovalAnswers(List.of(
                        new AgentGateway.ApprovalAnswer("mcpr_1", false),
                        new AgentGateway.ApprovalAnswer("mcpr_2", true))),
                agent.last().input());
    }

    @Test
    void the_service_hears_nothing_before_the_person_has_answered_everything() {
        agent.does(asks("resp_1", WRITE, DELETE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.asked().approvals().get(0).id(), true);

        HeardRun half = room.resume(waiting);

        assertEquals(waiting.asked().approvals().subList(1, 2), half.asked().approvals());
        assertEquals(1, agent.questions.size());
        room.answer(half.approval(), true);
        room.resume(half);
        assertEquals(List.of(true, true), agent.approvals());
    }

    @Test
    void a_yes_that_came_too_late_or_ran_out_is_none() {
        agent.does(asks("resp_1", WRITE, DELETE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.asked().approvals().get(0).id(), true);
        room.clock.forward(Approval.LIFE);

        room.resume(waiting);

        assertEquals(List.of(false, false), agent.approvals());
    }

    @Test
    void what_was_never_answered_is_a_no_once_it_is_too_late() {
        agent.does(asks("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.clock.forward(Approval.LIFE);

        assertEquals("finished", room.resume(waiting).last());
        assertEquals(List.of(false), agent.approvals());
    }

    @Test
    void what_was_done_by_a_run_whose_end_was_not_heard_is_told_and_nothing_is_said_to_the_service() {
        agent.does(asks("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        room.approvals.use(waiting.approval(), room.clock.instant());

        HeardRun resumed = room.resume(waiting);

        assertEquals("finished", resumed.last());
        assertEquals(
                List.of("text What you approved has been done already; it was not done again. Ask the agent how things"
                        + " stand."),
                resumed.events.stream()
                        .filter(event -> event.startsWith("text"))
                        .toList());
        assertEquals(1, agent.questions.size());
        assertEquals(Optional.empty(), room.kept(waiting).waiting());
    }

    @Test
    void of_several_calls_no_more_is_said_to_be_done_than_was() {
        agent.does(asks("resp_1", WRITE, DELETE), answers("resp_2"));
        HeardRun waiting = talk();
        ApprovalId used = waiting.asked().approvals().get(0).id();
        room.answer(used, true);
        room.answer(waiting.asked().approvals().get(1).id(), true);
        room.approvals.use(used, room.clock.instant());

        assertEquals(
                List.of(
                        "text Some of what you approved has been done already; nothing was done again. Ask the agent how"
                                + " things stand."),
                room.resume(waiting).events.stream()
                        .filter(event -> event.startsWith("text"))
                        .toList());
        assertEquals(1, agent.questions.size());
    }

    @Test
    void what_is_refused_anyhow_nobody_is_asked_about_and_the_trail_says_that_no_call_has_come() {
        agent.does(asks("resp_1", DELETE), answers("resp_2"));

        HeardRun heard = room.run(TestCallers.directly(TestCallers.PAT, Role.PM), ChatRoom.say("delete it"));

        assertEquals("finished", heard.last());
        assertEquals(List.of(false), agent.approvals());
        assertEquals(List.of(), room.approvals.all());
        Hop hop = heard.hops.get(heard.hops.size() - 1);
        assertEquals("orders-assistant", hop.from());
        assertEquals("chat", hop.to());
        assertEquals(Optional.of("approval request in a run of ours"), hop.obtained());
        assertEquals(Optional.of("role_not_sufficient"), hop.rule());
        assertEquals(Optional.empty(), hop.consent());
    }

    @Test
    void of_several_calls_those_that_are_refused_do_not_hold_up_the_others() {
        agent.does(asks("resp_1", DELETE, WRITE), answers("resp_2"));
        HeardRun waiting = new HeardRun();
        room.run(TestCallers.directly(TestCallers.PAT, Role.PM), ChatRoom.say("delete and change"), waiting);
        room.answer(waiting.approval(), true);

        room.resume(waiting);

        assertEquals(List.of(false, true), agent.approvals());
    }

    @Test
    void whoever_said_no_to_the_agent_is_not_asked_about_its_calls() {
        room.consents("orders-assistant", Consent.DENIED);
        agent.does(asks("resp_1", WRITE), answers("resp_2"));

        HeardRun heard = talk();

        assertEquals(List.of(false), agent.approvals());
        assertEquals(
                Optional.of("needs_consent"),
                heard.hops.get(heard.hops.size() - 1).decision());
    }

    @Test
    void a_yes_that_is_still_good_is_told_at_once_and_not_asked_for_again() {
        agent.does(
                asks("resp_1", WRITE),
                new AgentGateway.Failed(RunFailure.AGENT_FAILED),
                asks("resp_2", WRITE),
                answers("resp_3"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        room.resume(waiting);

        HeardRun again = room.run(ChatRoom.say("change it", waiting.conversation()));

        assertEquals("finished", again.last());
        assertEquals(List.of(true), agent.approvals());
        assertEquals(1, room.approvals.all().size());
    }

    @Test
    void two_requests_for_the_same_are_one_question() {
        agent.does(asks("resp_1", WRITE, call("mcpr_twin", WRITE.tool(), WRITE.arguments())), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), false);

        room.resume(waiting);

        assertEquals(List.of(false, false), agent.approvals());
    }

    @Test
    void what_was_declined_is_not_asked_again_and_the_service_hears_a_no() {
        agent.does(asks("resp_1", WRITE), answers("resp_2"), asks("resp_3", WRITE), answers("resp_4"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), false);
        room.resume(waiting);

        HeardRun again = room.run(ChatRoom.say("change it", waiting.conversation()));

        assertEquals("finished", again.last());
        assertEquals(List.of(false), agent.approvals());
    }

    @Test
    void declining_the_turn_denies_what_the_service_asked() {
        agent.does(asks("resp_1", WRITE, DELETE));
        HeardRun waiting = talk();

        room.decline(waiting);

        assertEquals(
                List.of(State.DENIED, State.DENIED),
                room.approvals.all().stream().map(Approval::state).toList());
        assertEquals(1, agent.questions.size());
    }

    @Test
    void where_the_service_could_not_be_told_the_turn_waits_as_before() {
        agent.does(asks("resp_1", WRITE), new AgentGateway.Failed(RunFailure.AGENT_UNAVAILABLE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);

        assertEquals("failed agent_unavailable", room.resume(waiting).last());
        assertEquals("finished", room.resume(waiting).last());

        assertEquals(List.of(true), agent.approvals());
    }

    @Test
    void where_whoever_listened_has_gone_the_turn_waits_as_before() {
        agent.does(asks("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        HeardRun gone = new HeardRun();
        gone.whenStarted = id -> {
            throw new ClientHasGone();
        };

        assertThrows(ClientHasGone.class, () -> room.run(room.pat, new Ask.Resume(waiting.conversation()), gone));

        assertEquals("finished", room.resume(waiting).last());
    }

    @Test
    void a_service_that_asks_without_end_is_stopped() {
        room.consents("orders-assistant", Consent.DENIED);
        agent.turn = (question, listener) -> asks("resp", WRITE);

        assertEquals("failed agent_failed", talk().last());
    }

    @Test
    void a_call_of_this_route_is_never_carried_out_by_us() {
        agent.does(functions("resp_1", WRITE));

        assertEquals("failed agent_failed", talk().last());
        assertEquals(List.of(), room.tools.callers);
    }

    @Test
    void requests_that_wait_are_not_answered_once_the_agent_is_of_the_other_route() {
        agent.does(asks("resp_1", WRITE), answers("resp_2"));
        HeardRun waiting = talk();
        room.answer(waiting.approval(), true);
        Agent before = TestCallers.ASSISTANT;
        room.agents.change(new Agent(
                before.name(), before.kind(), Agent.Route.FUNCTION, before.client(), before.grant(), before.scopes()));

        assertEquals("failed agent_failed", room.resume(waiting).last());
        assertEquals(1, agent.questions.size());
        room.agents.change(before);
        assertEquals("finished", room.resume(waiting).last());
    }

    @Test
    void after_a_consent_elsewhere_the_same_turn_may_come_to_wait_for_an_approval() {
        agent.does(
                new ConsentRequested("resp_1", "oauthreq_1", URI.create("https://broker.example/login")),
                asks("resp_2", WRITE),
                answers("resp_3"));
        HeardRun consent = talk();
        HeardRun approval = room.resume(consent);
        room.answer(approval.approval(), true);

        assertEquals("finished", room.resume(approval).last());
        assertEquals(List.of(true), agent.approvals());
        assertEquals(Optional.of("resp_2"), agent.last().continues());
    }

    private HeardRun talk() {
        return room.run(ChatRoom.say("change it"));
    }
}
