package dev.throughline.out.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Where a token or a secret may be sent: over TLS, or to this very machine. */
public final class SafeAddress {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private SafeAddress() {}

    /**
     * Guards a setting.
     *
     * @param what the setting, as the sentence of the refusal begins
     * @throws IllegalArgumentException if a token sent there could be read on its way
     */
    public static URI require(String what, URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        boolean confidential = scheme.equals("https") || scheme.equals("http") && LOOPBACK.contains(host);
        if (address.getHost() == null || address.getRawUserInfo() != null || !confidential) {
            throw new IllegalArgumentException(
                    what + " must be an https address without a user in it, or http on this machine.");
        }
        return address;
    }
}
