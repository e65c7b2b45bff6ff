package dev.throughline.out.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import dev.throughline.conversation.AgentGateway.ConsentRequested;
import dev.throughline.conversation.AgentGateway.Failed;
import dev.throughline.conversation.AgentGateway.Outcome;
import dev.throughline.conversation.AgentGateway.Question;
import dev.throughline.conversation.RunFailure;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.entra.EntraStandIn;
import dev.throughline.local.foundry.Fault;
import dev.throughline.local.foundry.FoundryStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        gateway = new FoundryAgentGateway(
                new FoundrySettings(foundry.projectEndpoint(), Duration.ofSeconds(2), Duration.ofSeconds(5)));
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
                new Failed(RunFailure.AGENT_MISCONFIGURED),
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

    private Outcome ask(String agent, Optional<String> continues) {
        return gateway.ask(
                question(agent, continues),
                token(entra.tokens().userForFoundry("vic").sign()),
                heard);
    }

    private static Question question(String agent, Optional<String> continues) {
        return new Question(agent, "list my orders", continues);
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
