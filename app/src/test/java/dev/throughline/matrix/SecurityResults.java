package dev.throughline.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code docs/security-results.md} from what the tests of the last build have left: the results files of this
 * package's tests and the reports of the tests in process. A case that is defined and was not shown stops it.
 */
final class SecurityResults {
    static final Path DOCUMENT = Path.of("docs", "security-results.md");

    private static final List<String> IN_PROCESS = List.of(
            "adapters-in:dev.throughline.in.security.TokenMatrixTest",
            "adapters-in:dev.throughline.in.security.GateRulesTest",
            "adapters-in:dev.throughline.in.security.DifferentialTest",
            "adapters-in:dev.throughline.in.security.SigningKeysTest",
            "adapters-in:dev.throughline.in.security.PublishedKeysTest",
            "adapters-in:dev.throughline.in.security.HttpKeySourceTest",
            "adapters-in:dev.throughline.in.security.RememberedProofsTest",
            "adapters-in:dev.throughline.in.security.CallersTest",
            "adapters-in:dev.throughline.in.security.ActingClaimsTest",
            "adapters-in:dev.throughline.in.EqualDecisionsTest",
            "domain:dev.throughline.access.AccessPolicyTest",
            "domain:dev.throughline.access.WholePolicyTest");
    private static final Pattern COUNTS = Pattern.compile(
            "<testsuite [^>]*\\btests=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\" failures=\"(\\d+)\"");

    private final Path root;
    private final List<String> text = new ArrayList<>();

    private SecurityResults(Path root) {
        this.root = root;
    }

    /** @param arguments the repository's folder */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Files.writeString(root.resolve(DOCUMENT), new SecurityResults(root).document());
    }

    private String document() {
        Map<Case, Integer> requests = requests();
        List<Case> unseen = Stream.of(tokens(), KeyLifeCases.ALL, IssuerCases.ALL)
                .flatMap(List::stream)
                .filter(defined -> !requests.containsKey(defined))
                .toList();
        if (!unseen.isEmpty()) {
            throw new IllegalStateException("Run all tests first; these were not shown: " + unseen);
        }
        introduction(requests);
        reasons();
        table("Tokens and requests", "Tried at every door unless doors are named.", lines());
        table(
                "The life of keys",
                "A server of its own, whose key address is in the hand of the test.",
                lines(KeyLifeCases.ALL));
        table("Other issuers", "Two servers of their own, which differ in one setting.", lines(IssuerCases.ALL));
        elsewhere();
        inProcess();
        return String.join("\n", text) + "\n";
    }

    private void introduction(Map<Case, Integer> requests) {
        say("""
                # Security results

                What the tests of the gate have shown. This file is written by

                ```sh
                mvn -B -ntp -Presults clean verify
                ```

                from the reports of that very build, and a test compares its cases with those that are defined. Each token
                differs in one thing from one that the same door lets in just before and just after it. Asserted are the
                status, the challenge to the letter, and the gate's own reason by the change of `authn_reject_total`. After
                all of them, no order and no conversation was made or changed, nobody was called whom a token named, and no
                log holds a piece of a token. The numbers, T001 to T268, are our own.

                | | Cases |
                |---|---|
                | Tokens and requests | %d |
                | The life of keys | %d |
                | Other issuers | %d |

                The first of them are %d requests, with controls before and after.
                """.formatted(
                        tokens().size(),
                        KeyLifeCases.ALL.size(),
                        IssuerCases.ALL.size(),
                        tokens().stream().mapToInt(requests::get).sum()));
        say("The doors:");
        say("");
        say("| Door | Adapter | Request |");
        say("|---|---|---|");
        for (Door door : Door.values()) {
            say("| " + door + " | " + door.adapter + " | `" + door.method + " " + door.path + "` "
                    + door.body
                            .replaceAll("\"conversation_id\":\"[^\"]*\",", "")
                            .replaceAll("(.+)", "`$1`")
                    + (door == Door.STREAM ? " as an event stream" : "") + " |");
        }
        say("");
    }

    private void reasons() {
        Map<String, Map<String, Integer>> sent = new TreeMap<>();
        Map<String, Integer> cases = new TreeMap<>();
        for (Row row : Rows.all()) {
            if (row.expected() instanceof Outcome.Refused refused) {
                cases.merge(refused.reason(), 1, Integer::sum);
                row.doors()
                        .forEach(door -> sent.computeIfAbsent(refused.reason(), reason -> new TreeMap<>())
                                .merge(door.adapter, 1, Integer::sum));
            }
        }
        say("## By reason");
        say("");
        say("Refused by the gate, among the tokens and requests.");
        say("");
        say("| Reason | Cases | REST | MCP | Chat |");
        say("|---|---|---|---|---|");
        sent.forEach(
                (reason, at) -> say("| `" + reason + "` | " + cases.get(reason) + " | " + at.getOrDefault("rest", 0)
                        + " | " + at.getOrDefault("mcp", 0) + " | " + at.getOrDefault("chat", 0) + " |"));
        say("");
    }

    private void table(String title, String about, List<String> lines) {
        say("## " + title);
        say("");
        say(about);
        say("");
        say("| Id | What is different | Answer |");
        say("|---|---|---|");
        lines.forEach(this::say);
        say("");
    }

    private void elsewhere() {
        say("## Not over HTTP");
        say("");
        say("| Id | What | Why not | Shown by |");
        say("|---|---|---|---|");
        NotOverHttp.ALL.forEach(row -> say(row.line()));
        say("""

                What the server's own channel decides, before any code of ours sees a request, has its own answer above: a
                token of 40 KiB and more, and 1,000 headers, are refused there. A folded line arrives as one with a space for
                the fold (T237), which RFC 9112 section 5.2 allows; the fold itself is not to be seen by then.

                The public Wycheproof vectors were not run: they are no Maven artifact, and the tests fetch nothing.
                """);
    }

    private void inProcess() {
        say("## In process");
        say("");
        say("| Tests | Run | Failed |");
        say("|---|---|---|");
        for (String entry : IN_PROCESS) {
            String module = entry.substring(0, entry.indexOf(':'));
            String name = entry.substring(entry.indexOf(':') + 1);
            Matcher counts =
                    COUNTS.matcher(read(root.resolve(module).resolve("target/surefire-reports/TEST-" + name + ".xml")));
            if (!counts.find()) {
                throw new IllegalStateException("No counts for " + name);
            }
            int failed = Integer.parseInt(counts.group(2)) + Integer.parseInt(counts.group(4));
            say("| `" + name.replaceAll(".*\\.", "") + "` | " + counts.group(1) + " | " + failed + " |");
        }
    }

    /** Every line about a case, as the document must have them now. */
    static List<String> allLines() {
        List<String> all = new ArrayList<>(lines());
        all.addAll(lines(KeyLifeCases.ALL));
        all.addAll(lines(IssuerCases.ALL));
        NotOverHttp.ALL.forEach(row -> all.add(row.line()));
        return all;
    }

    private static List<String> lines() {
        Map<Case, String> lines = new LinkedHashMap<>();
        Rows.all().stream()
                .sorted(Comparator.comparing(Row::id))
                .forEach(row -> lines.put(Case.of(row), line(Case.of(row), at(row.doors()))));
        OddRequest.all().forEach(odd -> lines.put(odd.shown(), line(odd.shown(), "")));
        return List.copyOf(lines.values());
    }

    private static List<String> lines(List<Case> cases) {
        return cases.stream()
                .sorted(Comparator.comparing(Case::id))
                .map(shown -> line(shown, ""))
                .toList();
    }

    private static String line(Case shown, String at) {
        return "| " + shown.id() + " | " + escaped(shown.words()) + " | " + shown.outcome() + at + " |";
    }

    private static String at(Set<Door> doors) {
        return doors.equals(Door.ALL)
                ? ""
                : doors.stream().sorted().map(Door::name).collect(Collectors.joining(", ", " at ", ""));
    }

    private static String escaped(String words) {
        return words.replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("\r", "")
                .replace("\n", " ");
    }

    private static List<Case> tokens() {
        return Stream.concat(
                        Rows.all().stream().map(Case::of),
                        OddRequest.all().stream().map(OddRequest::shown))
                .distinct()
                .toList();
    }

    private Map<Case, Integer> requests() {
        Map<Case, Integer> requests = new LinkedHashMap<>();
        for (String file : List.of("tokens", "keys", "issuers")) {
            read(root.resolve("app/target/matrix/" + file + ".tsv")).lines().forEach(line -> {
                String[] part = line.split("\t", -1);
                requests.merge(new Case(part[0], part[1], part[2]), Integer.parseInt(part[4]), Integer::sum);
            });
        }
        return requests;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Run all tests first", e);
        }
    }

    private void say(String line) {
        text.add(line);
    }
}
