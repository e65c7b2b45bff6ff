package dev.throughline.in.security;

import java.util.List;
import java.util.function.Predicate;

/**
 * One rule of the gate.
 *
 * @param name what must hold, in words
 * @param otherwise why a request is refused where it does not
 * @param holds whether it does
 */
record Rule<T>(String name, TokenRejection otherwise, Predicate<T> holds) {

    /** Leaves at the first rule that does not hold. */
    static <T> void check(List<Rule<T>> rules, T subject) throws RejectedTokenException {
        for (Rule<T> rule : rules) {
            if (!rule.holds.test(subject)) {
                throw new RejectedTokenException(rule.otherwise);
            }
        }
    }
}
