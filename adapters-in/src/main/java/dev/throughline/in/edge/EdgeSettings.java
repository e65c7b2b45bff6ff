package dev.throughline.in.edge;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Under which names we are reached, and whose pages may call us.
 *
 * @param publicUrl the address that clients see
 * @param origins whose pages may call us besides our own, each as browsers spell it
 * @param tokenOrigin where the web chat redeems its code, in the browser
 * @param anyLoopbackHost whether this machine's own names will do for ours, with any port
 * @param anyLoopbackOrigin whether pages of this machine may call us, from any port
 */
public record EdgeSettings(
        URI publicUrl, Set<String> origins, URI tokenOrigin, boolean anyLoopbackHost, boolean anyLoopbackOrigin) {
    public EdgeSettings {
        origins = Set.copyOf(origins);
    }

    boolean https() {
        return "https".equals(publicUrl.getScheme());
    }

    /** Our own origin as browsers spell it (RFC 6454 section 6.2): in lower case, without the scheme's own port. */
    String ownOrigin() {
        String port = publicUrl.getPort() < 0 || publicUrl.getPort() == schemePort() ? "" : ":" + publicUrl.getPort();
        return publicUrl.getScheme() + "://" + host() + port;
    }

    /** Our own name as clients send it, which may spell out the scheme's own port. */
    Set<String> ownHosts() {
        int port = publicUrl.getPort() < 0 ? schemePort() : publicUrl.getPort();
        String spelled = host() + ":" + port;
        return port == schemePort() ? Set.of(host(), spelled) : Set.of(spelled);
    }

    private String host() {
        return publicUrl.getHost().toLowerCase(Locale.ROOT);
    }

    private int schemePort() {
        return https() ? 443 : 80;
    }
}
