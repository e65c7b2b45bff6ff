package dev.throughline.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.conformance.Suite.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The official conformance suite against the secured endpoint, in both revisions; its results are on a page. */
class ConformanceIT {
    private static final Path PAGE = Path.of("..", "docs", "mcp-conformance.md").toAbsolutePath();

    private static final Map<Revision, Outcome> OUTCOMES = new EnumMap<>(Revision.class);
    private static Deployment deployment;

    @TempDir
    private Path folder;

    @BeforeAll
    static void run_the_suite_once_for_each_revision() {
        deployment = Deployment.start();
        for (Revision revision : Revision.values()) {
            OUTCOMES.put(revision, new Suite(deployment.endpoint()).run(revision, Baseline.of(revision)));
        }
    }

    @AfterAll
    static void stop() {
        if (deployment != null) {
            deployment.close();
        }
    }

    @Test
    void without_the_forwarders_token_the_suite_would_see_nothing() throws Exception {
        assertEquals(200, ping(deployment.endpoint()));

        assertEquals(401, ping(deployment.securedEndpoint()));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_fails_but_what_is_expected_to_and_all_of_that_does(Revision revision) {
        Outcome outcome = OUTCOMES.get(revision);

        assertEquals(0, outcome.exit(), outcome.printed());
        assertTrue(outcome.scenarios().stream().filter(Scenario::conforms).count() > 10, outcome.printed());
    }

    @ParameterizedTest
    @EnumSource
    void every_failure_has_its_reason_and_every_reason_its_failure(Revision revision) {
        Baseline baseline = Baseline.of(revision);
        List<Scenario> failing = OUTCOMES.get(revision).scenarios().stream()
                .filter(Scenario::lacks)
                .toList();

        failing.forEach(scenario -> scenario.failed()
                .forEach(check -> assertTrue(
                        baseline.reason(scenario.name(), check).isPresent(), scenario.name() + ":" + check)));
        baseline.reasons()
                .keySet()
                .forEach(entry -> assertTrue(
                        failing.stream()
                                .anyMatch(scenario -> entry.equals(scenario.name())
                                        || scenario.failed().stream()
                                                .anyMatch(check -> entry.equals(scenario.name() + ":" + check))),
                        entry + " is expected to fail and does not"));
    }

    @Test
    void the_suite_itself_refuses_an_expected_failure_that_does_not_happen() throws IOException {
        Suite suite = new Suite(deployment.endpoint());
        assertEquals(0, suite.run("ping", baseline("server: []\n")));

        assertNotEquals(0, suite.run("ping", baseline("server:\n  - ping # it passes\n")));
    }

    @Test
    void the_page_says_what_was_seen() throws IOException {
        Map<Revision, List<Scenario>> seen = new EnumMap<>(Revision.class);
        OUTCOMES.forEach((revision, outcome) -> seen.put(revision, outcome.scenarios()));
        String page = Report.of(suiteVersion(), seen);
        if (Boolean.getBoolean("throughline.write")) {
            Files.writeString(PAGE, page);
        }

        assertEquals(page, Files.readString(PAGE), "docs/mcp-conformance.md says how to write it anew");
        assertFalse(page.contains("\r"));
    }

    private Baseline baseline(String yaml) throws IOException {
        return Baseline.read(Files.writeString(folder.resolve("baseline.yaml"), yaml));
    }

    private static String suiteVersion() {
        Path wanted = Path.of(System.getProperty("throughline.clients"), "package.json");
        return new JsonMapper()
                .readTree(wanted.toFile())
                .at("/dependencies/@modelcontextprotocol~1conformance")
                .asString();
    }

    private static int ping(String endpoint) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
