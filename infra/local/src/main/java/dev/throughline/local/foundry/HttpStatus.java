package dev.throughline.local.foundry;

import java.util.Map;

/** The names by which the service's own runtime (.NET) calls HTTP statuses in its error texts. */
final class HttpStatus {

    private static final Map<Integer, String> PHRASES = Map.of(
            400, "BadRequest",
            401, "Unauthorized",
            403, "Forbidden",
            404, "NotFound",
            405, "MethodNotAllowed",
            415, "UnsupportedMediaType",
            421, "MisdirectedRequest",
            429, "TooManyRequests",
            500, "InternalServerError",
            503, "ServiceUnavailable");

    private HttpStatus() {}

    static String phrase(int status) {
        return PHRASES.getOrDefault(status, "Status " + status);
    }
}
