package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.AgentRegistry;
import dev.throughline.out.registry.FileAgentRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCheckTest {
    private static final String WEB_CHAT = "c0ffee00-0000-4000-8000-0000000000a2";
    private static final String ASSISTANT = "c0ffee00-0000-4000-8000-0000000000a3";
    private static final String REGISTRY = """
            {"apps": [{"clientId": "%s", "name": "web-chat", "mayApprove": true}],
             "agents": [{"clientId": "%s", "name": "orders-assistant", "kind": "prompt", "route": "oauth",
                         "tools": ["whoami"], "scopes": ["Orders.Read"]}]}
            """.formatted(WEB_CHAT, ASSISTANT);

    @TempDir
    private Path folder;

    @Test
    void the_chat_opens_with_an_agent_of_the_registry() {
        check(Sample.prod(), REGISTRY);

        assertRefused(
                "AGENT_NAME names no agent of AGENTS_FILE that people can chat with",
                Sample.prod().with("AGENT_NAME", "orders-asistant"),
                REGISTRY);
        assertRefused(
                "AGENT_NAME names no agent of AGENTS_FILE that people can chat with",
                Sample.prod(),
                REGISTRY.replace("prompt", "mcp-client"));
        assertRefused(
                "AGENT_NAME names no agent of AGENTS_FILE that people can chat with",
                Sample.prod(),
                REGISTRY.replace("prompt", "shared-project").replace("\"whoami\"", ""));
        assertRefused(
                "AGENT_NAME names no agent of AGENTS_FILE that people can chat with",
                Sample.prod(),
                REGISTRY.replace("\"clientId\": \"" + ASSISTANT + "\", ", "").replace("oauth", "passthrough"));
    }

    @Test
    void somebody_can_sign_in_to_the_web_chat() {
        assertRefused(
                "AGENTS_FILE names no app with mayApprove, so nobody could sign in to the web chat",
                Sample.prod(),
                REGISTRY.replace("true", "false"));
    }

    @Test
    void no_audience_of_ours_is_a_clients_whose_id_tokens_would_then_be_for_us() {
        check(Sample.prod().with("AUTH_AUDIENCES", Sample.API), REGISTRY);

        assertRefused(
                "AUTH_AUDIENCES must not hold " + WEB_CHAT + ", the client of web-chat in AGENTS_FILE",
                Sample.prod().with("AUTH_AUDIENCES", Sample.API + "," + WEB_CHAT),
                REGISTRY);
        assertRefused(
                "AUTH_AUDIENCES must not hold " + ASSISTANT + ", the client of orders-assistant in AGENTS_FILE",
                Sample.prod().with("AUTH_AUDIENCES", Sample.API + "," + ASSISTANT),
                REGISTRY);
        assertRefused(
                "AUTH_AUDIENCES must not hold " + Sample.API + ", the client of web-chat in AGENTS_FILE",
                Sample.prod(),
                REGISTRY.replace(WEB_CHAT, Sample.API));
    }

    @Test
    void a_registry_that_is_missing_or_broken_names_its_variable() throws IOException {
        Path file = folder.resolve("agents.json");
        assertRegistryRefused(file, "the agent registry cannot be read from " + file);
        assertRegistryRefused(folder, "the agent registry cannot be read from " + folder);

        Files.writeString(file, "{\"apps\": []");
        assertRegistryRefused(file, "the agent registry is not one JSON object without repeated names");

        Files.writeString(file, REGISTRY.replace("whoami", "who-am-i"));
        InvalidSettingException unknown = assertThrows(InvalidSettingException.class, () -> registry(file));
        assertEquals(
                "Throughline cannot start: AGENTS_FILE does not do, since in the agent registry,",
                unknown.getMessage().substring(0, 79));

        Files.writeString(file, REGISTRY);
        registry(file);
    }

    private static void assertRegistryRefused(Path file, String problem) {
        InvalidSettingException refused = assertThrows(InvalidSettingException.class, () -> registry(file));

        assertEquals("Throughline cannot start: AGENTS_FILE does not do, since " + problem + ".", refused.getMessage());
    }

    private static AgentRegistry registry(Path file) {
        return new OutboundWiring()
                .registry(Sample.prod().with("AGENTS_FILE", file.toString()).read());
    }

    private static void check(Sample sample, String registry) {
        new RegistryCheck(FileAgentRegistry.of(registry)).check(sample.read());
    }

    private static void assertRefused(String problem, Sample sample, String registry) {
        InvalidSettingException refused = assertThrows(InvalidSettingException.class, () -> check(sample, registry));

        assertEquals("Throughline cannot start: " + problem + ".", refused.getMessage());
    }
}
