package dev.throughline.docs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents prove what they say by naming tests; a name that no test has proves nothing. */
class NamedTestsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("..");
    private static final Pattern NAME =
            Pattern.compile("`(?:[\\w/…-]*/)?([A-Z]\\w*(?:Test|IT|Contract))(?:\\.([a-z]\\w*))?`");

    private static Map<String, Path> tests;

    @BeforeAll
    static void find_all_tests() {
        tests = Stream.of("domain", "infra/local", "adapters-out", "adapters-in", "app")
                .flatMap(module -> filesBelow(ROOT.resolve(module).resolve("src/test/java")))
                .filter(file -> file.toString().endsWith(".java"))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""), file -> file, (one, other) -> one));
    }

    private static Stream<Path> filesBelow(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECURITY.md",
                "docs/threat-model.md",
                "docs/identity.md",
                "docs/observability.md",
                "docs/mcp-conformance.md",
                "docs/connect.md"
            })
    void every_test_that_a_document_names_is_there(String document) throws IOException {
        List<String> missing = NAME.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .filter(named -> !exists(named.group(1), named.group(2)))
                .map(named -> named.group())
                .toList();

        assertTrue(missing.isEmpty(), missing.toString());
        assertFalse(tests.isEmpty());
    }

    private static boolean exists(String test, String method) {
        Path file = tests.get(test);
        return file != null && (method == null || text(file).contains("void " + method + "("));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
