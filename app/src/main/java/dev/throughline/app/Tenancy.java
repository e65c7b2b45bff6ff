package dev.throughline.app;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Holds the authority's addresses to the one tenant: its people sign in there, and only its tokens count. */
final class Tenancy {
    /** Names under which Entra lets people of many tenants in. */
    private static final Set<String> MANY = Set.of("common", "organizations", "consumers");

    private final UUID tenant;

    Tenancy(UUID tenant) {
        this.tenant = tenant;
    }

    /** Refuses an address that names another tenant than ours, or many. */
    void require(String name, URI address) {
        for (String segment : segments(address)) {
            if (MANY.contains(segment.toLowerCase(Locale.ROOT))) {
                throw new InvalidSettingException(
                        name, "must name the one tenant of AZURE_TENANT_ID instead of '" + segment + "'");
            }
            if (Variables.isGuid(segment) && !isOurs(segment)) {
                throw new InvalidSettingException(name, "names another tenant than AZURE_TENANT_ID");
            }
        }
    }

    /** Whether our tenant is a part of the path, in whichever letters. */
    boolean namedIn(URI address) {
        return segments(address).stream().anyMatch(this::isOurs);
    }

    /** Whether the path is our tenant's, as Entra's authorities are. */
    boolean endsIn(URI address) {
        return Optional.of(segments(address))
                .filter(segments -> segments.get(segments.size() - 1).equals(tenant.toString()))
                .isPresent();
    }

    private boolean isOurs(String segment) {
        return segment.equalsIgnoreCase(tenant.toString());
    }

    private static List<String> segments(URI address) {
        return Arrays.asList(address.getPath().split("/"));
    }
}
