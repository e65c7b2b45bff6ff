package dev.throughline.in.mcp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The trace that a request is part of, as its client says in {@code _meta} (MCP, basic, "OpenTelemetry trace context").
 * It joins our log to the client's, and decides nothing. What is not of the form that W3C Trace Context demands counts
 * as not sent.
 *
 * @param traceId 32 hexadecimal digits
 * @param parentId the client's span, 16 hexadecimal digits
 */
record TraceContext(String traceId, String parentId) {
    private static final System.Logger LOG = System.getLogger("dev.throughline.mcp");
    private static final Pattern PARENT = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-[ -~]{0,200})?");
    private static final String FIRST_VERSION = "00-";
    private static final int LENGTH = 55;

    /** The trace context of a request, if it has a good one. */
    static Optional<TraceContext> of(JsonNode meta) {
        JsonNode parent = meta.path("traceparent");
        return parent.isString() ? parse(parent.stringValue()) : Optional.empty();
    }

    /** Says which request here belongs to which span there. */
    void logWith(String correlationId) {
        LOG.log(
                System.Logger.Level.INFO,
                "mcp_trace correlation_id={0} trace_id={1} parent_id={2}",
                correlationId,
                traceId,
                parentId);
    }

    private static Optional<TraceContext> parse(String parent) {
        Matcher matcher = PARENT.matcher(parent);
        // Only later versions may say more.
        boolean good = matcher.matches() && (parent.length() == LENGTH || !parent.startsWith(FIRST_VERSION));
        return good ? Optional.of(new TraceContext(matcher.group(1), matcher.group(2))) : Optional.empty();
    }
}
