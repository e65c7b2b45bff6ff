package dev.throughline.verifier;

/** What can be wrong with a log. */
enum Fault {
    /** A line is not of the form that exports have. */
    FORM,
    /** A line does not end: the export breaks off in it. */
    CUT_OFF,
    /** Records are missing. */
    MISSING,
    /** A line stands where another belongs. */
    OUT_OF_PLACE,
    /** A record is not the one that was sealed there. */
    CHANGED,
    /** A checkpoint is of another log, or of another key. */
    OTHER_KEY,
    /** A checkpoint bears no valid signature. */
    NOT_SIGNED,
    /** The records are in a valid chain that is not the signed one. */
    REWRITTEN,
    /** A record is sealed as it is, but is none. */
    NO_RECORD,
    /** Two records have one id. */
    REPEATED,
    /** The log ends before the end that was signed. */
    TRUNCATED,
    /** The checkpoint at the end is not the one at the beginning. */
    OTHER_END,
    /** Something follows the end that was signed. */
    SURPLUS,
    /** A checkpoint that was kept outside tells of other records. */
    OTHER_HISTORY,
    /** A checkpoint that was kept outside is not in the log. */
    CHECKPOINT_MISSING
}
