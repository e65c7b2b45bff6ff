package dev.throughline.out.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.ClientId;
import dev.throughline.access.Grant;
import dev.throughline.access.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileAgentRegistryTest {
    private static final String CONTROL = """
            {"apps":[{"clientId":"app-1","name":"web-chat","mayApprove":true},
                     {"clientId":"app-2","name":"reports"}],
             "agents":[{"name":"orders-assistant","kind":"prompt","route":"oauth","clientId":"agent-1",
                        "tools":["list-orders","get-order"],"scopes":["Orders.Read"]},
                       {"name":"desktop","kind":"mcp-client","route":"oauth","clientId":"agent-2",
                        "tools":[],"scopes":[]}]}""";

    private static final String ALL_KINDS = """
            {"apps":[],
             "agents":[{"name":"night","kind":"prompt","route":"oauth","clientId":"night-1","tools":[],
                        "toolsAsItself":["list-orders"],"scopes":[]},
                       {"name":"functions","kind":"hosted","route":"function",
                        "tools":["list-orders","create-order"],"scopes":["Orders.Write"]},
                       {"name":"passing","kind":"prompt","route":"passthrough","tools":["whoami"],"scopes":[]},
                       {"name":"legacy","kind":"shared-project","route":"oauth","clientId":"shared-1","tools":[],
                        "scopes":[]},
                       {"name":"careful","kind":"prompt","route":"oauth","clientId":"careful-1",
                        "tools":["get-order","create-order","delete-order"],
                        "toolsNeedingApproval":["delete-order"],"scopes":[]}],
             "passthroughClients":[{"clientId":"foundry-1","name":"foundry"}]}""";

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void everything_is_read_as_it_stands() {
        AgentRegistry registry = FileAgentRegistry.of(CONTROL);
        Agent assistant = new Agent(
                "orders-assistant",
                Agent.Kind.PROMPT,
                Agent.Route.OAUTH,
                Optional.of(new ClientId("agent-1")),
                Grant.forPeople(Set.of("list-orders", "get-order")),
                Set.of(Scope.ORDERS_READ));
        App chat = new App(new ClientId("app-1"), "web-chat", true);
        App reports = new App(new ClientId("app-2"), "reports", false);
        assertEquals(Optional.of(assistant), registry.agentNamed("orders-assistant"));
        assertEquals(Optional.of(assistant), registry.agentOf(new ClientId("agent-1")));
        assertEquals(
                Optional.of(Agent.Kind.MCP_CLIENT),
                registry.agentNamed("desktop").map(Agent::kind));
        assertEquals(Optional.of(chat), registry.appOf(new ClientId("app-1")));
        assertEquals(List.of(chat, reports), registry.apps());
    }

    @Test
    void who_is_not_in_it_is_unknown_and_an_app_is_no_agent() {
        AgentRegistry registry = FileAgentRegistry.of(CONTROL);
        assertEquals(Optional.empty(), registry.agentOf(new ClientId("agent-9")));
        assertEquals(Optional.empty(), registry.agentOf(new ClientId("AGENT-1")));
        assertEquals(Optional.empty(), registry.agentNamed("nobody"));
        assertEquals(Optional.empty(), registry.agentOf(new ClientId("app-1")));
        assertEquals(Optional.empty(), registry.appOf(new ClientId("agent-1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"list-orders\" | \"lst-orders\" | tools of agents[0] may hold",
                "\"list-orders\" | \"chat\" | tools of agents[0] may hold",
                "\"list-orders\" | \"approve\" | tools of agents[0] may hold",
                "\"list-orders\" | \"consent\" | tools of agents[0] may hold",
                "\"list-orders\" | \"conversations\" | tools of agents[0] may hold",
                "\"list-orders\" | 7 | tools of agents[0] may hold",
                "\"list-orders\" | \"get-order\" | tools of agents[0] holds",
                "[\"list-orders\",\"get-order\"] | \"list-orders\" | tools of agents[0] must be a list",
                "Orders.Read | Orders.Reed | scopes of agents[0] may hold",
                "\"scopes\":[] | \"scoops\":[] | scoops of agents[1] is not known",
                ",\"scopes\":[] | '' | scopes of agents[1] must be a list",
                "\"mcp-client\" | \"MCP_CLIENT\" | kind of agents[1] must be one of",
                "\"oauth\" | \"carrier-pigeon\" | route of agents[0] must be one of",
                "\"agent-2\" | \" \" | clientId of agents[1] must be a text",
                "\"agent-2\" | \"agent-1\" | clientId of desktop is also",
                "\"agent-2\" | \"app-1\" | clientId of desktop is also",
                "\"desktop\" | \"orders-assistant\" | name of orders-assistant is also",
                "\"desktop\" | \"web-chat\" | name of web-chat is also",
                "\"desktop\" | \"desk top\" | name of agents[1] must be 1 to 63",
                "true | \"yes\" | mayApprove of apps[0] must be true or false",
                "\"apps\" | \"aps\" | aps is not known",
                "{\"clientId\":\"app-2\",\"name\":\"reports\"} | \"reports\" | apps[1] must be an object",
                "\"name\":\"reports\" | \"name\":\"a\",\"name\":\"reports\" | without repeated names",
                "]} | ] | is not one JSON object"
            })
    void whatever_is_wrong_is_said_in_one_sentence(String part, String instead, String complaint) {
        assertDoesNotThrow(() -> FileAgentRegistry.of(CONTROL));
        int at = CONTROL.lastIndexOf(part);
        String wrong = part.equals("\"oauth\"") || part.equals("true") || part.equals("\"apps\"")
                ? CONTROL.replaceFirst(part, instead)
                : CONTROL.substring(0, at) + instead + CONTROL.substring(at + part.length());
        String message = assertThrows(IllegalArgumentException.class, () -> FileAgentRegistry.of(wrong))
                .getMessage();
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void an_agent_that_acts_as_itself_is_granted_so_by_name_and_no_other_is() {
        AgentRegistry registry = FileAgentRegistry.of(ALL_KINDS);

        assertEquals(new Grant(Set.of(), Set.of("list-orders"), Set.of()), grant(registry, "night"));
        assertEquals(Set.of(), grant(registry, "functions").toolsAsItself());
    }

    @Test
    void every_write_needs_an_approval_unless_the_registry_says_which_tools_do() {
        AgentRegistry registry = FileAgentRegistry.of(ALL_KINDS);

        assertEquals(Set.of("create-order"), grant(registry, "functions").toolsNeedingApproval());
        assertEquals(Set.of("delete-order"), grant(registry, "careful").toolsNeedingApproval());
    }

    @Test
    void an_agent_without_a_token_of_its_own_has_no_client() {
        AgentRegistry registry = FileAgentRegistry.of(ALL_KINDS);

        for (String name : List.of("functions", "passing")) {
            assertEquals(
                    Optional.empty(), registry.agentNamed(name).orElseThrow().client());
        }
        assertTrue(registry.agentOf(new ClientId("shared-1")).orElseThrow().shared());
    }

    @Test
    void only_clients_that_are_listed_may_pass_tokens_through() {
        assertTrue(FileAgentRegistry.of(ALL_KINDS).passesThrough(new ClientId("foundry-1")));
        assertFalse(FileAgentRegistry.of(ALL_KINDS).passesThrough(new ClientId("night-1")));
        assertFalse(FileAgentRegistry.of(CONTROL).passesThrough(new ClientId("foundry-1")));
        assertEquals(
                Set.of(new ClientId("foundry-1")),
                FileAgentRegistry.of(ALL_KINDS).passthroughClients());
        assertEquals(Set.of(), FileAgentRegistry.of(CONTROL).passthroughClients());
    }

    @Test
    void all_agents_are_listed_in_their_order() {
        assertEquals(
                List.of("night", "functions", "passing", "legacy", "careful"),
                FileAgentRegistry.of(ALL_KINDS).agents().stream()
                        .map(Agent::name)
                        .toList());
    }

    @Test
    void an_agent_may_be_let_change_orders_unasked() {
        AgentRegistry registry = FileAgentRegistry.of(
                ALL_KINDS.replace("\"toolsNeedingApproval\":[\"delete-order\"]", "\"toolsNeedingApproval\":[]"));
        assertEquals(Set.of(), grant(registry, "careful").toolsNeedingApproval());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"toolsAsItself\":[\"list-orders\"] | \"toolsAsItself\":[\"create-order\"] | toolsAsItself of agents[0] may hold",
                "\"toolsAsItself\":[\"list-orders\"] | \"toolsAsItself\":[\"approve\"] | toolsAsItself of agents[0] may hold",
                "\"toolsAsItself\":[\"list-orders\"] | \"toolsAsItself\":\"list-orders\" | toolsAsItself of agents[0] must be a list",
                "\"toolsAsItself\":[\"list-orders\"] | \"toolsForItself\":[] | toolsForItself of agents[0] is not known",
                "\"clientId\":\"night-1\", | \"clientId\":\"foundry-1\", | clientId of foundry is also",
                "\"clientId\":\"night-1\", | \"clientId\":7, | clientId of agents[0] must be a text",
                "\"hosted\",\"route\":\"function\" | \"mcp-client\",\"route\":\"function\" | route of agents[1] must be oauth",
                "\"hosted\",\"route\":\"function\" | \"shared-project\",\"route\":\"function\" | route of agents[1] must be oauth",
                "\"hosted\",\"route\":\"function\" | \"hosted\",\"route\":\"oauth\" | clientId of agents[1] must be a text",
                "\"hosted\",\"route\":\"function\" | \"hosted\",\"toolsAsItself\":[\"whoami\"],\"route\":\"function\" | toolsAsItself of agents[1] must be left out",
                "\"route\":\"passthrough\" | \"clientId\":\"x\",\"route\":\"passthrough\" | clientId of agents[2] must be left out",
                "\"tools\":[\"whoami\"] | \"tools\":[\"delete-order\"] | tools of agents[2] may hold",
                "\"shared-1\",\"tools\":[] | \"shared-1\",\"tools\":[\"whoami\"] | tools of agents[3] must be empty",
                "\"shared-1\",\"tools\":[] | \"shared-1\",\"tools\":[],\"toolsAsItself\":[\"whoami\"] | toolsAsItself of agents[3] must be empty",
                "\"toolsNeedingApproval\":[\"delete-order\"] | \"toolsNeedingApproval\":[\"update-order\"] | toolsNeedingApproval of agents[4] may hold",
                "\"toolsNeedingApproval\":[\"delete-order\"] | \"toolsNeedingApproval\":[\"get-order\"] | toolsNeedingApproval of agents[4] may hold",
                "\"name\":\"foundry\" | \"name\":\"night\" | name of night is also",
                "\"name\":\"foundry\" | \"nom\":\"foundry\" | nom of passthroughClients[0] is not known",
                "[{\"clientId\":\"foundry-1\",\"name\":\"foundry\"}] | {} | passthroughClients must be a list"
            })
    void what_cannot_all_be_true_of_one_agent_is_said_in_one_sentence(String part, String instead, String complaint) {
        assertDoesNotThrow(() -> FileAgentRegistry.of(ALL_KINDS));
        assertTrue(ALL_KINDS.contains(part), part);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> FileAgentRegistry.of(ALL_KINDS.replace(part, instead)))
                .getMessage();
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void a_file_that_is_missing_does_not_start() {
        assertThrows(IllegalArgumentException.class, () -> new FileAgentRegistry(folder.resolve("none.json")));
    }

    @Test
    void a_change_of_the_file_takes_effect_within_a_second() throws IOException {
        FileAgentRegistry registry = watching(CONTROL);
        write(CONTROL.replace("desktop", "laptop"), 1);
        assertTrue(registry.agentNamed("laptop").isEmpty());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertTrue(registry.agentNamed("laptop").isPresent());
        assertTrue(registry.agentNamed("desktop").isEmpty());
        assertEquals(
                List.of("orders-assistant", "laptop"),
                registry.agents().stream().map(Agent::name).toList());
        assertTrue(registry.appOf(new ClientId("app-1")).isPresent());
    }

    @Test
    void a_change_that_is_broken_leaves_everything_as_it_was_until_it_is_mended() throws IOException {
        FileAgentRegistry registry = watching(CONTROL);
        write(CONTROL.replace("list-orders", "lst-orders"), 1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertTrue(registry.agentNamed("desktop").isPresent());
        write(CONTROL.replace("desktop", "laptop"), 2);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertTrue(registry.agentNamed("laptop").isPresent());
    }

    @Test
    void a_client_that_is_listed_later_may_pass_tokens_through_from_then_on() throws IOException {
        FileAgentRegistry registry = watching(CONTROL);
        write(ALL_KINDS, 1);
        assertEquals(Set.of(), registry.passthroughClients());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(Set.of(new ClientId("foundry-1")), registry.passthroughClients());
    }

    @Test
    void a_file_that_is_gone_leaves_everything_as_it_was() throws IOException {
        FileAgentRegistry registry = watching(CONTROL);
        Files.delete(file());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertTrue(registry.agentNamed("desktop").isPresent());
        assertEquals(2, registry.apps().size());
    }

    private static Grant grant(AgentRegistry registry, String name) {
        return registry.agentNamed(name).orElseThrow().grant();
    }

    private FileAgentRegistry watching(String content) throws IOException {
        write(content, 0);
        return new FileAgentRegistry(file(), nanos::get);
    }

    private void write(String content, int seconds) throws IOException {
        Files.writeString(file(), content);
        Files.setLastModifiedTime(
                file(), FileTime.from(Instant.parse("2026-11-20T00:00:00Z").plusSeconds(seconds)));
    }

    private Path file() {
        return folder.resolve("agents.json");
    }
}
