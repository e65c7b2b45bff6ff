package dev.throughline.in.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in compact form (RFC 7515 section 7.1), taken apart. Libraries are lenient about the alphabet and
 * about unused bits, and each lenience is a second spelling of the same token; so the spelling is checked first.
 *
 * @param header the header's members
 * @param claims the payload's members; not to be believed before the signature is checked
 * @param signedPart what the signature covers
 * @param signature the signature
 */
record CompactToken(Claims header, Claims claims, byte[] signedPart, byte[] signature) {

    private static final Characters ALPHABET = Characters.of(Characters.BASE64URL);

    static CompactToken parse(String token, GateRules rules, StrictJson json) throws RejectedTokenException {
        Rule.check(rules.spelling(), token);
        String[] parts = token.split("\\.", -1);
        return new CompactToken(
                members(json, parts[0], TokenRejection.HEADER_INVALID),
                members(json, parts[1], TokenRejection.CLAIMS_INVALID),
                token.substring(0, parts[0].length() + 1 + parts[1].length()).getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(parts[2]));
    }

    private static Claims members(StrictJson json, String part, TokenRejection otherwise)
            throws RejectedTokenException {
        Optional<Map<String, @Nullable Object>> members =
                json.object(Base64.getUrlDecoder().decode(part));
        return new Claims(members.orElseThrow(() -> new RejectedTokenException(otherwise)));
    }

    /** Whether it is three parts, none of them empty, of the base64url alphabet alone. */
    static boolean hasThreeParts(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        return first > 0
                && second > first + 1
                && second < token.length() - 1
                && ALPHABET.make(token, 0, first)
                && ALPHABET.make(token, first + 1, second)
                && ALPHABET.make(token, second + 1, token.length());
    }

    /** Whether no part leaves bits over that a decoder would ignore (RFC 4648 section 3.5). */
    static boolean isCanonical(String token) {
        int begin = 0;
        for (int dot = token.indexOf('.'); dot >= 0; dot = token.indexOf('.', begin)) {
            if (!isCanonical(token, begin, dot)) {
                return false;
            }
            begin = dot + 1;
        }
        return isCanonical(token, begin, token.length());
    }

    private static boolean isCanonical(String token, int begin, int end) {
        return switch ((end - begin) % 4) {
            case 0 -> true;
            case 2 -> (value(token.charAt(end - 1)) & 0b1111) == 0;
            case 3 -> (value(token.charAt(end - 1)) & 0b11) == 0;
            default -> false;
        };
    }

    /** The six bits that a base64url character stands for. */
    private static int value(char character) {
        return Characters.BASE64URL.indexOf(character);
    }
}
