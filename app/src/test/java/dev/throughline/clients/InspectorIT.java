package dev.throughline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.e2e.Running;
import dev.throughline.local.entra.TokenDraft;
import dev.throughline.local.entra.TokenWorkshop;
import dev.throughline.local.run.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Inspector's command line against the running product: without a token, with a bad one, and with a good one. */
class InspectorIT {
    private static final int SIGN_IN_NEEDED = 3;

    private final NodeProgram inspector = new NodeProgram("inspector", Duration.ofMinutes(1));
    private final LocalStack stack = Running.stack();
    private final TokenWorkshop workshop = stack.entra().tokens();
    private final TokenDraft vic = workshop.user("vic", TypeScriptClient.DESKTOP, "Orders.Read");
    private final TokenDraft nightAgent = workshop.application(TypeScriptClient.NIGHT_AGENT);

    @TempDir
    private Path home;

    @Nested
    class A_without_a_token {
        @Test
        void it_says_that_somebody_must_sign_in() {
            assertRefused("sign_in_required", list(Optional.empty()));
        }
    }

    @Nested
    class B_with_a_bad_token {
        @Test
        void a_persons_is_refused() {
            assertEquals(0, list(Optional.of(vic)).exit());

            assertRefused("invalid_token", list(Optional.of(vic.with("aud", "https://ai.azure.com"))));
        }

        @Test
        void an_agents_own_is_refused() {
            assertEquals(0, list(Optional.of(nightAgent)).exit());

            assertRefused("invalid_token", list(Optional.of(nightAgent.expired())));
        }
    }

    @Nested
    class C_with_a_good_token {
        @ParameterizedTest
        @ValueSource(strings = {"legacy", "modern"})
        void a_person_is_shown_the_tools_and_calls_one_in_either_era(String era) {
            assertEquals(
                    List.of("list-orders", "get-order", "health-check", "whoami"),
                    texts(list(Optional.of(vic), "--protocol-era", era), "tools", "name"));

            JsonNode called = json(call("list-orders", vic, "limit=2", "--protocol-era", era));

            assertEquals("ORD-003", called.at("/structuredContent/items/1/id").asString());
        }

        @Test
        void an_agent_as_itself_is_shown_the_tools_and_calls_one() {
            JsonNode called = json(call("get-order", nightAgent, "id=ORD-002"));

            assertEquals("ORD-002", called.at("/structuredContent/id").asString());
        }

        @Test
        void no_schema_of_ours_is_one_that_clients_stumble_over() {
            NodeProgram.Run run = list(Optional.of(workshop.user("ada")), "--strict");

            assertEquals(0, run.exit(), run.complained());
            assertEquals(7, texts(run, "tools", "name").size());
        }
    }

    private NodeProgram.Run list(Optional<TokenDraft> token, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--method", "tools/list"));
        arguments.addAll(List.of(more));
        return run(token, arguments);
    }

    private NodeProgram.Run call(String tool, TokenDraft token, String argument, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--method", "tools/call", "--tool-name", tool, "--tool-arg", argument));
        arguments.addAll(List.of(more));
        return run(Optional.of(token), arguments);
    }

    /** With a home of its own, where it finds no token of an earlier run and leaves none. */
    private NodeProgram.Run run(Optional<TokenDraft> token, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--cli", stack.web() + "api/v1/mcp", "--transport", "http", "--format", "json", "--stored-auth-only"));
        arguments.addAll(more);
        token.ifPresent(draft -> arguments.addAll(List.of("--header", "Authorization: Bearer " + draft.sign())));
        return inspector.run(Map.of("HOME", home.toString()), arguments);
    }

    private static void assertRefused(String reason, NodeProgram.Run run) {
        assertEquals(SIGN_IN_NEEDED, run.exit(), run.complained());
        assertTrue(run.complained().contains("auth_required"), run.complained());
        assertTrue(run.complained().contains(reason), run.complained());
    }

    private static List<String> texts(NodeProgram.Run run, String list, String name) {
        List<String> texts = new ArrayList<>();
        json(run).path(list).forEach(one -> texts.add(one.path(name).asString()));
        return texts;
    }

    private static JsonNode json(NodeProgram.Run run) {
        assertEquals(0, run.exit(), run.complained());
        JsonNode printed = new JsonMapper().readTree(run.printed());
        return printed.has("result") ? printed.path("result") : printed;
    }
}
