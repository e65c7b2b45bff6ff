package dev.throughline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.battery.Battery;
import dev.throughline.battery.Report;
import dev.throughline.battery.TargetFile;
import dev.throughline.local.run.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The resource-server battery against this product, described by the very file that the documentation gives for a
 * running one. With {@code -Dbattery.report=docs/mcp-battery.md} it writes that document anew.
 */
class BatteryIT {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/mcp-battery.md");
    private static final String BEGINNING = "<!-- From here on generated. -->\n";
    /** What a line says of a check, without what was got: the words of an answer may change. */
    private static final Pattern LINE = Pattern.compile("^(## |\\| `).*$", Pattern.MULTILINE);

    private final LocalStack stack = Running.stack();
    private final Rows rows = new Rows(stack);

    @Test
    void this_server_passes_every_check_that_applies_and_the_document_says_so(@TempDir Path folder) throws IOException {
        List<String> before = rows.find("select orders::text from orders order by number");

        Report report = Battery.run(TargetFile.read(target(folder)));

        String generated = report.markdown() + "\n## Sources\n\n" + Report.sources();
        write(generated);
        assertEquals(List.of(), report.failures());
        assertEquals(before, rows.find("select orders::text from orders order by number"), "No check changes an order");
        assertFalse(generated.contains("eyJ"), "The report shows no token");
        String document = Files.readString(DOCUMENT);
        assertTrue(document.contains(BEGINNING), DOCUMENT.toString());
        assertEquals(
                verdicts(generated),
                verdicts(document.substring(document.indexOf(BEGINNING))),
                "The document is not of this run; write it anew with the command that it names");
    }

    /** The file as documented, for the ports and the folder of the stack of the tests. */
    private Path target(Path folder) throws IOException {
        Path keys = stack.server()
                .console()
                .resolve("../../entra/signing-keys.json")
                .normalize();
        return Files.writeString(
                folder.resolve("target.json"),
                Files.readString(ROOT.resolve("app/src/test/battery/local.json"))
                        .replace("localhost:9080", "localhost:" + stack.ports().web())
                        .replace("localhost:9180", "localhost:" + stack.ports().entra())
                        .replace("../../../../.local/entra/signing-keys.json", keys.toString()));
    }

    private static void write(String generated) throws IOException {
        String place = System.getProperty("battery.report", "");
        if (!place.isEmpty()) {
            Path file = ROOT.resolve(place);
            String document = Files.readString(file);
            Files.writeString(file, document.substring(0, document.indexOf(BEGINNING)) + BEGINNING + "\n" + generated);
        }
    }

    private static List<String> verdicts(String text) {
        return LINE.matcher(text).results().map(BatteryIT::verdict).toList();
    }

    private static String verdict(MatchResult line) {
        String[] cells = line.group().split("(?<!\\\\)\\|");
        return cells.length < 6 ? line.group() : cells[1] + cells[3] + cells[cells.length - 1];
    }
}
