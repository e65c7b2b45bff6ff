package dev.throughline.conversation;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Where a consent link may lead. The agent service is trusted to broker a consent, not to send people anywhere.
 *
 * @param hosts the hosts allowed, in lower case; {@code *.example} stands for the hosts below {@code example}
 * @param plainLoopback whether http on this machine will do, as it does for local stand-ins
 */
public record ConsentLinks(Set<String> hosts, boolean plainLoopback) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public ConsentLinks {
        hosts = Set.copyOf(hosts);
    }

    /** Whether a person may be sent there. */
    public boolean allows(URI link) {
        if (link.getScheme() == null || link.getHost() == null || link.getRawUserInfo() != null) {
            return false;
        }
        String host = link.getHost().toLowerCase(Locale.ROOT);
        return switch (link.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> listed(host) || plainLoopback && LOOPBACK.contains(host);
            case "http" -> plainLoopback && LOOPBACK.contains(host);
            default -> false;
        };
    }

    private boolean listed(String host) {
        return hosts.stream()
                .anyMatch(entry -> entry.startsWith("*.") ? host.endsWith(entry.substring(1)) : host.equals(entry));
    }
}
