package dev.throughline.in.edge;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose pages may call us. Browsers spell an origin in one way only (RFC 6454 section 6.2), so it is compared as it is.
 */
final class AllowedOrigins {
    private static final Pattern LOOPBACK = Pattern.compile("https?://(?:localhost|127\\.0\\.0\\.1)(?::[0-9]{1,5})?");

    private final Set<String> listed;
    private final boolean anyLoopback;

    AllowedOrigins(EdgeSettings settings) {
        Set<String> all = new HashSet<>(settings.origins());
        all.add(settings.ownOrigin());
        this.listed = Set.copyOf(all);
        this.anyLoopback = settings.anyLoopbackOrigin();
    }

    boolean contain(String origin) {
        return listed.contains(origin)
                || anyLoopback && LOOPBACK.matcher(origin).matches();
    }
}
