package dev.throughline.battery;

/**
 * How a check ended.
 *
 * @param got what was answered, or why the check does not apply
 */
record Verdict(Outcome outcome, String got) {

    /** The three ways to end. */
    enum Outcome {
        PASS("pass"),
        FAIL("FAIL"),
        NOT_APPLICABLE("n/a");

        private final String shown;

        Outcome(String shown) {
            this.shown = shown;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    static Verdict of(boolean passed, String got) {
        return new Verdict(passed ? Outcome.PASS : Outcome.FAIL, got);
    }

    static Verdict of(boolean passed, Answer answer) {
        return of(passed, answer.summary());
    }

    /** The request that must be accepted was not, so that a refusal of its change would prove nothing. */
    static Verdict noControl(Answer answer) {
        return of(false, "the control was not accepted: " + answer.summary());
    }

    static Verdict notApplicable(String reason) {
        return new Verdict(Outcome.NOT_APPLICABLE, reason);
    }
}
