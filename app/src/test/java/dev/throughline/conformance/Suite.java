package dev.throughline.conformance;

import dev.throughline.clients.NodeProgram;
import dev.throughline.clients.NodeProgram.Run;
import dev.throughline.e2e.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official suite, as its command line offers it. */
final class Suite {
    private static final Pattern FOLDER = Pattern.compile("server-(.+)-\\d{4}-\\d\\d-\\d\\dT[\\dZ-]+");
    private static final Pattern LISTED = Pattern.compile("- (?:scenario: )?(\\S+)");
    private static final Pattern UNSCORED = Pattern.compile("- scenario: (\\S+)\\s+leg: server\\s+reason: (\\S+)");

    private final NodeProgram program = new NodeProgram("conformance", Duration.ofMinutes(3));
    private final String endpoint;

    Suite(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * A run of all that a revision requires.
     *
     * @param exit 0 if nothing failed but what was expected to, and all of that did
     * @param printed what the suite said
     * @param scenarios in the order in which the revision's requirements list them
     */
    record Outcome(int exit, String printed, List<Scenario> scenarios) {}

    Outcome run(Revision revision, Baseline baseline) {
        Path results = Running.emptyFolder("conformance-" + revision);
        Run run = server(
                "--requirements",
                revision.toString(),
                "--expected-failures",
                baseline.file().toString(),
                "--output-dir",
                results.toString());
        return new Outcome(run.exit(), run.printed() + run.complained(), scenarios(results, requirements(revision)));
    }

    /** One scenario by its name; answers the exit code. */
    int run(String scenario, Baseline baseline) {
        return server(
                        "--scenario",
                        scenario,
                        "--expected-failures",
                        baseline.file().toString())
                .exit();
    }

    private Run server(String... options) {
        List<String> arguments = new ArrayList<>(List.of("server", "--url", endpoint));
        arguments.addAll(List.of(options));
        return program.run(Map.of(), arguments);
    }

    /** What a revision requires, and what it runs without counting it, in the suite's own words. */
    private static String requirements(Revision revision) {
        try {
            return Files.readString(Path.of(
                    System.getProperty("throughline.clients"),
                    "node_modules/@modelcontextprotocol/conformance/requirements",
                    revision + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Scenario> scenarios(Path results, String requirements) {
        List<String> listed =
                LISTED.matcher(requirements).results().map(one -> one.group(1)).toList();
        Map<String, String> unscored = UNSCORED.matcher(requirements)
                .results()
                .collect(Collectors.toMap(one -> one.group(1), one -> one.group(2)));
        try (Stream<Path> folders = Files.list(results)) {
            return folders.map(folder -> scenario(folder, unscored))
                    .sorted(Comparator.comparingInt(scenario -> listed.indexOf(scenario.name())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario scenario(Path folder, Map<String, String> unscored) {
        List<JsonNode> checks = new ArrayList<>();
        new JsonMapper().readTree(folder.resolve("checks.json").toFile()).forEach(checks::add);
        String name = name(folder);
        return new Scenario(
                name,
                Optional.ofNullable(unscored.get(name)),
                checks.stream().filter(check -> ended(check, "SUCCESS")).count(),
                checks.stream()
                        // Against a baseline the suite takes a warning for a failure; so do we.
                        .filter(check -> ended(check, "FAILURE") || ended(check, "WARNING"))
                        .map(check -> check.path("id").asString())
                        .distinct()
                        .toList());
    }

    private static String name(Path folder) {
        Matcher matcher = FOLDER.matcher(folder.getFileName().toString());
        if (!matcher.matches()) {
            throw new IllegalStateException("The suite names its results in another way: " + folder);
        }
        return matcher.group(1);
    }

    private static boolean ended(JsonNode check, String status) {
        return check.path("status").asString().equals(status);
    }
}
