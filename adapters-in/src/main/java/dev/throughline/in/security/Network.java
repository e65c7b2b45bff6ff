package dev.throughline.in.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The network of an address, without the host in it: as much as the record of a request needs. */
final class Network {
    /** An address in numbers; a name would be looked up. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?");

    private static final int OF_IPV4 = 3;
    private static final int OF_IPV6 = 6;

    private Network() {}

    /** Such as {@code 192.0.2.0/24} or {@code 2001:db8:1::/48}; empty where that is no address. */
    static Optional<String> of(@Nullable String address) {
        if (address == null || !NUMBERS.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return Optional.of(bytes.length == 4 ? v4(bytes) : v6(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String v4(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < OF_IPV4; i++) {
            text.append(bytes[i] & 0xff).append('.');
        }
        return text.append("0/24").toString();
    }

    private static String v6(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < OF_IPV6; i += 2) {
            text.append(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff))
                    .append(':');
        }
        return text.append(":/48").toString();
    }
}
