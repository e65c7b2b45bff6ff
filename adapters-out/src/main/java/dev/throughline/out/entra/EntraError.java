package dev.throughline.out.entra;

import dev.throughline.delegation.Delegation.Failure;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error of the token endpoint, without its text: that is for neither people nor logs, since it can hold names.
 *
 * @param code the AADSTS number ("Microsoft Entra authentication and authorization error codes"); 0 if there is none
 * @param correlationId what Microsoft's support finds the failure by; empty if there is none
 * @param failure what it means for the person
 */
record EntraError(long code, String correlationId, Failure failure) {
    static final EntraError UNKNOWN = new EntraError(0, "", Failure.UNAVAILABLE);

    private static final Map<Long, Failure> KNOWN = Map.ofEntries(
            Map.entry(65001L, Failure.CONSENT_NEEDED),
            Map.entry(50076L, Failure.STEP_UP_NEEDED),
            Map.entry(50079L, Failure.STEP_UP_NEEDED),
            Map.entry(50013L, Failure.ASSERTION_REJECTED),
            Map.entry(500131L, Failure.ASSERTION_REJECTED),
            Map.entry(500133L, Failure.ASSERTION_REJECTED),
            Map.entry(7000114L, Failure.ASSERTION_REJECTED),
            Map.entry(50105L, Failure.NOT_ASSIGNED),
            Map.entry(70011L, Failure.MISCONFIGURED),
            Map.entry(500011L, Failure.MISCONFIGURED),
            Map.entry(700016L, Failure.MISCONFIGURED),
            Map.entry(7000215L, Failure.MISCONFIGURED),
            Map.entry(7000222L, Failure.MISCONFIGURED),
            Map.entry(901002L, Failure.MISCONFIGURED),
            Map.entry(9010010L, Failure.MISCONFIGURED));
    private static final Pattern CODE_IN_TEXT = Pattern.compile("AADSTS([0-9]{1,9})");
    private static final Pattern CORRELATION_ID = Pattern.compile("[0-9A-Fa-f-]{1,36}");

    static EntraError of(JsonObject reply) {
        long code = code(reply);
        String correlationId = reply.getString("correlation_id", "");
        return new EntraError(
                code,
                CORRELATION_ID.matcher(correlationId).matches() ? correlationId : "",
                KNOWN.getOrDefault(code, byName(reply.getString("error", ""), reply.getString("suberror", ""))));
    }

    private static long code(JsonObject reply) {
        if (reply.get("error_codes") instanceof JsonArray codes
                && !codes.isEmpty()
                && codes.get(0) instanceof JsonNumber number) {
            return number.longValue();
        }
        Matcher text = CODE_IN_TEXT.matcher(reply.getString("error_description", ""));
        return text.find() ? Long.parseLong(text.group(1)) : 0;
    }

    /**
     * For codes that we do not know, by the registered names of RFC 6749 section 5.2 and OpenID Connect Core 3.1.2.6.
     */
    private static Failure byName(String error, String suberror) {
        return switch (error) {
            case "interaction_required", "login_required" -> Failure.STEP_UP_NEEDED;
            case "consent_required" -> Failure.CONSENT_NEEDED;
            case "invalid_grant" ->
                suberror.equals("consent_required") ? Failure.CONSENT_NEEDED : Failure.ASSERTION_REJECTED;
            case "invalid_client",
                    "unauthorized_client",
                    "invalid_request",
                    "invalid_scope",
                    "invalid_resource",
                    "invalid_target",
                    "unsupported_grant_type" -> Failure.MISCONFIGURED;
            default -> Failure.UNAVAILABLE;
        };
    }
}
