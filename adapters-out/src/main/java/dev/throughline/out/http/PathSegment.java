package dev.throughline.out.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes one segment of a path of any text, so that a name cannot lead to another place than the one it names. */
public final class PathSegment {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private PathSegment() {}

    /** The text percent-encoded (RFC 3986); empty for what would be no segment, or a step up or on the spot. */
    public static Optional<String> of(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            return Optional.empty();
        }
        StringBuilder segment = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                segment.append((char) b);
            } else {
                segment.append(String.format("%%%02X", b));
            }
        }
        return Optional.of(segment.toString());
    }
}
