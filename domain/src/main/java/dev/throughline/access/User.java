package dev.throughline.access;

import java.util.Set;

/**
 * A person, as a verified token names them.
 *
 * @param tenant the person's tenant
 * @param id the person within the tenant
 * @param roles the app roles that the token carries; may be empty
 */
public record User(TenantId tenant, UserId id, Set<Role> roles) {
    public User {
        roles = Set.copyOf(roles);
    }
}
