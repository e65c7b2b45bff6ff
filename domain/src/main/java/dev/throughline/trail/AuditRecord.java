package dev.throughline.trail;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * A record as it is kept.
 *
 * @param id names it; of two records the one that was made later has the greater one
 * @param body the record itself, a line of JSON
 * @param seq its place in the chain; empty while it has none
 */
public record AuditRecord(UUID id, String body, OptionalLong seq) {}
