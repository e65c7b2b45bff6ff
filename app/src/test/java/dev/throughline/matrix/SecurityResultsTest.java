package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The matrix is whole, and the document about it is of today. */
class SecurityResultsTest {
    private static final int LAST = 268;

    @Test
    void every_number_of_the_matrix_has_a_case_or_a_reason_why_it_has_none() {
        Set<String> known = new TreeSet<>(shown());
        NotOverHttp.ALL.forEach(row -> known.add(row.id()));

        assertEquals(
                IntStream.rangeClosed(1, LAST)
                        .mapToObj("T%03d"::formatted)
                        .collect(Collectors.toCollection(TreeSet::new)),
                known);
    }

    @Test
    void what_is_said_not_to_be_shown_is_not() {
        NotOverHttp.ALL.forEach(row -> assertTrue(!shown().contains(row.id()), row.id()));
    }

    @Test
    void no_case_is_there_twice() {
        List<Case> all = Stream.concat(
                        Rows.all().stream().map(Case::of),
                        OddRequest.all().stream().map(OddRequest::shown))
                .toList();

        assertEquals(
                Set.copyOf(all).size(),
                all.size(),
                () -> all.stream()
                        .filter(one -> all.indexOf(one) != all.lastIndexOf(one))
                        .toList()
                        .toString());
    }

    @Test
    void the_document_has_the_cases_that_are_defined() throws IOException {
        Path document =
                Path.of(System.getProperty("basedir", ".")).resolve("..").resolve(SecurityResults.DOCUMENT);

        List<String> told = Files.readAllLines(document).stream()
                .filter(line -> line.matches("\\| T\\d{3} .*"))
                .toList();

        assertEquals(
                String.join("\n", SecurityResults.allLines()),
                String.join("\n", told),
                "Write it anew: mvn -B -ntp -Presults clean verify");
    }

    private static Set<String> shown() {
        Set<String> ids = new TreeSet<>();
        Rows.all().forEach(row -> ids.add(row.id()));
        OddRequest.all().forEach(odd -> ids.add(odd.id()));
        KeyLifeCases.ALL.forEach(shown -> ids.add(shown.id()));
        IssuerCases.ALL.forEach(shown -> ids.add(shown.id()));
        return ids;
    }
}
