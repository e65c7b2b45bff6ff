package dev.throughline.local.entra;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One HTTP request and its answer, with the limits and headers that all endpoints share. */
final class Exchange {

    /** Far above any assertion, far below what would hurt. */
    private static final int MAX_BODY = 64 * 1024;

    private static final String PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'; form-action 'self' "
            // A browser holds the redirect that follows a form against this list, too; all redirects are on loopback.
            + "http://localhost:* https://localhost:* http://127.0.0.1:*";

    private final HttpExchange http;

    Exchange(HttpExchange http) {
        this.http = http;
        Headers headers = http.getResponseHeaders();
        headers.set("X-Content-Type-Options", "nosniff");
        // Not "no-referrer": browsers would then send "Origin: null" with the forms.
        headers.set("Referrer-Policy", "same-origin");
    }

    String method() {
        return http.getRequestMethod();
    }

    String path() {
        return http.getRequestURI().getRawPath();
    }

    Parameters query() {
        return Parameters.parse(http.getRequestURI().getRawQuery());
    }

    Parameters form() throws IOException {
        String type = requestHeader("Content-Type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw new AadException(Aadsts.malformed("The body must be application/x-www-form-urlencoded."));
        }
        try (InputStream body = http.getRequestBody()) {
            byte[] bytes = body.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new AadException(Aadsts.malformed("The body is too long."));
            }
            return Parameters.parse(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    Optional<String> requestHeader(String name) {
        return Optional.ofNullable(http.getRequestHeaders().getFirst(name));
    }

    Map<String, List<String>> requestHeaders() {
        return http.getRequestHeaders();
    }

    Optional<String> cookie(String name) {
        for (String header : http.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String pair : header.split(";")) {
                String[] parts = pair.trim().split("=", 2);
                if (parts.length == 2 && parts[0].equals(name)) {
                    return Optional.of(parts[1]);
                }
            }
        }
        return Optional.empty();
    }

    void responseHeader(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    void json(int status, Map<String, Object> body) throws IOException {
        send(status, "application/json; charset=utf-8", JSONObjectUtils.toJSONString(body));
    }

    void page(int status, String html) throws IOException {
        responseHeader("Content-Security-Policy", PAGE_POLICY);
        responseHeader("X-Frame-Options", "DENY");
        responseHeader("Cache-Control", "no-store");
        send(status, "text/html; charset=utf-8", html);
    }

    void redirect(String location) throws IOException {
        responseHeader("Location", location);
        responseHeader("Cache-Control", "no-store");
        sendEmpty(302);
    }

    void sendEmpty(int status) throws IOException {
        http.sendResponseHeaders(status, -1);
    }

    void send(int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        responseHeader("Content-Type", type);
        if (method().equals("HEAD")) {
            sendEmpty(status);
            return;
        }
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
    }
}
