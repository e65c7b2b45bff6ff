package dev.throughline.in.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The headers that repeat what the body asks for (MCP 2026-07-28, basic/transports/streamable-http): whoever routes or
 * filters by a header must not be shown another call than the one that is made. Older clients need not send them, but
 * what they send must be true, too.
 */
final class MirroredHeaders {
    static final String METHOD = "Mcp-Method";
    static final String NAME = "Mcp-Name";

    private static final String ENCODED = "=?base64?";
    private static final String END = "?=";

    private MirroredHeaders() {}

    /**
     * Compares a message with its headers.
     *
     * @throws RpcException if they disagree, or a header is missing that this era demands
     */
    static void require(Message message, Era era, List<String> methods, List<String> names) throws RpcException {
        boolean demanded = era == Era.MODERN && message.id().isPresent();
        boolean sameMethod = says(methods, message.method(), Optional::of, demanded);
        boolean sameName = message.name()
                .map(name -> says(names, name, MirroredHeaders::decoded, demanded))
                .orElse(true);
        if (!sameMethod || !sameName) {
            throw message.fault(
                    400,
                    RpcError.of(
                            RpcError.HEADER_MISMATCH,
                            "The headers Mcp-Method and Mcp-Name must each be there once and say what the body says."));
        }
    }

    private static boolean says(
            List<String> headers, String value, Function<String, Optional<String>> form, boolean demanded) {
        return headers.isEmpty()
                ? !demanded
                : headers.size() == 1
                        && form.apply(headers.get(0).strip())
                                .filter(value::equals)
                                .isPresent();
    }

    /** A name that does not fit into a header comes in base64; empty if it is not well-formed. */
    private static Optional<String> decoded(String value) {
        if (!value.startsWith(ENCODED) || !value.endsWith(END) || value.length() < ENCODED.length() + END.length()) {
            return Optional.of(value);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(value.substring(ENCODED.length(), value.length() - END.length()));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
