package dev.throughline.in.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;

/**
 * Why a request was not answered as its sender hoped (RFC 9457). Everything in it is ours: never the text of an
 * exception.
 *
 * @param status the HTTP status
 * @param reason the stable name that clients may rely on, such as {@code order_not_found}
 * @param detail what to do about it, in one sentence
 * @param field the field of the request that is to blame, if it is one
 */
public record Problem(int status, String reason, String detail, Optional<String> field) {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:throughline:problem:";

    /** A problem of the request as a whole. */
    public static Problem of(int status, String reason, String detail) {
        return new Problem(status, reason, detail, Optional.empty());
    }

    /** A request in which one field is wrong. */
    public static Problem ofField(String reason, String field, String detail) {
        return new Problem(400, reason, detail, Optional.of(field));
    }

    /** What only the log tells more about. */
    public static Problem internal() {
        return of(500, "internal_error", "Something went wrong here; tell your administrator the correlation id.");
    }

    /** What will do later. */
    public static Problem unavailable() {
        return of(503, "unavailable", "The order desk is not available at the moment; try again shortly.");
    }

    /** The answer for a request by Jakarta REST. */
    public Response.ResponseBuilder response(HttpServletRequest request) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(CorrelationId.HEADER, CorrelationId.of(request))
                .entity(document(CorrelationId.of(request)));
    }

    /** The answer for a request to a servlet; other headers are the caller's to set before. */
    public void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        CorrelationId.echo(request, response);
        byte[] document = Json.bytes(document(CorrelationId.of(request)));
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    Document document(String correlationId) {
        return new Document(TYPE_PREFIX + reason, title(), status, detail, reason, field, correlationId);
    }

    private String title() {
        return Character.toUpperCase(reason.charAt(0)) + reason.substring(1).replace('_', ' ');
    }

    /** The members of the JSON document. */
    record Document(
            String type,
            String title,
            int status,
            String detail,
            String reason,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> field,
            String correlationId)
            implements Representation {}
}
