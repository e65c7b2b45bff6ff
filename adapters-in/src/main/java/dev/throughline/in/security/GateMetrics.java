package dev.throughline.in.security;

import java.util.function.DoubleSupplier;

/** What operators watch of the issuers' keys. No label is anything that a caller can choose. */
public interface GateMetrics {

    /** An issuer's keys were fetched, or were not: {@code ok} or {@code failed}. */
    void keysRefreshed(String result);

    /** A published key was left out. */
    void keyRejected(String fault);

    /** How old an issuer's keys are is told by this, in seconds; not a number while there are none. */
    void watchKeyAge(String issuer, DoubleSupplier seconds);
}
