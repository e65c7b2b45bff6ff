package dev.throughline.conversation;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.TENANT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.access.Agent;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.ClientId;
import dev.throughline.access.Consent;
import dev.throughline.access.TenantId;
import dev.throughline.access.TestCallers;
import dev.throughline.access.UserId;
import dev.throughline.trail.ArgumentsDigest;
import dev.throughline.trail.Hop;
import dev.throughline.trail.Hop.Evidence;
import dev.throughline.trail.VerifiedToolCall;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How a call that the service reports becomes one that our endpoint verified; each test changes one thing of it. */
class ToolCallWitnessTest {
    private static final Map<String, Object> ARGUMENTS = Map.of("limit", 50);
    private static final ApprovalId APPROVAL = new ApprovalId(new UUID(0, 7));

    private final ChatRoom room = new ChatRoom();

    @Test
    void a_reported_call_that_our_endpoint_verified_is_shown_as_it_was_verified() {
        room.consents(ASSISTANT.name(), Consent.ALLOWED);
        room.verified.record(call(ASSISTANT));

        Hop hop = hop(ASSISTANT);

        assertEquals(
                new Hop(
                        "orders-assistant",
                        "mcp",
                        Optional.of(PAT.toString()),
                        Optional.of("orders-assistant"),
                        Optional.of("assistant-client"),
                        Optional.of(TestCallers.AUDIENCE),
                        Set.of("Orders.Read"),
                        Optional.of("presented as bearer token"),
                        Evidence.VERIFIED,
                        Optional.of("permit"),
                        Optional.of("tenant_rows"),
                        Optional.of(APPROVAL),
                        Optional.of(room.consents.of(room.patInPerson).get(0).id())),
                hop);
    }

    @Test
    void a_reported_call_that_nobody_verified_shows_the_agents_name_and_nothing_else() {
        assertEquals(
                new Hop(
                        "orders-assistant",
                        "mcp",
                        Optional.empty(),
                        Optional.of("orders-assistant"),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        Evidence.REPORTED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                hop(ASSISTANT));
    }

    @Test
    void a_call_with_other_arguments_is_no_witness() {
        room.verified.record(call(TENANT, Optional.of(PAT), ASSISTANT, "list-orders", Map.of("limit", 51), now()));

        assertReported(ASSISTANT);
    }

    @Test
    void a_call_of_another_tool_is_no_witness() {
        room.verified.record(call(TENANT, Optional.of(PAT), ASSISTANT, "get-order", ARGUMENTS, now()));

        assertReported(ASSISTANT);
    }

    @Test
    void a_call_of_another_person_or_of_nobody_is_no_witness() {
        room.verified.record(call(TENANT, Optional.of(VIC), ASSISTANT, "list-orders", ARGUMENTS, now()));
        room.verified.record(call(TENANT, Optional.empty(), ASSISTANT, "list-orders", ARGUMENTS, now()));

        assertReported(ASSISTANT);
    }

    @Test
    void a_call_in_another_tenant_is_no_witness() {
        TenantId foreign = new TenantId(new UUID(0, 2));
        room.verified.record(call(foreign, Optional.of(PAT), ASSISTANT, "list-orders", ARGUMENTS, now()));

        assertReported(ASSISTANT);
    }

    @Test
    void a_call_of_another_client_is_no_witness() {
        room.verified.record(call(KnownAgents.DESKTOP));
        room.verified.record(passedThrough(KnownAgents.PROXY));

        assertReported(ASSISTANT);
    }

    @Test
    void a_call_before_the_run_is_no_witness() {
        room.verified.record(call(TENANT, Optional.of(PAT), ASSISTANT, "list-orders", ARGUMENTS, now().minusNanos(1)));

        assertReported(ASSISTANT);
    }

    @Test
    void a_call_witnesses_one_report_only() {
        room.verified.record(call(ASSISTANT));

        assertEquals(
                List.of(Evidence.VERIFIED, Evidence.REPORTED),
                hops(ASSISTANT, 2).stream().map(Hop::evidence).toList());
        assertReported(ASSISTANT);
    }

    @Test
    void two_calls_witness_two_reports() {
        room.verified.record(call(ASSISTANT));
        room.verified.record(call(ASSISTANT));

        assertEquals(
                List.of(Evidence.VERIFIED, Evidence.VERIFIED),
                hops(ASSISTANT, 2).stream().map(Hop::evidence).toList());
    }

    @Test
    void a_passed_through_call_shows_its_client_and_no_agent_and_the_consent_of_that_client() {
        room.consents("orders-passthrough", Consent.ALLOWED);
        room.consents("foundry", Consent.ALLOWED);
        room.verified.record(passedThrough(KnownAgents.PROXY));

        Hop hop = hop(KnownAgents.PASSTHROUGH);

        assertEquals(Evidence.VERIFIED, hop.evidence());
        assertEquals("foundry", hop.from());
        assertEquals(Optional.empty(), hop.agent());
        assertEquals(Optional.of("foundry"), hop.client());
        assertEquals(Optional.of(PAT.toString()), hop.user());
        assertEquals(room.consents.find(TENANT, PAT, "foundry").map(entry -> entry.id()), hop.consent());
    }

    @Test
    void an_agent_of_the_passthrough_route_is_not_witnessed_by_a_client_of_its_own() {
        room.verified.record(call(KnownAgents.PASSTHROUGH));
        room.verified.record(passedThrough(new ClientId("another-proxy")));

        assertReported(KnownAgents.PASSTHROUGH);
    }

    @Test
    void a_call_of_an_agent_as_itself_has_no_person_and_rests_on_no_consent() {
        room.consents("night-agent", Consent.ALLOWED);
        room.verified.record(call(TENANT, Optional.empty(), KnownAgents.NIGHT, "list-orders", ARGUMENTS, now()));

        Hop hop = hop(KnownAgents.NIGHT);

        assertEquals(Evidence.VERIFIED, hop.evidence());
        assertEquals("night-agent", hop.from());
        assertEquals(Optional.empty(), hop.user());
        assertEquals(Optional.empty(), hop.consent());
    }

    @Test
    void an_agent_as_itself_is_not_witnessed_by_a_call_for_a_person() {
        room.verified.record(call(KnownAgents.NIGHT));

        assertReported(KnownAgents.NIGHT);
    }

    @Test
    void an_agent_of_our_run_has_no_client_that_could_witness_what_its_service_reports() {
        room.verified.record(call(ASSISTANT));

        assertReported(KnownAgents.FUNCTIONS);
    }

    @Test
    void which_agent_answers_is_only_reported_under_the_name_that_the_service_gave() {
        room.agent.turn = (question, listener) -> {
            listener.agentKnown("another-name", AgentMode.MODEL);
            return ScriptedAgent.answers("resp_1");
        };

        HeardRun heard = room.run(ChatRoom.say("hello"));

        Hop hop = heard.hops.get(2);
        assertEquals("agent another-name model", heard.events.get(1));
        assertEquals("foundry", hop.from());
        assertEquals("another-name", hop.to());
        assertEquals(Evidence.REPORTED, hop.evidence());
        assertEquals(Optional.empty(), hop.user());
        assertEquals(Optional.empty(), hop.client());
    }

    private void assertReported(Agent agent) {
        assertEquals(Evidence.REPORTED, hop(agent).evidence());
    }

    private Hop hop(Agent agent) {
        return hops(agent, 1).get(0);
    }

    private List<Hop> hops(Agent agent, int reports) {
        room.agent.turn = (question, listener) -> {
            for (int i = 0; i < reports; i++) {
                listener.toolFinished(
                        new ToolCall("mcp_" + i, "list-orders", new HashMap<>(ARGUMENTS), true, Optional.of("{}")));
            }
            return ScriptedAgent.answers("resp_1");
        };
        List<Hop> hops = room.run(ChatRoom.to(agent.name(), "list my orders")).hops;
        return hops.subList(hops.size() - reports, hops.size());
    }

    private Instant now() {
        return room.clock.instant();
    }

    private VerifiedToolCall call(Agent agent) {
        return call(TENANT, Optional.of(PAT), agent, "list-orders", ARGUMENTS, now());
    }

    private VerifiedToolCall passedThrough(ClientId client) {
        return call(TENANT, Optional.of(PAT), Optional.empty(), client, "list-orders", ARGUMENTS, now());
    }

    private static VerifiedToolCall call(
            TenantId tenant,
            Optional<UserId> user,
            Agent agent,
            String tool,
            Map<String, Object> arguments,
            Instant at) {
        return call(tenant, user, Optional.of(agent.name()), agent.client().orElseThrow(), tool, arguments, at);
    }

    private static VerifiedToolCall call(
            TenantId tenant,
            Optional<UserId> user,
            Optional<String> agent,
            ClientId client,
            String tool,
            Map<String, Object> arguments,
            Instant at) {
        return new VerifiedToolCall(
                UUID.randomUUID(),
                tenant,
                user,
                agent,
                client,
                TestCallers.AUDIENCE,
                Set.of("Orders.Read"),
                tool,
                ArgumentsDigest.of(arguments),
                "permit",
                "tenant_rows",
                Optional.of(APPROVAL),
                at,
                Optional.of(UUID.randomUUID()));
    }
}
