package dev.throughline.local.responses;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One HTTP request and its answer: what the JDK's exchange offers, bounded and with safe headers. */
public final class Call {

    /** Bytes; a longer request body is refused. */
    public static final int MAX_BODY = 1 << 20;

    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none';" + " form-action 'none'; frame-ancestors 'none'";

    private final HttpExchange exchange;

    public Call(HttpExchange exchange) {
        this.exchange = exchange;
    }

    public String method() {
        return exchange.getRequestMethod();
    }

    public String path() {
        return exchange.getRequestURI().getPath();
    }

    public List<String> header(String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of());
    }

    /** The first value of each header, by its name in lower case. */
    public Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }

    /** @throws ApiError 400 where a parameter is there twice or is not well encoded */
    public Map<String, String> query() {
        Map<String, String> parameters = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (parameters.put(name, value) != null) {
                throw ApiError.invalid("The query parameter is given twice.", name);
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("The query is not well encoded.", "");
        }
    }

    /** The body as a JSON object. */
    public ObjectNode json() throws IOException {
        return json(MAX_BODY);
    }

    /** The body as a JSON object of at most so many bytes. */
    public ObjectNode json(int longest) throws IOException {
        String type = header("Content-type").stream().findFirst().orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw ApiError.of(415, "unsupported_media_type", "The Content-Type must be application/json.");
        }
        byte[] body = exchange.getRequestBody().readNBytes(longest + 1);
        if (body.length > longest) {
            throw ApiError.of(413, "request_too_large", "The request body is larger than " + longest + " bytes.");
        }
        return Json.parseObject(body);
    }

    public void sendJson(int status, JsonNode body) throws IOException {
        send(status, "application/json; charset=utf-8", Json.MAPPER.writeValueAsBytes(body));
    }

    public void sendPage(int status, String html) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", PAGE_POLICY);
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        send(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    public void sendStyle(byte[] css) throws IOException {
        send(200, "text/css; charset=utf-8", css);
    }

    public void redirect(URI target) throws IOException {
        exchange.getResponseHeaders().set("Location", target.toString());
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        safeHeaders();
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    /** Begins an answer of unknown length, whose parts are sent as they are flushed. */
    public OutputStream stream(String contentType) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        safeHeaders();
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    public Headers answerHeaders() {
        return exchange.getResponseHeaders();
    }

    private void send(int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        safeHeaders();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void safeHeaders() {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("x-request-id", Ids.random("req"));
    }
}
