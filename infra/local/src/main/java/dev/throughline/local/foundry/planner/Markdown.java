package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tables and escaped text. Whatever comes from a tool or a person is a value, and never becomes markup. */
final class Markdown {

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+!|~&$^=]");
    private static final int MAX_VALUE = 300;

    private Markdown() {}

    static String escape(String value) {
        String line = value.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        String bounded = line.length() > MAX_VALUE ? line.substring(0, MAX_VALUE) + "\u2026" : line;
        return MARKUP.matcher(bounded).replaceAll("\\\\$0");
    }

    /** A table; the cells are escaped here. */
    static String table(List<String> head, List<List<String>> rows) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(row(head));
        lines.add(head.stream().map(column -> "---").collect(Collectors.joining(" | ", "| ", " |")));
        rows.forEach(cells -> lines.add(row(cells)));
        return lines.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(Markdown::escape).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
