package dev.throughline.app;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds variables that look like ours but are not. They are only told of, since the environment is not ours alone: an
 * orchestrator, for one, adds variables named after its services.
 */
final class Misspellings {
    private static final Set<String> PREFIXES = Set.of("AUTH_", "CORS_", "MCP_", "RATE_LIMIT_");
    private static final int MOST_EDITS = 3;

    private Misspellings() {}

    /** One line about all of them, to be asked for once everything was read; empty where there are none. */
    static Optional<String> of(Variables variables) {
        Set<String> unknown = variables.unknown(PREFIXES);
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(unknown.stream()
                        .map(name -> name + meant(name, variables.known()))
                        .collect(Collectors.joining(", ", "settings_unknown These variables set nothing here: ", ".")));
    }

    private static String meant(String name, Set<String> known) {
        return known.stream()
                .filter(other -> edits(name, other) <= MOST_EDITS)
                .min(Comparator.comparing((String other) -> edits(name, other)).thenComparing(other -> other))
                .map(other -> " (did you mean " + other + "?)")
                .orElse("");
    }

    /** How many characters have to be put in, left out or replaced (Levenshtein's distance). */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
