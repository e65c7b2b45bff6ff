package dev.throughline.out.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.ClientId;
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
                Set.of("list-orders", "get-order"),
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
    void a_file_that_is_gone_leaves_everything_as_it_was() throws IOException {
        FileAgentRegistry registry = watching(CONTROL);
        Files.delete(file());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertTrue(registry.agentNamed("desktop").isPresent());
        assertEquals(2, registry.apps().size());
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
