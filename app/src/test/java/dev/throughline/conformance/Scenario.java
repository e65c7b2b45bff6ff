package dev.throughline.conformance;

import java.util.List;
import java.util.Optional;

/**
 * How one scenario of the suite ended.
 *
 * @param unscored why it does not count for its revision; empty where it does
 * @param passed how many checks passed
 * @param failed the checks that did not
 */
record Scenario(String name, Optional<String> unscored, long passed, List<String> failed) {

    /** Whether it counts and is as the revision requires. */
    boolean conforms() {
        return unscored.isEmpty() && failed.isEmpty();
    }

    /** Whether it counts and is not as the revision requires. */
    boolean lacks() {
        return unscored.isEmpty() && !failed.isEmpty();
    }
}
