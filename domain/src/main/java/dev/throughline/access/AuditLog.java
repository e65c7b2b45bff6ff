package dev.throughline.access;

import dev.throughline.Unavailable;

/**
 * Port: what was decided about whom, and what came of it, for good. A change writes its record itself, in its own
 * transaction: whoever makes one must not record it here again. What cannot be recorded must not be done.
 */
public interface AuditLog {

    /**
     * Keeps a record; it is on disk when this returns.
     *
     * @throws Unavailable if it cannot be kept
     */
    void record(AuditEntry entry);

    /**
     * Keeps a record of something that changed nothing, without waiting for the disk: it is there within 200
     * milliseconds. A crash within them loses it; an orderly stop does not.
     *
     * @throws Unavailable if earlier ones could not be kept, or too many wait
     */
    void recordSoon(AuditEntry entry);
}
