package dev.throughline.access;

import java.util.Optional;

/**
 * What a decision depends on besides who wants to do what.
 *
 * @param door how the call came in
 * @param row the one row that it is about; empty while that is not known, or where it is about none or many
 */
public record Facts(Door door, Optional<Row> row) {

    /**
     * Whose a row is.
     *
     * @param tenant its tenant
     * @param owner the person within the tenant
     */
    public record Row(TenantId tenant, UserId owner) {}

    /** A call through a door, about no row in particular. */
    public static Facts at(Door door) {
        return new Facts(door, Optional.empty());
    }

    /** The same call, about this row. */
    public Facts about(TenantId tenant, UserId owner) {
        return new Facts(door, Optional.of(new Row(tenant, owner)));
    }
}
