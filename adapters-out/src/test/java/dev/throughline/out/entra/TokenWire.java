package dev.throughline.out.entra;

import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.Delegation.Failure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What goes over the wire of a token endpoint, as the Microsoft identity platform documents it. */
final class TokenWire {
    private TokenWire() {}

    static String token(String accessToken, long expiresIn) {
        return """
                {"token_type":"Bearer","scope":"https://ai.azure.com/user_impersonation https://ai.azure.com/.default openid profile",\
                "expires_in":%d,"ext_expires_in":%d,"access_token":"%s"}""".formatted(expiresIn, expiresIn, accessToken);
    }

    static String error(String error, int code, String suberror) {
        return """
                {"error":"%s","error_description":"AADSTS%d: Something about vic@contoso.example. Trace ID: 1 Correlation ID: 2",\
                "error_codes":[%d],"timestamp":"2026-11-20 16:00:00Z","trace_id":"0b0b","correlation_id":"c0c0",\
                "error_uri":"https://login.microsoftonline.com/error?code=%d","suberror":"%s"}""".formatted(error, code, code, code, suberror);
    }

    static final String CLAIMS =
            "{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"marker-of-the-policy\"]}}}";

    /** An error that says what the next sign-in must bring along. */
    static String stepUp(String claims) {
        String quoted = claims.replace("\\", "\\\\").replace("\"", "\\\"");
        return error("interaction_required", 50076, "basic_action").replace("}", ",\"claims\":\"" + quoted + "\"}");
    }

    static String error(Delegation.NotIssued none) {
        if (none instanceof Delegation.Refused refused) {
            return error(refused.failure());
        }
        return none instanceof Delegation.StepUpNeeded stepUp
                ? stepUp(stepUp.claims().orElseThrow().json())
                : error("temporarily_unavailable", 90033, "");
    }

    private static String error(Failure failure) {
        return switch (failure) {
            case CONSENT_NEEDED -> error("invalid_grant", 65001, "consent_required");
            case ASSERTION_REJECTED -> error("invalid_grant", 500133, "");
            case NOT_ASSIGNED -> error("invalid_grant", 50105, "");
            case MISCONFIGURED -> error("invalid_client", 7000215, "");
        };
    }

    static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }
}
