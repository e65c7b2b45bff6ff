package dev.throughline.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What came of the runs, for people: one table for each revision. It is the same for the same results. */
final class Report {
    private static final String HEAD = """
            # MCP conformance

            The results of the [official conformance suite](https://github.com/modelcontextprotocol/conformance), version
            %s, against this server, for both revisions whose requirements the suite has. The suite cannot send a token, and
            nobody certifies servers that ask for one; here it meets the **secured** endpoint of the packaged product:

            - The WAR has one more jar in it, with the tools, resources and prompts that the scenarios ask for. They are
              mounted beside the order desk, behind the same gate, decisions and records
              (`app/src/test/java/…/fixtures`).
            - A forwarder gives each request the token of a signed-in person and changes nothing else: host names and origins
              are judged by the server (`TokenForwarder`).

            `ConformanceIT` runs this in the test command. A failure that is not expected fails it; so does an expected one
            that does not happen. This page is what it saw, and it checks that, too. To write the page anew:

            ```sh
            mvn -B -ntp -pl app -am verify -Dtest=none -Dit.test=ConformanceIT -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dthroughline.write=true
            ```

            [ADR 20](adr/0020-conformance-against-the-secured-endpoint.md) says why it is done this way. What the suite does
            not check - whether a server verifies tokens at all - has tests of its own ([security results](security-results.md)).

            Scenarios marked *not scored* are run and do not count: extensions, which this server does not offer, and what the
            suite does not demand yet.
            """;

    private Report() {}

    static String of(String suite, Map<Revision, List<Scenario>> results) {
        String tables = results.entrySet().stream()
                .map(one -> table(one.getKey(), one.getValue(), Baseline.of(one.getKey())))
                .collect(Collectors.joining("\n"));
        return HEAD.formatted(suite) + "\n" + tables;
    }

    private static String table(Revision revision, List<Scenario> scenarios, Baseline baseline) {
        long required = scenarios.stream()
                .filter(scenario -> scenario.unscored().isEmpty())
                .count();
        long passing = scenarios.stream().filter(Scenario::conforms).count();
        return """
                ## %s

                Of %d required scenarios %d pass and %d fail, as expected.

                | Scenario | Checks passed | Result |
                |---|---|---|
                %s
                """.formatted(
                revision,
                required,
                passing,
                required - passing,
                scenarios.stream().map(scenario -> row(scenario, baseline)).collect(Collectors.joining("\n")));
    }

    private static String row(Scenario scenario, Baseline baseline) {
        long all = scenario.passed() + scenario.failed().size();
        String checks = all == 0 ? "none applies" : scenario.passed() + " of " + all;
        return "| %s | %s | %s |".formatted(scenario.name(), checks, result(scenario, baseline));
    }

    private static String result(Scenario scenario, Baseline baseline) {
        String ended = scenario.failed().isEmpty() ? "passes" : "fails" + because(scenario, baseline);
        return scenario.unscored()
                .map(why -> ended + " (not scored: " + why + ")")
                .orElse(ended);
    }

    private static String because(Scenario scenario, Baseline baseline) {
        String reasons = scenario.failed().stream()
                .map(check -> baseline.reason(scenario.name(), check))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "" : ": " + reasons;
    }
}
