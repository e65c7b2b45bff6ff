package dev.throughline.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

/** How the gate says no for each of its reasons: the status, the challenge and the problem (RFC 6750 section 3). */
final class Refusal {
    static final String API = "c0ffee00-0000-4000-8000-0000000000a1";

    private static final Set<String> OF_THE_REQUEST = Set.of("ambiguous", "malformed_header", "token_in_query");
    private static final Set<String> OF_THE_CALLER =
            Set.of("user_required", "client_not_registered", "agent_identity_shared");
    private static final String SCOPES = "api://" + API + "/";

    private final String metadata;

    /** @param publicUrl the address that clients see, without a slash at its end */
    Refusal(String publicUrl) {
        this.metadata = "resource_metadata=\"" + publicUrl + "/.well-known/oauth-protected-resource/api/v1/mcp\"";
    }

    static int status(String reason) {
        if (reason.equals("keys_unavailable")) {
            return 503;
        }
        return OF_THE_REQUEST.contains(reason) ? 400 : OF_THE_CALLER.contains(reason) ? 403 : 401;
    }

    /** Asserts that the gate said no, for this reason, and told no more than it may. */
    void assertRefused(String reason, Answer answer) {
        String seen = answer.toString();
        assertEquals(status(reason), answer.status(), seen);
        assertEquals(problem(reason), answer.reason(), seen);
        assertEquals(List.of("application/problem+json"), answer.all("Content-Type"), seen);
        assertEquals(challenge(reason), answer.all("WWW-Authenticate"), seen);
        assertEquals(
                reason.equals("keys_unavailable"), !answer.all("Retry-After").isEmpty(), seen);
        assertTrue(answer.all("Cache-Control").toString().contains("no-store"), seen);
    }

    /** Asserts that the policy asked for the scope that a door needs. */
    void assertNeedsScope(Door door, Answer answer) {
        assertEquals(403, answer.status(), answer.toString());
        assertEquals("insufficient_scope", answer.reason(), answer.toString());
        assertEquals(
                List.of("Bearer error=\"insufficient_scope\", error_description=\"More scopes are needed\", scope=\""
                        + SCOPES + door.scope() + "\", " + metadata),
                answer.all("WWW-Authenticate"));
    }

    private static String problem(String reason) {
        if (OF_THE_CALLER.contains(reason)) {
            return reason;
        }
        if (OF_THE_REQUEST.contains(reason)) {
            return "invalid_request";
        }
        return switch (reason) {
            case "missing" -> "sign_in_required";
            case "keys_unavailable" -> "unavailable";
            default -> "invalid_token";
        };
    }

    private List<String> challenge(String reason) {
        return switch (problem(reason)) {
            case "sign_in_required" ->
                List.of("Bearer realm=\"orders\", " + metadata + ", scope=\"" + SCOPES + "Orders.Read\"");
            case "invalid_token" -> List.of(error("invalid_token", "The access token is invalid"));
            case "invalid_request" -> List.of(error("invalid_request", "The request is malformed"));
            default -> List.of();
        };
    }

    private String error(String code, String description) {
        return "Bearer error=\"" + code + "\", error_description=\"" + description + "\", " + metadata;
    }
}
