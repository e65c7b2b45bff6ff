package dev.throughline.in.http;

import dev.throughline.Unavailable;
import dev.throughline.order.InvalidValueException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Turns whatever leaves a resource into a problem. It catches everything, since an exception that nobody maps would
 * show in the answer.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());
    private static final int RETRY_SECONDS = 5;

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof ProblemException known) {
            Response.ResponseBuilder response = known.problem().response(request);
            known.headers().forEach(response::header);
            return response.build();
        }
        if (thrown instanceof InvalidValueException invalid) {
            return Problem.ofField("value_invalid", invalid.field(), invalid.getMessage())
                    .response(request)
                    .build();
        }
        if (thrown instanceof WebApplicationException http) {
            return ofContainer(http);
        }
        if (thrown instanceof Unavailable unavailable) {
            log(unavailable);
            return Problem.unavailable()
                    .response(request)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .build();
        }
        log(thrown);
        return Problem.internal().response(request).build();
    }

    private Response ofContainer(WebApplicationException thrown) {
        Response original = thrown.getResponse();
        if (original.getStatus() < 400) {
            return original;
        }
        Response.ResponseBuilder response = problemOf(original.getStatus()).response(request);
        if (original.getHeaders().containsKey(HttpHeaders.ALLOW)) {
            response.header(HttpHeaders.ALLOW, original.getHeaderString(HttpHeaders.ALLOW));
        }
        return response.build();
    }

    private static Problem problemOf(int status) {
        return switch (status) {
            case 404 -> Problem.of(404, "not_found", "There is nothing at this address.");
            case 405 -> Problem.of(405, "method_not_allowed", "This address does not take this method.");
            case 406 -> Problem.of(406, "not_acceptable", "There is no answer in a form that the request accepts.");
            case 415 -> Problem.of(415, "media_type_not_supported", "The body must be application/json.");
            default ->
                status < 500 ? Problem.of(status, "request_invalid", "The request is malformed.") : Problem.internal();
        };
    }

    private void log(Throwable thrown) {
        LOG.log(System.Logger.Level.ERROR, "Request " + CorrelationId.of(request) + " failed", thrown);
    }
}
