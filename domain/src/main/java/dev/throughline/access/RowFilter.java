package dev.throughline.access;

import java.util.Optional;

/**
 * The rows that a permit covers. Lists and single rows are filtered by the same value, so that they cannot disagree.
 *
 * @param tenant rows of this tenant only
 * @param owner rows of this person only; empty for the whole tenant's
 */
public record RowFilter(TenantId tenant, Optional<UserId> owner) {

    /** Whether a row of that tenant and owner is covered. */
    public boolean covers(TenantId rowTenant, UserId rowOwner) {
        return tenant.equals(rowTenant) && owner.map(rowOwner::equals).orElse(true);
    }
}
