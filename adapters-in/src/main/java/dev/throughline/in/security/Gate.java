package dev.throughline.in.security;

import dev.throughline.Unavailable;
import dev.throughline.in.edge.Edge;
import dev.throughline.in.events.Occasion;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * The one authentication of REST, MCP and chat: whom the {@link Authentication} does not let in gets no further.
 * Public, with field injection, because the container makes a proxy of it.
 */
@ApplicationScoped
public class Gate implements HttpAuthenticationMechanism {
    private static final System.Logger LOG = System.getLogger(Gate.class.getName());
    private static final String WARNING = "X-Throughline-Warning";

    @Inject
    private Edge edge;

    @Inject
    private Authentication authentication;

    @Inject
    private GateAnswers answers;

    @Inject
    private RateLimits limits;

    @Inject
    private CurrentCaller current;

    @Inject
    private Arrivals arrivals;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        authentication.warning().ifPresent(warning -> response.setHeader(WARNING, warning));
        if (!passesEdge(request, response)) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        if (!context.isProtected()) {
            return context.doNothing();
        }
        BearerHeader presented = presentedBy(request);
        Occasion occasion = Occasion.of(request, presented.credentials());
        current.arrive(occasion);
        try {
            Admission admission = authentication.admit(presented, arrivals.of(request, presented));
            limits.request(admission.caller(), occasion);
            current.enter(admission);
            // The container only needs to know that somebody was let in; what they may do is the policy's affair.
            return context.notifyContainerAboutLogin(admission.principal(), Set.of());
        } catch (RejectedTokenException e) {
            refuse(request, response, e.rejection());
            return AuthenticationStatus.SEND_FAILURE;
        } catch (ProblemException wait) {
            tell(request, response, wait);
            return AuthenticationStatus.SEND_FAILURE;
        } catch (Unavailable e) {
            // Whether the person still lets the agent act cannot be told: nobody comes in on a guess.
            LOG.log(System.Logger.Level.ERROR, "Request " + occasion.correlationId() + " failed", e);
            tell(request, response, new ProblemException(Problem.unavailable(), Map.of("Retry-After", "5")));
            return AuthenticationStatus.SEND_FAILURE;
        }
    }

    private boolean passesEdge(HttpServletRequest request, HttpServletResponse response) {
        try {
            return edge.lets(request, response);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, TokenRejection rejection) {
        try {
            answers.refuse(request, response, rejection);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void tell(HttpServletRequest request, HttpServletResponse response, ProblemException wait) {
        wait.headers().forEach(response::setHeader);
        try {
            wait.problem().writeTo(request, response);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static BearerHeader presentedBy(HttpServletRequest request) {
        String query = request.getQueryString();
        return new BearerHeader(Collections.list(request.getHeaders("Authorization")), query == null ? "" : query);
    }
}
