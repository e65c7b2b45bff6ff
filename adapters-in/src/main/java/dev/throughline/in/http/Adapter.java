package dev.throughline.in.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * Which part of ours a request is for, told by its address as it was sent; for logs and metrics, never for decisions.
 */
public enum Adapter {
    MCP("/api/v1/mcp"),
    CHAT("/api/v1/chat"),
    REST("/api/"),
    WEB("");

    private final String prefix;

    Adapter(String prefix) {
        this.prefix = prefix;
    }

    /** The part that a request is for. */
    public static Adapter of(HttpServletRequest request) {
        String address = request.getRequestURI();
        for (Adapter adapter : values()) {
            if (address.startsWith(adapter.prefix)) {
                return adapter;
            }
        }
        return WEB;
    }

    /** Its name in logs and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
