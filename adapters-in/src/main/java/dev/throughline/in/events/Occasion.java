package dev.throughline.in.events;

import dev.throughline.in.http.Adapter;
import dev.throughline.in.http.CorrelationId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The request that an event is about. It holds the token as it was presented, which leaves this package as a hash only.
 */
public final class Occasion {
    private static final String ATTRIBUTE = Occasion.class.getName();

    private final String adapter;
    private final String correlationId;
    private final Optional<String> token;

    private Occasion(String adapter, String correlationId, Optional<String> token) {
        this.adapter = adapter;
        this.correlationId = correlationId;
        this.token = token;
    }

    /** Remembers what a request presents as its token, for all events about it. */
    public static Occasion of(HttpServletRequest request, Optional<String> token) {
        Occasion occasion = new Occasion(Adapter.of(request).label(), CorrelationId.of(request), token);
        request.setAttribute(ATTRIBUTE, occasion);
        return occasion;
    }

    /** What an agent has a run of ours do, within the request that the run belongs to. */
    public static Occasion ofRun(String correlationId) {
        return new Occasion("chat", correlationId, Optional.empty());
    }

    /** The request's occasion, with its token if that is known already. */
    public static Occasion of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Occasion known ? known : of(request, Optional.empty());
    }

    /** Which part of ours the request is for: {@code mcp}, {@code chat}, {@code rest} or {@code web}. */
    public String adapter() {
        return adapter;
    }

    /** The request's name in logs. */
    public String correlationId() {
        return correlationId;
    }

    Optional<String> token() {
        return token;
    }

    @Override
    public String toString() {
        return "Occasion[" + adapter + " " + correlationId + "]";
    }
}
