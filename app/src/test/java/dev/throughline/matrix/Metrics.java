package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's counters at {@code /metrics}, read from outside. */
final class Metrics {
    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)\\{([^}]*)} (\\S+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final Client client;

    Metrics(Client client) {
        this.client = client;
    }

    /** How often the gate refused until now, by {@code reason adapter}. */
    Map<String, Integer> rejections() {
        return counts("authn_reject_total", "reason", "adapter");
    }

    /** How often keys were fetched until now, by the result. */
    Map<String, Integer> refreshes() {
        return counts("jwks_refresh_total", "result");
    }

    /** How many published keys were left out until now, by what was wrong. */
    Map<String, Integer> rejectedKeys() {
        return counts("jwks_key_rejected_total", "fault");
    }

    private Map<String, Integer> counts(String name, String... labels) {
        Answer answer = client.get("/metrics?scope=application");
        assertEquals(200, answer.status(), answer.body());
        Map<String, Integer> counts = new TreeMap<>();
        Matcher sample = SAMPLE.matcher(answer.body());
        while (sample.find()) {
            if (sample.group(1).equals(name)) {
                counts.merge(key(sample.group(2), labels), (int) Double.parseDouble(sample.group(3)), Integer::sum);
            }
        }
        return counts;
    }

    private static String key(String text, String... wanted) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        StringBuilder key = new StringBuilder();
        for (String name : wanted) {
            key.append(key.isEmpty() ? "" : " ").append(labels.getOrDefault(name, "-"));
        }
        return key.toString();
    }

    /** What was counted between two looks; what did not change is left out. */
    static Map<String, Integer> between(Map<String, Integer> before, Map<String, Integer> after) {
        Map<String, Integer> more = new TreeMap<>();
        after.forEach((key, count) -> {
            int added = count - before.getOrDefault(key, 0);
            if (added != 0) {
                more.put(key, added);
            }
        });
        return more;
    }
}
