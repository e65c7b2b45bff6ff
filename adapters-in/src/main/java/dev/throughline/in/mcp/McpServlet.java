package dev.throughline.in.mcp;

import dev.throughline.Unavailable;
import dev.throughline.in.http.Body;
import dev.throughline.in.http.CorrelationId;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.security.CurrentCaller;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The one address for both eras of the protocol; it stands in front of the SDK's transport. Everything that would make
 * the transport answer in its own words - HTML, stack traces, echoed input - is answered here first; what is let
 * through has been decided and recorded.
 */
final class McpServlet extends HttpServlet {
    static final int MAX_BODY = 1024 * 1024;

    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(McpServlet.class.getName());

    private final transient ProtocolVersions versions;
    private final transient ModernProtocol modern;
    private final transient LegacyProtocol legacy;
    private final transient Servlet transport;
    private final transient CurrentCaller current;

    McpServlet(
            ProtocolVersions versions,
            ModernProtocol modern,
            LegacyProtocol legacy,
            Servlet transport,
            CurrentCaller current) {
        this.versions = versions;
        this.modern = modern;
        this.legacy = legacy;
        this.transport = transport;
        this.current = current;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            if (request.getMethod().equals("POST")) {
                post(request, response);
            } else {
                otherMethod(request, response);
            }
        } catch (RpcException e) {
            write(response, e.status(), e.response());
        } catch (ProblemException e) {
            e.headers().forEach(response::setHeader);
            e.problem().writeTo(request, response);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "Request " + CorrelationId.of(request) + " failed", e);
            Problem.internal().writeTo(request, response);
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException, RpcException {
        admit(request);
        byte[] body = Body.read(request.getInputStream(), MAX_BODY);
        Message message = Message.parse(body);
        Era era = versions.era(message, headers(request, ProtocolVersions.HEADER));
        MirroredHeaders.require(
                message, era, headers(request, MirroredHeaders.METHOD), headers(request, MirroredHeaders.NAME));
        ToolContext context = new ToolContext(current.caller(), current.occasion(), RoundTrip.NONE);
        TraceContext.of(message.meta()).ifPresent(trace -> trace.logWith(context.correlationId()));
        if (era == Era.MODERN && message.id().isEmpty()) {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            return;
        }
        Optional<byte[]> answer = answer(message, era, context);
        if (answer.isPresent()) {
            write(response, HttpServletResponse.SC_OK, answer.get());
            return;
        }
        context.attachTo(request);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        transport.service(new BufferedRequest(request, body), response);
    }

    /** Whatever goes wrong with a message that we have understood is told in the protocol's own form. */
    private Optional<byte[]> answer(Message message, Era era, ToolContext context) throws RpcException, IOException {
        try {
            return era == Era.MODERN ? Optional.of(modern.answer(message, context)) : legacy.answer(message, context);
        } catch (ProblemException e) {
            throw e;
        } catch (Unavailable e) {
            throw fault(message, context, e, ToolResults.UNAVAILABLE);
        } catch (RuntimeException e) {
            throw fault(message, context, e, ToolResults.FAILED);
        }
    }

    private static RpcException fault(Message message, ToolContext context, RuntimeException thrown, String sentence) {
        LOG.log(System.Logger.Level.ERROR, "Request " + context.correlationId() + " failed", thrown);
        return message.fault(HttpServletResponse.SC_OK, RpcError.of(RpcError.INTERNAL_ERROR, sentence));
    }

    private static void admit(HttpServletRequest request) {
        AcceptedTypes.requireJson(headers(request, "Accept"));
        Body.requireJson(Optional.ofNullable(request.getContentType()));
    }

    private static void otherMethod(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.ALLOW, "POST");
        if (request.getMethod().equals("OPTIONS")) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        Problem.of(405, "method_not_allowed", "This endpoint takes POST only; it keeps no stream and no session.")
                .writeTo(request, response);
    }

    private static void write(HttpServletResponse response, int status, byte[] json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getOutputStream().write(json);
    }

    private static List<String> headers(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }
}
