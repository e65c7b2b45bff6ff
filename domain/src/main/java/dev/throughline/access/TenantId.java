package dev.throughline.access;

import java.util.UUID;

/**
 * The directory a user or agent belongs to (Entra's {@code tid}).
 *
 * @param value the directory's id
 */
public record TenantId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
