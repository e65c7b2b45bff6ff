package dev.throughline.in.security;

import dev.throughline.access.DenyReason;
import dev.throughline.in.events.Occasion;
import dev.throughline.in.events.SecurityEvents;
import dev.throughline.in.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How the gate says no: the status and challenge tell an honest client what to do, and tell nobody why. */
@ApplicationScoped
class GateAnswers {
    @Inject
    private Challenges challenges;

    @Inject
    private SecurityEvents events;

    void refuse(HttpServletRequest request, HttpServletResponse response, TokenRejection rejection) throws IOException {
        Problem problem = problem(rejection);
        events.authnReject(Occasion.of(request), rejection.code(), problem.status());
        switch (rejection.answer()) {
            case CHALLENGE -> response.setHeader("WWW-Authenticate", challenges.missing());
            case INVALID_TOKEN -> response.setHeader("WWW-Authenticate", challenges.invalidToken());
            case BAD_REQUEST -> response.setHeader("WWW-Authenticate", challenges.invalidRequest());
            case UNAVAILABLE -> response.setHeader("Retry-After", "5");
            case FORBIDDEN -> {
                // No challenge: it is the wrong kind of caller, and no other token of it would do.
            }
        }
        problem.writeTo(request, response);
        // Sent at once: after "Authorization: Basic" the container goes on to read a name there, and fails over most.
        response.flushBuffer();
    }

    private static Problem problem(TokenRejection rejection) {
        return switch (rejection.answer()) {
            case CHALLENGE -> Problem.of(401, "sign_in_required", "Sign in first.");
            case INVALID_TOKEN -> Problem.of(401, "invalid_token", "The access token is invalid; sign in again.");
            case BAD_REQUEST ->
                Problem.of(400, "invalid_request", "Send the token once, as 'Authorization: Bearer' and the token.");
            case FORBIDDEN -> Problem.of(403, rejection.code(), sentence(rejection));
            case UNAVAILABLE ->
                Problem.of(503, "unavailable", "Sign-ins cannot be checked at the moment; try again shortly.");
        };
    }

    private static String sentence(TokenRejection rejection) {
        return switch (rejection) {
            case USER_REQUIRED -> DenyReason.USER_REQUIRED.sentence();
            case AGENT_IDENTITY_SHARED -> DenyReason.AGENT_IDENTITY_SHARED.sentence();
            default -> "This client is not registered here; ask your administrator to add it to the agent registry.";
        };
    }
}
