package dev.throughline.access;

import java.util.UUID;

/**
 * A person within a tenant (Entra's {@code oid}, which is never reassigned).
 *
 * @param value the person's object id
 */
public record UserId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
