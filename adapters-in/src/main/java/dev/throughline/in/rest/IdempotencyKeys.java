package dev.throughline.in.rest;

import dev.throughline.order.IdempotencyKey;
import dev.throughline.order.InvalidValueException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header Idempotency-Key. Its draft makes it a structured field, that is, a text in quotes (RFC 8941 section
 * 3.3.3); most clients send the bare key. Both are the same key.
 */
final class IdempotencyKeys {
    /** The header's name. */
    static final String HEADER = "Idempotency-Key";

    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");

    private IdempotencyKeys() {}

    /**
     * The key that a request carries, if it carries one.
     *
     * @param headers the values of the header, in order
     * @throws InvalidValueException if it can be no key, or there are two
     */
    static Optional<IdempotencyKey> sent(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new IdempotencyKey(headers.size() == 1 ? bare(headers.get(0)) : ""));
    }

    private static String bare(String header) {
        if (!header.startsWith("\"")) {
            return header;
        }
        Matcher quoted = QUOTED.matcher(header);
        return quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : "";
    }
}
