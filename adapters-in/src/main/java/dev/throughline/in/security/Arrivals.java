package dev.throughline.in.security;

import dev.throughline.access.Door;
import dev.throughline.access.Origin;
import dev.throughline.in.events.TokenIds;
import dev.throughline.in.http.Adapter;
import dev.throughline.in.http.CorrelationId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is put on record of a request. */
@Dependent
class Arrivals {
    private static final String TRACE_PARENT = "traceparent";
    private static final Pattern TRACE =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.{0,200})?");

    private final TokenIds tokens;

    @Inject
    Arrivals(TokenIds tokens) {
        this.tokens = tokens;
    }

    Origin.Arrival of(HttpServletRequest request, BearerHeader presented) {
        return new Origin.Arrival(
                UUID.randomUUID(),
                door(request),
                Optional.of(CorrelationId.of(request)),
                trace(request.getHeader(TRACE_PARENT)),
                presented.credentials().map(tokens::of),
                Network.of(request.getRemoteAddr()));
    }

    private static Door door(HttpServletRequest request) {
        return switch (Adapter.of(request)) {
            case MCP -> Door.MCP;
            case CHAT -> Door.CHAT;
            case REST, WEB -> Door.REST;
        };
    }

    private static Optional<String> trace(@Nullable String parent) {
        Matcher matcher = TRACE.matcher(parent == null ? "" : parent);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
