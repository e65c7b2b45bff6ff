package dev.throughline.local.entra;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An {@link AadError} with the ids and the time that the real service adds, and the text made of them. */
record ErrorDocument(AadError error, String traceId, String correlationId, String timestamp, String baseUrl) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    static ErrorDocument of(AadError error, Exchange exchange, String baseUrl, Clock clock) {
        String correlationId = exchange.requestHeader("client-request-id")
                .filter(ErrorDocument::isUuid)
                .orElseGet(() -> UUID.randomUUID().toString());
        return new ErrorDocument(
                error, UUID.randomUUID().toString(), correlationId, TIMESTAMP.format(clock.instant()), baseUrl);
    }

    String description() {
        return error.described() + " Trace ID: " + traceId + " Correlation ID: " + correlationId + " Timestamp: "
                + timestamp;
    }

    String uri() {
        return baseUrl + "/error?code=" + error.code();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", error.error());
        json.put("error_description", description());
        json.put("error_codes", List.of(error.code()));
        json.put("timestamp", timestamp);
        json.put("trace_id", traceId);
        json.put("correlation_id", correlationId);
        json.put("error_uri", uri());
        if (!error.suberror().isEmpty()) {
            json.put("suberror", error.suberror());
        }
        if (!error.claims().isEmpty()) {
            json.put("claims", error.claims());
        }
        return json;
    }

    private static boolean isUuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }
}
