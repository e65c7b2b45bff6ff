package dev.throughline.out.database;

import java.util.Locale;

/** What can be wrong with the audit log. */
enum ChainFault {
    /** The record is not the one that was sealed. */
    RECORD_CHANGED,
    /** There is a seal without its record. */
    RECORD_MISSING,
    /** There is a seal less than there was. */
    SEAL_MISSING,
    /** The chain is not that of its seals. */
    SEAL_CHANGED,
    /** A checkpoint is not as it was signed, or not signed by our key. */
    CHECKPOINT_CHANGED,
    /** Records and seals fit each other, but not what was signed. */
    REWRITTEN,
    /** There were more records once. */
    ROLLED_BACK;

    /** Its stable name. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
