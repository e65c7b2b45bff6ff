package dev.throughline.in.edge;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets the pages of allowed origins read our answers (the Fetch standard's CORS protocol). An origin is named exactly
 * or not at all, and cookies never come along: who calls is in the token alone.
 */
final class Cors {
    private static final String METHODS = "GET, HEAD, POST, PUT, DELETE";
    private static final String HEADERS =
            "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID,"
                    + " Mcp-Method, Mcp-Name, MCP-Protocol-Version, Mcp-Session-Id, traceparent, X-Correlation-ID";
    private static final String EXPOSED =
            "ETag, Idempotency-Replayed, Location, Retry-After, WWW-Authenticate, X-Correlation-ID";
    private static final String MAX_AGE_SECONDS = "600";

    private final AllowedOrigins origins;

    Cors(EdgeSettings settings) {
        this.origins = new AllowedOrigins(settings);
    }

    void addTo(RequestHead head, HttpServletResponse response) {
        // Also where no origin was sent: a cache must not hand that answer to a page.
        response.setHeader("Vary", "Origin");
        head.only("origin").filter(origins::contain).ifPresent(origin -> {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
        });
    }

    /** Whether a browser asks what a page may send; such a request has no token and does nothing. */
    boolean asks(RequestHead head) {
        return head.method().equals("OPTIONS") && head.has("origin") && head.has("access-control-request-method");
    }

    void answer(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        response.setHeader("Access-Control-Allow-Headers", HEADERS);
        response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
