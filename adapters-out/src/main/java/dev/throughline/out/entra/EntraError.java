package dev.throughline.out.entra;

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
 * @param meaning what it means for the person
 */
record EntraError(long code, String correlationId, Meaning meaning) {
    static final EntraError UNKNOWN = new EntraError(0, "", Meaning.UNAVAILABLE);

    /** What can be done about an error. */
    enum Meaning {
        CONSENT_NEEDED,
        STEP_UP_NEEDED,
        ASSERTION_REJECTED,
        NOT_ASSIGNED,
        MISCONFIGURED,
        UNAVAILABLE
    }

    private static final Map<Long, Meaning> KNOWN = Map.ofEntries(
            Map.entry(65001L, Meaning.CONSENT_NEEDED),
            Map.entry(65004L, Meaning.CONSENT_NEEDED),
            Map.entry(90008L, Meaning.CONSENT_NEEDED),
            Map.entry(90094L, Meaning.CONSENT_NEEDED),
            Map.entry(90095L, Meaning.CONSENT_NEEDED),
            Map.entry(50072L, Meaning.STEP_UP_NEEDED),
            Map.entry(50074L, Meaning.STEP_UP_NEEDED),
            Map.entry(50076L, Meaning.STEP_UP_NEEDED),
            Map.entry(50078L, Meaning.STEP_UP_NEEDED),
            Map.entry(50079L, Meaning.STEP_UP_NEEDED),
            Map.entry(50097L, Meaning.STEP_UP_NEEDED),
            Map.entry(50013L, Meaning.ASSERTION_REJECTED),
            Map.entry(500131L, Meaning.ASSERTION_REJECTED),
            Map.entry(500133L, Meaning.ASSERTION_REJECTED),
            Map.entry(7000114L, Meaning.ASSERTION_REJECTED),
            Map.entry(50105L, Meaning.NOT_ASSIGNED),
            Map.entry(70011L, Meaning.MISCONFIGURED),
            Map.entry(500011L, Meaning.MISCONFIGURED),
            Map.entry(700016L, Meaning.MISCONFIGURED),
            Map.entry(7000215L, Meaning.MISCONFIGURED),
            Map.entry(7000222L, Meaning.MISCONFIGURED),
            Map.entry(901002L, Meaning.MISCONFIGURED),
            Map.entry(9010010L, Meaning.MISCONFIGURED),
            Map.entry(50033L, Meaning.UNAVAILABLE),
            Map.entry(50087L, Meaning.UNAVAILABLE),
            Map.entry(50196L, Meaning.UNAVAILABLE),
            Map.entry(90006L, Meaning.UNAVAILABLE),
            Map.entry(90012L, Meaning.UNAVAILABLE),
            Map.entry(90024L, Meaning.UNAVAILABLE),
            Map.entry(90033L, Meaning.UNAVAILABLE),
            Map.entry(90055L, Meaning.UNAVAILABLE),
            Map.entry(90090L, Meaning.UNAVAILABLE),
            Map.entry(90091L, Meaning.UNAVAILABLE));
    private static final Pattern CODE_IN_TEXT = Pattern.compile("AADSTS([0-9]{1,9})");
    private static final Pattern CORRELATION_ID = Pattern.compile("[0-9A-Fa-f-]{1,36}");

    /** @throws IllegalArgumentException if it is no error of a token endpoint */
    static EntraError of(JsonObject reply) {
        String error = reply.getString("error", "");
        if (error.isEmpty()) {
            throw new IllegalArgumentException("Not an error");
        }
        long code = code(reply);
        String correlationId = reply.getString("correlation_id", "");
        return new EntraError(
                code,
                CORRELATION_ID.matcher(correlationId).matches() ? correlationId : "",
                KNOWN.getOrDefault(code, byName(error, reply.getString("suberror", ""))));
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
    private static Meaning byName(String error, String suberror) {
        return switch (error) {
            case "interaction_required", "login_required" -> Meaning.STEP_UP_NEEDED;
            case "consent_required" -> Meaning.CONSENT_NEEDED;
            case "invalid_grant" ->
                suberror.equals("consent_required") ? Meaning.CONSENT_NEEDED : Meaning.ASSERTION_REJECTED;
            case "invalid_client",
                    "unauthorized_client",
                    "invalid_request",
                    "invalid_scope",
                    "invalid_resource",
                    "invalid_target",
                    "unsupported_grant_type" -> Meaning.MISCONFIGURED;
            default -> Meaning.UNAVAILABLE;
        };
    }
}
