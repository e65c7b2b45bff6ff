package dev.throughline.trail;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a tool call's arguments in one canonical form, so that the same arguments have the same digest however
 * they were spelled. Names are sorted, white space is gone and numbers have one spelling each, after RFC 8785.
 */
public final class ArgumentsDigest {

    private ArgumentsDigest() {}

    /**
     * The digest in lower-case hexadecimal.
     *
     * @param arguments JSON as Java values: maps with string keys, lists, strings, numbers, booleans and nulls
     * @throws IllegalArgumentException for a value of any other type
     */
    public static String of(Map<String, ?> arguments) {
        byte[] canonical = canonical(arguments).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String canonical(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            TreeMap<String, Object> sorted = new TreeMap<>();
            object.forEach((name, member) -> sorted.put((String) name, member));
            return sorted.entrySet().stream()
                    .map(member -> quoted(member.getKey()) + ":" + canonical(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> array) {
            return array.stream().map(ArgumentsDigest::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Number number) {
            BigDecimal decimal = new BigDecimal(number.toString());
            return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toString();
        }
        if (value == null || value instanceof Boolean) {
            return String.valueOf(value);
        }
        throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(c -> {
            if (c < 0x20 || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
