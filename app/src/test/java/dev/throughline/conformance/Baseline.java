package dev.throughline.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is expected to fail, and why: the suite's own baseline file, of which each entry must say its reason in a
 * comment on its line.
 *
 * @param file as the suite reads it
 * @param reasons by scenario, or by scenario and check
 */
record Baseline(Path file, Map<String, String> reasons) {
    private static final Pattern ENTRY = Pattern.compile("\\s*- (\\S+)(?:\\s+# (.+))?");

    static Baseline of(Revision revision) {
        return read(Path.of("src", "test", "conformance", revision + ".yaml").toAbsolutePath());
    }

    static Baseline read(Path file) {
        Map<String, String> reasons = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher entry = ENTRY.matcher(line);
                if (entry.matches()) {
                    reasons.put(entry.group(1), reason(entry));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Baseline(file, reasons);
    }

    private static String reason(Matcher entry) {
        if (entry.group(2) == null) {
            throw new IllegalArgumentException(entry.group(1) + " is expected to fail, but no reason is given");
        }
        return entry.group(2);
    }

    /** Why a scenario, or a check of it, may fail; empty if it may not. */
    Optional<String> reason(String scenario, String check) {
        return Optional.ofNullable(reasons.getOrDefault(scenario, reasons.get(scenario + ":" + check)));
    }
}
