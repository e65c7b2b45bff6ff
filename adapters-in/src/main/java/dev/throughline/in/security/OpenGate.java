package dev.throughline.in.security;

import dev.throughline.access.App;
import dev.throughline.access.Caller;
import dev.throughline.access.Credential;
import dev.throughline.access.Origin;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import jakarta.security.enterprise.CallerPrincipal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Lets everybody in, as one and the same synthetic caller: authentication that is off, for a proof of concept. What a
 * request presents is not looked at, so that there is no token to pass on either.
 */
public final class OpenGate implements Authentication {
    /** Sees, places and amends the tenant's orders; neither deletes them nor chats. */
    private static final Role ROLE = Role.PM;

    private final TenantId tenant;

    /** @param tenant whose orders it is let into */
    public OpenGate(TenantId tenant) {
        this.tenant = tenant;
    }

    /** Who it is is nowhere proven, and so it is on record. */
    @Override
    public Admission admit(BearerHeader request, Origin.Arrival arrival) {
        Caller caller = new Caller.UserDirectly(
                new User(tenant, Nobody.USER, Set.of(ROLE)),
                new App(Nobody.CLIENT, Nobody.CLIENT.value(), false),
                new Credential(
                        Nobody.CLIENT,
                        Nobody.CLIENT.value(),
                        Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE),
                        Instant.MAX,
                        new Origin(arrival, Optional.empty(), Optional.empty())));
        return new Admission(caller, new CallerPrincipal(Nobody.CLIENT.value()), Optional.empty());
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Optional<String> warning() {
        return Optional.of("authentication is off");
    }

    @Override
    public void close() {
        // Nothing goes on in the background.
    }
}
