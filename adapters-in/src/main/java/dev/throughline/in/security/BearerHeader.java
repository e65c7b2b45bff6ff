package dev.throughline.in.security;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Takes the token from the one place where it may be: a single {@code Authorization: Bearer} header (RFC 6750 section
 * 2.1). A second header or any odd spelling is refused rather than guessed at.
 */
final class BearerHeader {
    private static final int MAX_LENGTH = 16 * 1024;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=!-]+");

    private BearerHeader() {}

    static String token(List<String> authorization, boolean tokenInQuery) throws RejectedTokenException {
        if (authorization.size() > 1) {
            throw new RejectedTokenException(TokenRejection.AMBIGUOUS);
        }
        if (authorization.isEmpty()) {
            throw new RejectedTokenException(TokenRejection.MISSING);
        }
        if (tokenInQuery) {
            throw new RejectedTokenException(TokenRejection.TOKEN_IN_QUERY);
        }
        return bearer(authorization.get(0).strip());
    }

    private static String bearer(String header) throws RejectedTokenException {
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        if (!scheme.toLowerCase(Locale.ROOT).equals("bearer")) {
            // Without a scheme it may be a bare token; with another scheme it is somebody else's credential.
            throw new RejectedTokenException(
                    space < 0 && scheme.contains(".") ? TokenRejection.MALFORMED_HEADER : TokenRejection.MISSING);
        }
        String token = space < 0 ? "" : header.substring(space + 1);
        if (token.length() > MAX_LENGTH || !TOKEN.matcher(token).matches()) {
            throw new RejectedTokenException(TokenRejection.MALFORMED_HEADER);
        }
        return token;
    }
}
