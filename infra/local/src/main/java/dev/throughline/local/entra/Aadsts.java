package dev.throughline.local.entra;

import static dev.throughline.local.entra.AadError.of;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The refusals of this stand-in with the numbers, OAuth errors and HTTP statuses of the real service (Microsoft Entra
 * authentication and authorization error codes).
 */
final class Aadsts {

    private Aadsts() {}

    static AadError tenantUnknown(String tenant) {
        return of(400, "invalid_request", 90002, "Tenant '" + tenant + "' not found.");
    }

    static AadError parameterMissing(String name) {
        return of(
                400,
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + name + "'.");
    }

    static AadError parameterRepeated(String name) {
        return of(
                400,
                "invalid_request",
                9000411,
                "The request is not properly formatted. The parameter '" + name + "' is duplicated.");
    }

    static AadError malformed(String why) {
        return of(400, "invalid_request", 9002313, "Invalid request. Request is malformed or invalid. " + why);
    }

    static AadError postOnly() {
        return of(405, "invalid_request", 900561, "The endpoint only accepts POST requests.");
    }

    static AadError clientUnknown(String clientId, Tenant tenant) {
        return of(
                400,
                "unauthorized_client",
                700016,
                "Application with identifier '" + clientId + "' was not found in the directory '" + tenant.name()
                        + "'.");
    }

    static AadError redirectMismatch(String redirectUri, App app) {
        return of(
                400,
                "invalid_request",
                50011,
                "The redirect URI '" + redirectUri + "' specified in the request does not match the redirect URIs "
                        + "configured for the application '" + app.clientId() + "'.");
    }

    static AadError responseTypeUnsupported(String type) {
        return of(
                400,
                "unsupported_response_type",
                700054,
                "response_type '" + type + "' is not enabled for the application.");
    }

    static AadError responseModeUnsupported(String mode) {
        return of(400, "invalid_request", 70007, "'" + mode + "' is not a supported value of 'response_mode'.");
    }

    static AadError promptUnsupported(String prompt) {
        return of(400, "invalid_request", 90023, "Unsupported 'prompt' value '" + prompt + "'.");
    }

    static AadError pkceRequired() {
        return of(
                400,
                "invalid_request",
                9002325,
                "Proof Key for Code Exchange is required for public clients, with code_challenge_method S256.");
    }

    static AadError challengeMalformed() {
        return of(400, "invalid_request", 501491, "Invalid size of Code_Challenge parameter.");
    }

    static AadError signInRequired() {
        return of(
                400,
                "login_required",
                50058,
                "A silent sign-in request was sent but no user is signed in, or not the one of the login hint.");
    }

    static AadError pageExpired() {
        return of(
                400,
                "invalid_request",
                50089,
                "Authentication failed due to flow token expired: this page was answered already or is too old. "
                        + "Start again from the application.");
    }

    static AadError userDeclined() {
        return of(400, "access_denied", 65004, "User declined to consent to access the app.");
    }

    /** The form that the token endpoint uses; {@link #consentMissingSilently} is that of the authorization endpoint. */
    static AadError consentMissing(String clientId, String name) {
        return new AadError(
                400,
                "invalid_grant",
                65001,
                "The user or administrator has not consented to use the application with ID '" + clientId
                        + "' named '" + name
                        + "'. Send an interactive authorization request for this user and resource.",
                "consent_required",
                "");
    }

    static AadError consentMissingSilently(App app) {
        AadError error = consentMissing(app.clientId(), app.name());
        return new AadError(400, "consent_required", 65001, error.message(), error.suberror(), "");
    }

    static AadError scopeUnknown(App app, String scope, Resource resource) {
        return of(
                400,
                "invalid_client",
                650053,
                "The application '" + app.name() + "' asked for scope '" + scope
                        + "' that doesn't exist on the resource '" + resource.id() + "'. Contact the app vendor.");
    }

    static AadError scopeInvalid(String scope, String why) {
        return of(
                400,
                "invalid_scope",
                70011,
                "The provided value for the input parameter 'scope' is not valid. The scope '" + scope
                        + "' is not valid. " + why);
    }

    static AadError severalResources(String scope) {
        return of(
                400,
                "invalid_request",
                28000,
                "Provided value for the input parameter scope is not valid because it contains more than one "
                        + "resource. Scope " + scope + " is not valid.");
    }

    static AadError resourceUnknown(String resource, Tenant tenant) {
        return of(
                400,
                "invalid_resource",
                500011,
                "The resource principal named " + resource + " was not found in the tenant named " + tenant.name()
                        + ".");
    }

    static AadError resourceNotListed(App app, Resource resource) {
        return of(
                400,
                "invalid_resource",
                650057,
                "Invalid resource. The client has requested access to a resource which is not listed in the requested "
                        + "permissions in the client's application registration. Client app ID: " + app.clientId()
                        + ". Resource app ID: " + resource.id() + ".");
    }

    static AadError resourceMismatch() {
        return of(
                400,
                "invalid_target",
                9010010,
                "The resource parameter provided in the request doesn't match with the requested scopes.");
    }

    static AadError secretMissing() {
        return of(
                401,
                "invalid_client",
                7000218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
    }

    static AadError secretWrong(App app) {
        return of(401, "invalid_client", 7000215, "Invalid client secret provided for app '" + app.clientId() + "'.");
    }

    static AadError publicClientWithSecret() {
        return of(
                401,
                "invalid_client",
                700025,
                "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.");
    }

    static AadError clientAssertionTypeUnknown() {
        return of(400, "invalid_request", 90011, "Unexpected client assertion type.");
    }

    static AadError clientAssertionMalformed(String why) {
        return of(400, "invalid_request", 50027, "JWT token is invalid or malformed. " + why);
    }

    static AadError clientAssertionType() {
        return of(
                400,
                "invalid_request",
                5002727,
                "Invalid JWT header type specified, must be 'JWT' or 'http://openid.net/specs/jwt/1.0'.");
    }

    static AadError clientAssertionAlgorithm(String algorithm, List<JWSAlgorithm> allowed) {
        return of(
                400,
                "invalid_request",
                5002738,
                "Invalid JWT token. '" + algorithm + "' is not a supported signature algorithm. Supported signing "
                        + "algorithms are: '"
                        + allowed.stream().map(JWSAlgorithm::getName).collect(Collectors.joining(", ")) + "'");
    }

    static AadError clientAssertionKeyUnknown() {
        return of(
                401,
                "invalid_client",
                700027,
                "The certificate with identifier used to sign the client assertion is not registered on application. "
                        + "[Reason - The key was not found.]");
    }

    static AadError clientAssertionForged() {
        return invalidSignature("Key was found, but use of the key to verify the signature failed.");
    }

    static AadError clientAssertionKeyExpired() {
        return invalidSignature("The key used is expired.");
    }

    private static AadError invalidSignature(String reason) {
        return of(
                401,
                "invalid_client",
                700027,
                "Client assertion contains an invalid signature. [Reason - " + reason + "]");
    }

    static AadError clientAssertionSubject() {
        return of(401, "invalid_client", 50048, "Subject must match the issuer claim in the client assertion.");
    }

    static AadError clientAssertionOfAnother() {
        return of(
                401,
                "invalid_client",
                700021,
                "Client assertion application identifier doesn't match 'client_id' parameter.");
    }

    static AadError clientAssertionForAnother() {
        return of(401, "invalid_client", 700023, "Client assertion audience claim does not match Realm issuer.");
    }

    static AadError clientAssertionForSeveral(int audiences) {
        return of(
                401,
                "invalid_client",
                5002741,
                "Number of audience values in the provided client credential exceed maximum allowed. " + audiences
                        + " audience values provided, maximum allowed is 1.");
    }

    static AadError clientAssertionOutOfTime() {
        return of(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");
    }

    static AadError federatedIssuer(String issuer) {
        return noFederation(700211, "issuer", issuer);
    }

    static AadError federatedAudience(String audience) {
        return noFederation(700212, "audience", audience);
    }

    static AadError federatedSubject(String subject) {
        return noFederation(700213, "subject", subject);
    }

    private static AadError noFederation(int code, String what, String value) {
        return of(
                401,
                "invalid_client",
                code,
                "No matching federated identity record found for presented assertion " + what + " '" + value
                        + "'. Check your federated identity credential Subject, Audience and Issuer against the "
                        + "presented assertion.");
    }

    static AadError federatedTwice() {
        return of(
                401,
                "invalid_client",
                700231,
                "Token obtained using another federated identity credential may not be used as federated identity "
                        + "credential.");
    }

    static AadError grantUnsupported(String grant) {
        return of(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type '" + grant + "'.");
    }

    static AadError codeInvalid() {
        return of(400, "invalid_grant", 70000, "The provided value for the 'code' parameter is not valid.");
    }

    static AadError codeRedeemed() {
        return of(
                400,
                "invalid_grant",
                54005,
                "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing "
                        + "refresh token.");
    }

    static AadError codeExpired() {
        return of(400, "invalid_grant", 70008, "The provided authorization code has expired.");
    }

    static AadError otherTenant() {
        return of(
                400, "invalid_grant", 700005, "Provided grant is intended to use against other tenant, thus rejected.");
    }

    static AadError replyAddressMismatch() {
        return of(
                400,
                "invalid_client",
                500112,
                "The reply address does not match the reply address provided when requesting Authorization code.");
    }

    static AadError verifierMismatch() {
        return of(
                400,
                "invalid_grant",
                501481,
                "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
    }

    static AadError refreshTokenInvalid() {
        return of(400, "invalid_grant", 70000, "The provided value for the 'refresh_token' parameter is not valid.");
    }

    static AadError refreshTokenExpired() {
        return of(400, "invalid_grant", 700082, "The refresh token has expired due to inactivity or age.");
    }

    static AadError refreshTokenRevoked() {
        return of(
                400,
                "invalid_grant",
                50173,
                "The provided grant has expired due to it being revoked, a fresh auth " + "token is needed.");
    }

    static AadError defaultScopeNeeded(String scope) {
        return of(
                400,
                "invalid_scope",
                1002012,
                "The provided value for scope " + scope + " is not valid. Client credential flows must have a scope "
                        + "value with /.default suffixed to the resource identifier (application ID URI).");
    }

    static AadError assertionMalformed() {
        return of(400, "invalid_grant", 50027, "JWT token is invalid or malformed.");
    }

    static AadError assertionInvalid(String reason) {
        return of(400, "invalid_grant", 50013, "Assertion failed signature validation. [Reason - " + reason + "]");
    }

    static AadError assertionForSomebodyElse() {
        return of(
                400,
                "invalid_grant",
                500131,
                "Assertion audience does not match the Client app presenting the assertion.");
    }

    static AadError assertionOutOfTime() {
        return of(
                400,
                "invalid_grant",
                500133,
                "Assertion is not within its valid time range. Ensure that the access token is not expired before "
                        + "using it for user assertion, or request a new token.");
    }

    static AadError assertionOfAnApplication(App app) {
        return of(
                400,
                "invalid_grant",
                7000114,
                "Application '" + app.clientId() + "' is not allowed to make application on-behalf-of calls.");
    }
}
