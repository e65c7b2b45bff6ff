package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tables and escaped text. Whatever comes from a tool or a person is a value, and never becomes markup. */
final class Markdown {

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+!|~&$^=]");
    private static final int MAX_VALUE = 300;
    private static final int MAX_SENTENCES = 1_000;

    /** No sign of these can begin markup inside a word, so that an address may stay as it is. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[\\w.:/?%=&#-]+");

    private Markdown() {}

    static String escape(String value) {
        return escapeMarkup(oneLine(value, MAX_VALUE));
    }

    /** What somebody says, in whole sentences: escaped but for addresses, which must stay whole to be followed. */
    static String sentences(String said) {
        String line = oneLine(said, MAX_SENTENCES);
        Matcher addresses = ADDRESS.matcher(line);
        StringBuilder escaped = new StringBuilder();
        int end = 0;
        while (addresses.find()) {
            escaped.append(escapeMarkup(line.substring(end, addresses.start()))).append(addresses.group());
            end = addresses.end();
        }
        return escaped.append(escapeMarkup(line.substring(end))).toString();
    }

    private static String oneLine(String value, int max) {
        String line = value.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > max ? line.substring(0, max) + "\u2026" : line;
    }

    private static String escapeMarkup(String line) {
        return MARKUP.matcher(line).replaceAll("\\\\$0");
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
