package dev.throughline.out.audit;

import java.util.UUID;

/**
 * A record in its one form.
 *
 * @param id names it
 * @param body one line of JSON in ASCII, which holds the id, too
 */
public record AuditLine(UUID id, String body) {}
