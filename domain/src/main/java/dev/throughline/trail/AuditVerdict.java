package dev.throughline.trail;

import java.util.Optional;

/**
 * Whether some records are those that were written.
 *
 * @param fault why they are not, by a stable name; empty where they are
 * @param records how many were looked at
 * @param sealed how many of them have a place in the chain
 * @param size how many records the chain has
 * @param checkpoint the last one that was signed
 */
public record AuditVerdict(Optional<String> fault, int records, int sealed, long size, Optional<Signed> checkpoint) {

    /**
     * A checkpoint.
     *
     * @param size how many records it covers
     * @param at when it was signed
     * @param note the signed note
     */
    public record Signed(long size, String at, String note) {}
}
