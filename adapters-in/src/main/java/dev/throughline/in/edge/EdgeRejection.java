package dev.throughline.in.edge;

import dev.throughline.in.http.Problem;
import java.util.Locale;

/** Why a request was not looked at. None of it is a secret: it is about the request alone, never about who sent it. */
enum EdgeRejection {
    PROTOCOL_NOT_SUPPORTED(505, "This server speaks HTTP/1.1."),
    METHOD_UNKNOWN(501, "There is no such method; methods are spelled in capitals."),
    ADDRESS_TOO_LONG(414, "The address is too long."),
    HEADERS_TOO_LARGE(431, "The request's headers are too many or too large."),
    HEADER_MALFORMED(400, "A header's value may hold visible ASCII characters, spaces and tabs only."),
    HEADER_REPEATED(400, "A header that can have but one value was sent twice."),
    HOST_MISSING(400, "The request must name its host."),
    HOST_NOT_ALLOWED(421, "This server does not answer for this host name."),
    HOST_MISMATCH(400, "The address and the Host header name different hosts."),
    ORIGIN_NOT_ALLOWED(403, "Pages of this origin may not call this server."),
    BODY_END_UNCLEAR(400, "The headers do not say in one plain way where the body ends."),
    LENGTH_REQUIRED(411, "A request that may have a body must say how long it is."),
    BODY_TOO_LARGE(413, "The body must not be longer than 1024 KiB."),
    BODY_ENCODED(415, "The body must be sent as it is, without a content encoding.");

    private final int status;
    private final String sentence;

    EdgeRejection(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    Problem problem() {
        return Problem.of(status, code(), sentence);
    }
}
