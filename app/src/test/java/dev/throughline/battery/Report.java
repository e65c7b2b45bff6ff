package dev.throughline.battery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a run found. */
public final class Report {

    /**
     * A line of the report.
     *
     * @param part which revision was spoken
     */
    record Line(String part, Check check, Verdict verdict) {
        String markdown() {
            return "| `" + check.id() + "` | " + check.level() + " | " + cell(check.sent()) + " | "
                    + cell(check.expected()) + " | " + cell(verdict.got()) + " | " + verdict.outcome() + " |";
        }

        private static String cell(String text) {
            return text.replace("|", "\\|").replace("\n", " ");
        }
    }

    private final List<Line> lines;

    Report(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** The ids of the checks that failed, each with what was sent and got. */
    public List<String> failures() {
        return lines.stream()
                .filter(line -> line.verdict().outcome() == Verdict.Outcome.FAIL)
                .map(line -> line.check().id() + " (" + line.part() + ", "
                        + line.check().sent() + "): " + line.verdict().got())
                .toList();
    }

    List<Line> lines() {
        return lines;
    }

    /** How many checks passed. */
    public long passed() {
        return count(Verdict.Outcome.PASS);
    }

    private long count(Verdict.Outcome outcome) {
        return lines.stream()
                .filter(line -> line.verdict().outcome() == outcome)
                .count();
    }

    /** The tables, one for each revision. */
    public String markdown() {
        List<String> text = new ArrayList<>();
        text.add(count(Verdict.Outcome.PASS) + " passed, " + count(Verdict.Outcome.FAIL) + " failed, "
                + count(Verdict.Outcome.NOT_APPLICABLE) + " not applicable.");
        for (String part : lines.stream().map(Line::part).distinct().toList()) {
            text.add("");
            text.add("## " + part);
            text.add("");
            text.add("| Check | Level | Sent | Expected | Got | |");
            text.add("|---|---|---|---|---|---|");
            lines.stream()
                    .filter(line -> line.part().equals(part))
                    .map(Line::markdown)
                    .forEach(text::add);
        }
        return text.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    /** Where each check's rule is written. */
    public static String sources() {
        return Battery.all().stream()
                .map(check -> "| `" + check.id() + "` | " + check.source() + " |")
                .distinct()
                .collect(Collectors.joining("\n", "| Check | Source |\n|---|---|\n", "\n"));
    }
}
