package dev.throughline.out.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import dev.throughline.conversation.AgentGateway.Answered;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.FunctionOutput;
import dev.throughline.conversation.AgentGateway.FunctionOutputs;
import dev.throughline.conversation.AgentGateway.FunctionsCalled;
import dev.throughline.conversation.AgentGateway.Input;
import dev.throughline.conversation.AgentGateway.Message;
import dev.throughline.conversation.AgentGateway.Outcome;
import dev.throughline.conversation.AgentGateway.Question;
import dev.throughline.conversation.RunFailure;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.entra.EntraStandIn;
import dev.throughline.local.foundry.Fault;
import dev.throughline.local.foundry.FoundryStandIn;
import dev.throughline.out.foundry.FoundrySettings.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the stand-in, which checks requests and tokens as the service does. */
class FoundryStandInTest {
    private static final String AGENT = "orders-assistant";
    private static final String VIC = "c0ffee00-0000-4000-8000-0000000000b4";

    private final Heard heard = new Heard();

    @TempDir
    private Path folder;

    private EntraStandIn entra;
    private FoundryStandIn foundry;
    private FoundryAgentGateway gateway;

    @BeforeEach
    void start() {
        LocalPorts ports = LocalPorts.free();
        LocalSecrets secrets = LocalSecrets.loadOrCreate(folder);
        entra = EntraStandIn.start(ports, secrets, folder);
        foundry = FoundryStandIn.start(ports, secrets, folder);
        gateway = new FoundryAgentGateway(new FoundrySettings(
                foundry.projectEndpoint(),
                Endpoint.PROJECT,
                false,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() {
        foundry.close();
        entra.close();
    }

    @Test
    void the_first_question_of_a_person_asks_for_consent() {
        ConsentRequested request = assertInstanceOf(ConsentRequested.class, ask(AGENT, Optional.empty()));
        assertEquals("localhost", request.link().getHost());
        assertTrue(request.response().startsWith("resp_"), request.response());
        assertEquals(List.of("agent orders-assistant guided"), heard.events);
    }

    @Test
    void a_question_asked_again_continues_the_response_that_asked_for_consent() {
        ConsentRequested first = assertInstanceOf(ConsentRequested.class, ask(AGENT, Optional.empty()));
        assertInstanceOf(ConsentRequested.class, ask(AGENT, Optional.of(first.response())));
    }

    @Test
    void a_person_without_a_role_on_the_project_is_not_assigned() {
        foundry.denyProjectRole(VIC);
        assertEquals(new Failed(RunFailure.NOT_ASSIGNED), ask(AGENT, Optional.empty()));
    }

    @Test
    void a_token_for_our_own_api_is_refused() {
        assertEquals(
                new Failed(RunFailure.SIGN_IN_AGAIN),
                gateway.ask(
                        question(AGENT, Optional.empty()),
                        token(entra.tokens().user("vic").sign()),
                        heard));
    }

    @Test
    void an_agent_that_does_not_exist_is_our_fault() {
        assertEquals(new Failed(RunFailure.AGENT_MISCONFIGURED), ask("nobody", Optional.empty()));
        ConsentRequested first = assertInstanceOf(ConsentRequested.class, ask(AGENT, Optional.empty()));
        assertEquals(new Failed(RunFailure.AGENT_MISCONFIGURED), ask("nobody", Optional.of(first.response())));
    }

    @Test
    void a_response_that_the_service_has_forgotten_cannot_be_continued() {
        assertEquals(new Failed(RunFailure.CONVERSATION_GONE), ask(AGENT, Optional.of("resp_0")));
    }

    @Test
    void each_way_to_break_off_is_an_outage() {
        for (Fault fault : List.of(
                new Fault.Refused(500),
                new Fault.Refused(503),
                new Fault.Slow(Duration.ofSeconds(4)),
                new Fault.CutStream(0),
                new Fault.CutStream(1),
                new Fault.CutStream(2))) {
            foundry.failNext(fault);
            assertEquals(new Failed(RunFailure.AGENT_UNAVAILABLE), ask(AGENT, Optional.empty()), fault.toString());
        }
        assertInstanceOf(ConsentRequested.class, ask(AGENT, Optional.empty()));
    }

    /** Where a conversation begins, and how it is kept. */
    static Stream<Arguments> threads() {
        return Stream.of(Endpoint.values())
                .flatMap(
                        endpoint -> Stream.of(false, true).map(conversations -> Arguments.of(endpoint, conversations)));
    }

    @ParameterizedTest
    @MethodSource("threads")
    void an_agent_of_functions_calls_them_and_answers_by_their_outputs(Endpoint endpoint, boolean conversations) {
        FoundryAgentGateway asked = gateway(endpoint, conversations);
        FunctionsCalled called =
                assertInstanceOf(FunctionsCalled.class, say(asked, new Message("show ORD-003"), Optional.empty()));
        assertEquals(1, called.calls().size());
        assertEquals("get-order", called.calls().get(0).tool());
        assertEquals(Map.of("id", "ORD-003"), called.calls().get(0).arguments());

        FunctionOutputs outputs = new FunctionOutputs(
                List.of(new FunctionOutput(called.calls().get(0).id(), """
                {"id":"ORD-003","customer_name":"Carol Lee","product":"Monitor Stand","quantity":1,"status":"pending"}""")));
        Answered answered = assertInstanceOf(Answered.class, say(asked, outputs, Optional.of(called.response())));
        assertTrue(heard.text.toString().contains("Monitor Stand"), heard.text.toString());

        assertInstanceOf(
                FunctionsCalled.class, say(asked, new Message("list my orders"), Optional.of(answered.response())));
    }

    @ParameterizedTest
    @MethodSource("threads")
    void outputs_that_have_been_given_are_not_taken_twice(Endpoint endpoint, boolean conversations) {
        FoundryAgentGateway asked = gateway(endpoint, conversations);
        FunctionsCalled called =
                assertInstanceOf(FunctionsCalled.class, say(asked, new Message("show ORD-003"), Optional.empty()));
        FunctionOutputs outputs = new FunctionOutputs(
                List.of(new FunctionOutput(called.calls().get(0).id(), "There is no such order.")));
        assertInstanceOf(Answered.class, say(asked, outputs, Optional.of(called.response())));
        assertEquals(new Failed(RunFailure.AGENT_MISCONFIGURED), say(asked, outputs, Optional.of(called.response())));
    }

    @Test
    void a_conversation_whose_call_was_never_answered_is_over() {
        FoundryAgentGateway asked = gateway(Endpoint.PROJECT, true);
        FunctionsCalled called =
                assertInstanceOf(FunctionsCalled.class, say(asked, new Message("show ORD-003"), Optional.empty()));
        assertEquals(
                new Failed(RunFailure.CONVERSATION_GONE),
                say(asked, new Message("list my orders"), Optional.of(called.response())));
    }

    @ParameterizedTest
    @MethodSource("threads")
    void what_is_forgotten_is_gone_under_every_setting(Endpoint endpoint, boolean conversations) {
        FoundryAgentGateway asked = gateway(endpoint, conversations);
        FunctionsCalled called =
                assertInstanceOf(FunctionsCalled.class, say(asked, new Message("show ORD-003"), Optional.empty()));
        FunctionOutputs outputs = new FunctionOutputs(
                List.of(new FunctionOutput(called.calls().get(0).id(), "There is no such order.")));
        Answered answered = assertInstanceOf(Answered.class, say(asked, outputs, Optional.of(called.response())));

        assertEquals(Optional.empty(), gateway.forget(answered.response(), tokenOf("ada")));
        assertInstanceOf(
                FunctionsCalled.class, say(asked, new Message("list my orders"), Optional.of(answered.response())));
        assertEquals(Optional.empty(), gateway.forget(answered.response(), tokenOf("vic")));
        for (String thread : List.of(answered.response(), called.response())) {
            assertEquals(
                    new Failed(RunFailure.CONVERSATION_GONE),
                    say(asked, new Message("list my orders"), Optional.of(thread)));
        }
        assertEquals(Optional.empty(), gateway.forget(answered.response(), tokenOf("vic")));
    }

    private FoundryAgentGateway gateway(Endpoint endpoint, boolean conversations) {
        return new FoundryAgentGateway(new FoundrySettings(foundry.projectEndpoint(), endpoint, conversations));
    }

    private Outcome say(FoundryAgentGateway asked, Input input, Optional<String> continues) {
        return asked.ask(new Question("orders-functions", input, continues), tokenOf("vic"), heard);
    }

    private DelegatedToken tokenOf(String person) {
        return token(entra.tokens().userForFoundry(person).sign());
    }

    private Outcome ask(String agent, Optional<String> continues) {
        return gateway.ask(question(agent, continues), tokenOf("vic"), heard);
    }

    private static Question question(String agent, Optional<String> continues) {
        return new Question(agent, new Message("list my orders"), continues);
    }

    private static DelegatedToken token(String token) {
        return new DelegatedToken(
                token,
                new ClientId("our-client"),
                "https://ai.azure.com",
                Set.of("user_impersonation"),
                Instant.now().plusSeconds(3600));
    }
}
