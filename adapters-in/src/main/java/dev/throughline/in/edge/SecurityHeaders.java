package dev.throughline.in.edge;

import dev.throughline.in.http.Adapter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every answer of ours tells browsers: no script but ours, no page around it, no connection but to us and to the
 * authority, and nothing of the API on disk.
 */
final class SecurityHeaders {
    private static final long YEAR_SECONDS = 31_536_000;

    private final Map<String, String> headers = new LinkedHashMap<>();

    SecurityHeaders(EdgeSettings settings) {
        headers.put("Content-Security-Policy", policy(settings));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (settings.https()) {
            headers.put("Strict-Transport-Security", "max-age=" + YEAR_SECONDS);
        }
    }

    void addTo(HttpServletRequest request, HttpServletResponse response) {
        headers.forEach(response::setHeader);
        if (Adapter.of(request) != Adapter.WEB) {
            response.setHeader("Cache-Control", "no-store");
        }
    }

    private static String policy(EdgeSettings settings) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data:",
                "font-src 'self'",
                "connect-src 'self' " + settings.tokenOrigin(),
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'");
    }
}
