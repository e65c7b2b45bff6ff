package dev.throughline.access;

/** A permit's approval was used, or ran out, between the decision and the change; nothing was done. */
public final class ApprovalSpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApprovalSpentException() {
        super("The approval is spent", null, false, false);
    }
}
