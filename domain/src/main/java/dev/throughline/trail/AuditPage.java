package dev.throughline.trail;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One page of records, the newest first.
 *
 * @param items the records
 * @param next where the next page starts after; empty on the last
 */
public record AuditPage(List<AuditRecord> items, Optional<UUID> next) {
    public AuditPage {
        items = List.copyOf(items);
    }
}
