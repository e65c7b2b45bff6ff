package dev.throughline.out;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.App;
import dev.throughline.access.Caller;
import dev.throughline.access.ClientId;
import dev.throughline.access.Credential;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Made-up people of made-up tenants, so that no test sees the rows of another. */
public final class People {
    private static final App APP = new App(new ClientId("the-web-chat"), "web-chat", true);
    private static final AccessPolicy POLICY = new AccessPolicy();

    private People() {}

    public static TenantId someTenant() {
        return new TenantId(UUID.randomUUID());
    }

    public static User someone(TenantId tenant, Role... roles) {
        return new User(tenant, new UserId(UUID.randomUUID()), Set.of(roles));
    }

    /** The same person with another role. */
    public static User as(Role role, User user) {
        return new User(user.tenant(), user.id(), Set.of(role));
    }

    /** A person as the caller of a request. */
    public static Caller.Person person(User user) {
        Credential credential = new Credential(APP.client(), "the-api", Set.of(Scope.values()), Instant.MAX);
        return new Caller.UserDirectly(user, APP, credential);
    }

    /** A person's permit for an affair of their own, whatever their role. */
    public static Permit own(User user, Action action) {
        return permit(as(Role.VIEWER, user), action);
    }

    /** A permit as only the policy can make one. */
    public static Permit permit(User user, Action action) {
        Credential credential = new Credential(APP.client(), "the-api", Set.of(Scope.values()), Instant.MAX);
        return POLICY.decide(new Caller.UserDirectly(user, APP, credential), action, Facts.at(Door.REST), Instant.EPOCH)
                .either(permit -> permit, refusal -> {
                    throw new AssertionError(refusal.rule());
                });
    }
}
