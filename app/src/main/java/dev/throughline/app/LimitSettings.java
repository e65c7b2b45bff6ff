package dev.throughline.app;

import dev.throughline.out.limits.Limit;
import dev.throughline.out.limits.Limits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often callers may ask.
 *
 * @param limits plenty for people and their scripts by default, and an end for a loop that has none
 * @param shared whether all instances take from the same budgets
 */
record LimitSettings(Limits limits, boolean shared) {
    private static final Pattern LIMIT = Pattern.compile("([0-9]{1,7}) *, *([0-9]{1,7})");

    static LimitSettings read(Variables variables) {
        return new LimitSettings(
                new Limits(
                        limit(variables, "RATE_LIMIT_USER", "6000,2000"),
                        limit(variables, "RATE_LIMIT_AGENT", "3000,1000"),
                        limit(variables, "RATE_LIMIT_WRITES", "1200,300"),
                        limit(variables, "RATE_LIMIT_TOOL", "1500,500"),
                        limit(variables, "RATE_LIMIT_CHAT", "120,60")),
                !variables.isFirst("RATE_LIMIT_STORE", "memory", "database"));
    }

    private static Limit limit(Variables variables, String name, String otherwise) {
        Matcher limit = LIMIT.matcher(variables.text(name).orElse(otherwise));
        try {
            if (limit.matches()) {
                return new Limit(Integer.parseInt(limit.group(1)), Integer.parseInt(limit.group(2)));
            }
        } catch (IllegalArgumentException outOfRange) {
            // Falls through to the one sentence about it.
        }
        throw new InvalidSettingException(
                name, "must be requests a minute and requests at once, such as " + otherwise + ", each 1 to 1000000");
    }
}
