package dev.throughline.in.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names a request, so that a person who was shown an error and an operator who reads logs speak of the same thing. A
 * caller may name it; what does not look like a name is replaced, so that nothing strange gets into logs.
 */
public final class CorrelationId {
    /** The header that carries it, in both directions. */
    public static final String HEADER = "X-Correlation-ID";

    private static final String ATTRIBUTE = CorrelationId.class.getName();
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private CorrelationId() {}

    /** The request's id; made when it is first asked for, and the same from then on. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = Optional.ofNullable(request.getHeader(HEADER))
                .filter(sent -> SAFE.matcher(sent).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** Tells the caller the request's id. */
    public static void echo(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HEADER, of(request));
    }
}
