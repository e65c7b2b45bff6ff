package dev.throughline.local.entra;

import java.util.Objects;

/**
 * An answer by which Entra ID refuses: what a client gets from the token endpoint, or by redirect from the
 * authorization endpoint. The fields are those of Microsoft's error documents; absent ones are empty.
 *
 * @param status the HTTP status at the token endpoint
 * @param error the OAuth error, such as {@code invalid_grant}
 * @param code the number behind {@code AADSTS}
 * @param message the sentence after the number
 * @param suberror a finer reason, such as {@code consent_required}
 * @param claims the claims challenge, a JSON object as text
 */
public record AadError(int status, String error, int code, String message, String suberror, String claims) {

    public AadError {
        Objects.requireNonNull(error);
        Objects.requireNonNull(message);
        Objects.requireNonNull(suberror);
        Objects.requireNonNull(claims);
    }

    static AadError of(int status, String error, int code, String message) {
        return new AadError(status, error, code, message, "", "");
    }

    /** AADSTS65001: nobody has consented to what the client wants to do for this user. */
    public static AadError consentMissing() {
        return Aadsts.consentMissing("the client", "");
    }

    /**
     * AADSTS50076: the user has to sign in again, more strongly.
     *
     * @param claims the claims challenge that the client must send along, a JSON object
     */
    public static AadError multiFactorNeeded(String claims) {
        return new AadError(
                400,
                "interaction_required",
                50076,
                "Due to a configuration change made by your administrator, or because you moved to a new location, "
                        + "you must use multi-factor authentication to access the resource.",
                "basic_action",
                claims);
    }

    /** AADSTS50105: the application demands an assignment that the user does not have. */
    public static AadError notAssigned() {
        return of(
                400,
                "invalid_grant",
                50105,
                "Your administrator has configured the application to block users unless they are specifically "
                        + "granted ('assigned') access to the application.");
    }

    /** AADSTS90033: the service itself is unwell. */
    public static AadError unavailable() {
        return of(503, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.");
    }

    String described() {
        return "AADSTS" + code + ": " + message;
    }
}
