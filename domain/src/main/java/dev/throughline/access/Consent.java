package dev.throughline.access;

import java.util.Locale;

/**
 * Whether a person lets an agent act for them, as our own ledger says. A token shows that somebody consented once; this
 * says whether that still holds.
 */
public enum Consent {
    /** Nobody has asked yet. */
    NONE,
    /** The person was asked and has not answered. */
    ASKED,
    ALLOWED,
    /** The person said no; a later turn may ask again. */
    DENIED,
    /** The person took it back; only they can give it again. */
    REVOKED;

    /** The state's name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
