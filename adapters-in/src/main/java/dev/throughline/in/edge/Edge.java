package dev.throughline.in.edge;

import dev.throughline.in.events.Occasion;
import dev.throughline.in.events.SecurityEvents;
import dev.throughline.in.http.CorrelationId;
import dev.throughline.in.http.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Looks at each request once, before anybody asks who sends it. */
@Dependent
public class Edge {
    private static final String DECIDED = Edge.class.getName();

    private final EdgeRules rules;
    private final SecurityHeaders security;
    private final Cors cors;
    private final SecurityEvents events;

    @Inject
    Edge(EdgeSettings settings, SecurityEvents events) {
        this.rules = EdgeRules.of(settings);
        this.security = new SecurityHeaders(settings);
        this.cors = new Cors(settings);
        this.events = events;
    }

    /**
     * Whether the request may go on. If not, it has been answered: refused, or told what a page may send. Either way
     * the headers that every answer has are on it.
     */
    public boolean lets(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Asked first by the gate and, where the container goes on nevertheless, by the filter: decided once.
        if (!(request.getAttribute(DECIDED) instanceof Boolean decided)) {
            boolean passes = decide(request, response);
            request.setAttribute(DECIDED, passes);
            return passes;
        }
        return decided;
    }

    private boolean decide(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestHead head = RequestHead.of(request);
        CorrelationId.echo(request, response);
        security.addTo(request, response);
        cors.addTo(head, response);
        Optional<EdgeRejection> rejection = rules.rejectionOf(head);
        if (rejection.isPresent()) {
            refuse(request, response, rejection.get());
            return false;
        }
        if (cors.asks(head)) {
            cors.answer(response);
            response.flushBuffer();
            return false;
        }
        if (head.has("transfer-encoding")) {
            // The container reads chunks more kindly than a proxy may; whatever it takes for a next request is not one.
            response.setHeader("Connection", "close");
        }
        return true;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, EdgeRejection rejection)
            throws IOException {
        Problem problem = rejection.problem();
        events.edgeReject(Occasion.of(request), rejection.code(), problem.status());
        // Where such a request ends is not sure, so nothing behind it is read.
        response.setHeader("Connection", "close");
        problem.writeTo(request, response);
        // Said for good: the container would put its own answer behind where the address is not one of ours either.
        response.flushBuffer();
    }
}
