package dev.throughline.in.events;

import java.util.function.BooleanSupplier;

/**
 * How often was refused what. Every label is of a closed list of ours: none names a person, a token or anything else
 * that a caller can choose.
 */
public interface EventMetrics {

    /** A request was turned away before anybody looked at its token. */
    void edgeRejected(String reason, String adapter);

    /** A request was not let in. */
    void authnRejected(String reason, String adapter);

    /** The policy refused a caller. */
    void authzDenied(String reason, String tool, String agentClass);

    /** A caller who was let in asked for more than one of the budgets has. */
    void rateLimited(String budget, String adapter);

    /** An alert was raised. */
    void alertRaised(String kind);

    /** Whether an alert of this kind is open is told by this. */
    void watchAlert(String kind, BooleanSupplier open);
}
