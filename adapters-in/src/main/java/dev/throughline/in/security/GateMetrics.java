package dev.throughline.in.security;

import java.util.function.DoubleSupplier;

/** What operators watch at the gate. No label names a person, a token or anything else that a caller can choose. */
public interface GateMetrics {

    /** A request was not let in. */
    void requestRejected(String reason, String adapter);

    /** A caller who was let in asked for more than one of the budgets has. */
    void rateLimited(String budget, String adapter);

    /** An issuer's keys were fetched, or were not: {@code ok} or {@code failed}. */
    void keysRefreshed(String result);

    /** A published key was left out. */
    void keyRejected(String fault);

    /** How old an issuer's keys are is told by this, in seconds; not a number while there are none. */
    void watchKeyAge(String issuer, DoubleSupplier seconds);
}
