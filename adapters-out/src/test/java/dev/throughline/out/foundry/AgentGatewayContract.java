package dev.throughline.out.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.ApprovalAnswer;
import dev.throughline.conversation.AgentGateway.ApprovalAnswers;
import dev.throughline.conversation.AgentGateway.ApprovalsRequested;
import dev.throughline.conversation.AgentGateway.Call;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.FunctionOutput;
import dev.throughline.conversation.AgentGateway.FunctionOutputs;
import dev.throughline.conversation.AgentGateway.FunctionsCalled;
import dev.throughline.conversation.AgentGateway.Message;
import dev.throughline.conversation.AgentGateway.Outcome;
import dev.throughline.conversation.AgentGateway.Question;
import dev.throughline.conversation.AgentMode;
import dev.throughline.conversation.RunFailure;
import dev.throughline.conversation.ToolCall;
import dev.throughline.delegation.DelegatedToken;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every implementation of {@link AgentGateway} promises. */
abstract class AgentGatewayContract {
    static final String AGENT = "orders-assistant";
    static final URI LINK = URI.create("https://consent.example/login?data=1");

    final Heard heard = new Heard();

    abstract AgentGateway gateway();

    /** The next turn lists orders by a tool and then says so in two pieces. */
    abstract void answerNext();

    /** The next turn asks for consent at {@link #LINK}. */
    abstract void askForConsentNext();

    /** The next turn says "One moment." and asks whether two orders may be deleted. */
    abstract void askForApprovalsNext();

    /** The next turn calls two functions. */
    abstract void callFunctionsNext();

    /** The service forgets what it is told to forget. */
    abstract void forgetNext();

    /** The next turn fails in this way. */
    abstract void failNext(RunFailure failure);

    @Test
    void an_answer_is_told_while_it_is_made() {
        answerNext();
        assertInstanceOf(Answered.class, ask(heard));
        assertEquals("You have one order.", heard.text.toString());
        assertEquals(
                List.of(
                        "agent orders-assistant guided",
                        "started mcp_1 list-orders",
                        "finished mcp_1",
                        "text msg_1",
                        "text msg_1"),
                heard.events);
    }

    @Test
    void a_tool_call_is_told_with_its_arguments_and_its_output() {
        answerNext();
        ask(heard);
        assertEquals(
                List.of(new ToolCall(
                        "mcp_1", "list-orders", Map.of("limit", 20L), true, Optional.of("{\"items\":[]}"))),
                heard.calls);
    }

    @Test
    void an_answer_can_be_continued() {
        answerNext();
        Answered first = assertInstanceOf(Answered.class, ask(heard));
        answerNext();
        Question next = new Question(AGENT, new Message("and now?"), Optional.of(first.response()));
        assertInstanceOf(Answered.class, gateway().ask(next, token(), new Heard()));
    }

    @Test
    void a_wish_for_consent_tells_where_to_consent_and_what_to_continue() {
        askForConsentNext();
        ConsentRequested request = assertInstanceOf(ConsentRequested.class, ask(heard));
        assertEquals(LINK, request.link());
        assertTrue(request.response().startsWith("resp_"), request.response());
        assertTrue(request.id().startsWith("oauthreq_"), request.id());
    }

    @Test
    void calls_to_approve_are_told_all_at_once_after_what_was_said() {
        askForApprovalsNext();
        ApprovalsRequested requested = assertInstanceOf(ApprovalsRequested.class, ask(heard));
        assertEquals(
                List.of(
                        new Call("mcpr_1", "delete-order", Map.of("id", "ORD-003")),
                        new Call("mcpr_2", "delete-order", Map.of("id", "ORD-005"))),
                requested.calls());
        assertEquals("One moment.", heard.text.toString());
        assertEquals(List.of(), heard.calls);
    }

    @Test
    void answers_to_calls_to_approve_continue_the_turn() {
        askForApprovalsNext();
        ApprovalsRequested requested = assertInstanceOf(ApprovalsRequested.class, ask(heard));
        answerNext();
        ApprovalAnswers answers =
                new ApprovalAnswers(List.of(new ApprovalAnswer("mcpr_1", true), new ApprovalAnswer("mcpr_2", false)));
        Question next = new Question(AGENT, answers, Optional.of(requested.response()));
        assertInstanceOf(Answered.class, gateway().ask(next, token(), new Heard()));
    }

    @Test
    void functions_to_carry_out_are_told_all_at_once() {
        callFunctionsNext();
        FunctionsCalled called = assertInstanceOf(FunctionsCalled.class, ask(heard));
        assertEquals(
                List.of(
                        new Call("call_1", "get-order", Map.of("id", "ORD-003")),
                        new Call("call_2", "list-orders", Map.of("limit", 20L))),
                called.calls());
        assertEquals(List.of(), heard.calls);
    }

    @Test
    void outputs_of_functions_continue_the_turn() {
        callFunctionsNext();
        FunctionsCalled called = assertInstanceOf(FunctionsCalled.class, ask(heard));
        answerNext();
        FunctionOutputs outputs =
                new FunctionOutputs(List.of(new FunctionOutput("call_1", "{}"), new FunctionOutput("call_2", "No.")));
        Question next = new Question(AGENT, outputs, Optional.of(called.response()));
        assertInstanceOf(Answered.class, gateway().ask(next, token(), new Heard()));
    }

    @Test
    void a_conversation_can_be_forgotten() {
        answerNext();
        Answered answered = assertInstanceOf(Answered.class, ask(heard));
        forgetNext();
        assertEquals(Optional.empty(), gateway().forget(answered.response(), token()));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NOT_ASSIGNED",
                "SIGN_IN_AGAIN",
                "STEP_UP_NEEDED",
                "AGENT_MISCONFIGURED",
                "AGENT_UNAVAILABLE",
                "AGENT_FAILED",
                "CONVERSATION_GONE",
                "CONSENT_LINK_REFUSED"
            })
    void a_failure_is_told_by_what_a_person_can_do_about_it(RunFailure failure) {
        failNext(failure);
        Question question = new Question(AGENT, new Message("list my orders"), Optional.of("resp_0"));
        assertEquals(new Failed(failure), gateway().ask(question, token(), heard));
    }

    @Test
    void an_exception_of_the_listener_passes_through() {
        answerNext();
        IllegalStateException gone = new IllegalStateException("the browser is gone");
        AgentGateway.Listener deaf = new AgentGateway.Listener() {
            @Override
            public void agentKnown(String agent, AgentMode mode) {
                throw gone;
            }

            @Override
            public void text(String messageId, String delta) {
                throw new AssertionError("told after the listener failed");
            }

            @Override
            public void toolStarted(String callId, String tool) {
                throw new AssertionError("told after the listener failed");
            }

            @Override
            public void toolFinished(ToolCall call) {
                throw new AssertionError("told after the listener failed");
            }
        };
        assertSame(gone, assertThrows(IllegalStateException.class, () -> ask(deaf)));
    }

    Outcome ask(AgentGateway.Listener listener) {
        return gateway().ask(new Question(AGENT, new Message("list my orders"), Optional.empty()), token(), listener);
    }

    static DelegatedToken token() {
        return new DelegatedToken(
                "the-delegated-token",
                new ClientId("our-client"),
                "https://ai.azure.com",
                Set.of("user_impersonation"),
                Instant.now().plusSeconds(3600));
    }
}
