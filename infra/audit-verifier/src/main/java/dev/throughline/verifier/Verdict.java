package dev.throughline.verifier;

/** What is to be said of a log, in one sentence. */
sealed interface Verdict {
    int HOLDS = 0;
    int BROKEN = 1;
    int UNREADABLE = 2;

    String sentence();

    int exitCode();

    /**
     * Nothing was changed since it was signed.
     *
     * @param records how many records there are
     * @param at when the last checkpoint was signed
     * @param outside how many checkpoints kept elsewhere say the same
     */
    record Holds(long records, String at, int outside) implements Verdict {
        @Override
        public String sentence() {
            return Count.of(records, "record") + (records == 1 ? " holds" : " hold") + ", signed as of " + at
                    + (outside == 0 ? "" : ", and so say " + Count.of(outside, "checkpoint") + " kept outside") + ".";
        }

        @Override
        public int exitCode() {
            return HOLDS;
        }
    }

    /**
     * The log is not the one that was signed.
     *
     * @param line where that shows first, counted from 1
     * @param fault what kind of fault it is
     * @param meaning what happened to the log
     */
    record Broken(long line, Fault fault, String meaning) implements Verdict {
        @Override
        public String sentence() {
            return "The log does not hold, line " + line + ": " + meaning + ".";
        }

        @Override
        public int exitCode() {
            return BROKEN;
        }
    }

    /**
     * There is nothing to be judged.
     *
     * @param sentence what is the matter, and what to do
     */
    record Unreadable(String sentence) implements Verdict {
        @Override
        public int exitCode() {
            return UNREADABLE;
        }
    }
}
