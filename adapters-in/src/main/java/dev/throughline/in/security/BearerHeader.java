package dev.throughline.in.security;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a request presents where tokens may be: a single {@code Authorization: Bearer} header (RFC 6750 section 2.1). A
 * second header or any odd spelling is refused rather than guessed at; a token anywhere else is no token.
 */
final class BearerHeader {
    /** What may stand in a header as one word; whether it is also a token's spelling is asked later. */
    private static final Characters WORD = Characters.of(Characters.BASE64URL + ".~+/=!");

    private static final Characters PLAIN = Characters.of(
            IntStream.range('!', 0x7F).mapToObj(Character::toString).collect(Collectors.joining()));

    private final int lines;
    private final String query;
    private final String scheme;
    private final String token;

    /**
     * @param authorization the values of all Authorization headers
     * @param query the query, empty if there is none
     */
    BearerHeader(List<String> authorization, String query) {
        String value = authorization.isEmpty() ? "" : withoutSpaceAround(authorization.get(0));
        int space = value.indexOf(' ');
        this.lines = authorization.size();
        this.query = query;
        this.scheme = space < 0 ? value : value.substring(0, space);
        this.token = space < 0 ? "" : value.substring(space + 1);
    }

    /** The token, once all rules about the request hold. */
    String token(GateRules rules) throws RejectedTokenException {
        Rule.check(rules.request(), this);
        return token;
    }

    /** The token, or what was presented as one; only good for telling events of the same token. */
    Optional<String> credentials() {
        String presented = isBareToken() ? scheme : isBearer() ? token.strip() : "";
        return Optional.of(presented).filter(text -> !text.isEmpty());
    }

    boolean atMostOne() {
        return lines <= 1;
    }

    boolean besideQueryToken() {
        return lines > 0 && !query.isEmpty() && names(query).anyMatch("access_token"::equals);
    }

    /** Whether nothing before the first space could be read differently elsewhere, as a folded line could. */
    boolean hasPlainScheme() {
        return PLAIN.make(scheme);
    }

    /** Whether it is one word that looks like a token: its scheme was forgotten. */
    boolean isBareToken() {
        return token.isEmpty() && scheme.contains(".");
    }

    boolean isBearer() {
        return scheme.equalsIgnoreCase("bearer");
    }

    boolean isOneWord() {
        return !token.isEmpty() && WORD.make(token);
    }

    boolean isNoLongerThan(int characters) {
        return token.length() <= characters;
    }

    /** Without the spaces and tabs that a header's value may have around it (RFC 9110 section 5.5). */
    private static String withoutSpaceAround(String value) {
        int begin = 0;
        int end = value.length();
        while (begin < end && isSpace(value.charAt(begin))) {
            begin++;
        }
        while (end > begin && isSpace(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(begin, end);
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\t';
    }

    private static Stream<String> names(String query) {
        return Stream.of(query.split("&")).map(parameter -> decoded(parameter.split("=", 2)[0]));
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return name;
        }
    }
}
