package dev.throughline.conversation;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a consent link may lead. The agent service is trusted to broker a consent, not to send people anywhere. The web
 * chat holds links to the same rule (consent-link.ts).
 *
 * @param hosts the hosts allowed, without ports; {@code *.example} stands for the hosts below {@code example}, not for
 *     {@code example} itself
 * @param plainLoopback whether http will do for a listed host that is this machine, as it does for local stand-ins
 */
public record ConsentLinks(Set<String> hosts, boolean plainLoopback) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public ConsentLinks {
        hosts = hosts.stream().map(ConsentLinks::lowerCase).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a person may be sent there. */
    public boolean allows(URI link) {
        if (link.getScheme() == null || link.getHost() == null || link.getRawUserInfo() != null) {
            return false;
        }
        String host = lowerCase(link.getHost());
        return encrypted(lowerCase(link.getScheme()), host) && hosts.stream().anyMatch(entry -> matches(entry, host));
    }

    private boolean encrypted(String scheme, String host) {
        return scheme.equals("https") || scheme.equals("http") && plainLoopback && LOOPBACK.contains(host);
    }

    private static boolean matches(String entry, String host) {
        if (!entry.startsWith("*.")) {
            return host.equals(entry);
        }
        String suffix = entry.substring(1);
        return suffix.length() > 1 && host.length() > suffix.length() && host.endsWith(suffix);
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
