package dev.throughline.in.edge;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that we answer for. A page of somebody else's can make its name lead to this machine (DNS rebinding), and a
 * browser then takes us for that page's own server; it cannot make the browser send another name.
 */
final class AllowedHosts {
    private static final Pattern LOOPBACK = Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]{1,5})?");

    private final Set<String> own;
    private final boolean anyLoopback;

    AllowedHosts(EdgeSettings settings) {
        this.own = settings.ownHosts();
        this.anyLoopback = settings.anyLoopbackHost();
    }

    boolean contain(String host) {
        String sent = host.toLowerCase(Locale.ROOT);
        return own.contains(sent) || anyLoopback && LOOPBACK.matcher(sent).matches();
    }

    /** A host without its port. */
    static String nameIn(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
