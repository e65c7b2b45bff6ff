package dev.throughline.in.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the token matrix.
 *
 * @param id its number there
 * @param sentence what is special about it
 * @param gate where it is presented
 * @param request what is presented
 * @param rejection why it is refused; absent where it is let in
 */
record TokenCase(
        String id,
        String sentence,
        TestGate gate,
        BearerHeader request,
        @Nullable TokenRejection rejection) {

    static BearerHeader bearing(String token) {
        return new BearerHeader(List.of("Bearer " + token), "");
    }

    /** What its gate, with these rules, says to it: a rejection's name, "let in", or what went wrong. */
    String outcome(GateRules rules) {
        try {
            gate.verifier(rules).prove(request.token(rules));
            return "let in";
        } catch (RejectedTokenException e) {
            return e.rejection().name();
        } catch (RuntimeException | StackOverflowError e) {
            return e.getClass().getSimpleName();
        }
    }

    String expected() {
        return rejection == null ? "let in" : rejection.name();
    }

    @Override
    public String toString() {
        return id + " " + sentence;
    }
}
