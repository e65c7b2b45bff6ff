package dev.throughline.in.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signed token in compact form (RFC 7515 section 7.1), taken apart strictly: exactly three parts of the base64url
 * alphabet, each in its one canonical spelling, and JSON without duplicate names. Libraries are lenient here, and each
 * lenience is a second spelling of the same token.
 *
 * @param header the header's members
 * @param claims the payload's members; not to be believed before the signature is checked
 * @param signedPart what the signature covers
 * @param signature the signature's bytes
 */
record CompactToken(
        Map<String, @Nullable Object> header,
        Map<String, @Nullable Object> claims,
        byte[] signedPart,
        byte[] signature) {

    private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");
    private static final TypeReference<Map<String, @Nullable Object>> MEMBERS = new TypeReference<>() {};
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(8 * 1024)
                            .maxNumberLength(20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static CompactToken parse(String token) throws RejectedTokenException {
        var parts = SHAPE.matcher(token);
        if (!parts.matches()) {
            throw new RejectedTokenException(TokenRejection.NOT_COMPACT);
        }
        return new CompactToken(
                members(parts.group(1), TokenRejection.HEADER_INVALID),
                members(parts.group(2), TokenRejection.CLAIMS_INVALID),
                (parts.group(1) + "." + parts.group(2)).getBytes(StandardCharsets.US_ASCII),
                bytes(parts.group(3)));
    }

    private static Map<String, @Nullable Object> members(String part, TokenRejection otherwise)
            throws RejectedTokenException {
        byte[] json = bytes(part);
        try {
            Map<String, @Nullable Object> members = STRICT.readValue(json, MEMBERS);
            if (members == null) {
                throw new RejectedTokenException(otherwise);
            }
            return members;
        } catch (JacksonException notAnObject) {
            throw new RejectedTokenException(otherwise);
        }
    }

    private static byte[] bytes(String part) throws RejectedTokenException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through: answered like every other spelling that is not canonical.
        }
        throw new RejectedTokenException(TokenRejection.NOT_COMPACT);
    }
}
