package dev.throughline.local.foundry;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** The OAuth client of the connections: exchanges codes, refresh tokens and agents' own credentials. */
final class TokenClient {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Registration registration;
    private final JWKSource<SecurityContext> keys;
    private final Clock clock;

    TokenClient(Registration registration, JWKSource<SecurityContext> keys, Clock clock) {
        this.registration = registration;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A consent that came back.
     *
     * @param user who has consented
     * @param token what was issued to that person
     */
    record Consented(ProjectUser user, ConnectionToken token) {}

    /** Exchanges a code; empty where the issuer refuses or its id token does not hold. */
    Optional<Consented> redeem(OAuthConnection connection, String code, CodeVerifier verifier, Nonce nonce)
            throws IOException {
        AuthorizationGrant grant =
                new AuthorizationCodeGrant(new AuthorizationCode(code), connection.redirectUri(), verifier);
        Optional<OIDCTokenResponse> issued = send(connection, grant);
        if (issued.isEmpty()) {
            return Optional.empty();
        }
        return user(connection, issued.get(), nonce)
                .map(user -> new Consented(user, token(issued.get().getTokens(), "")));
    }

    /** Exchanges a refresh token; empty where the issuer refuses it. */
    Optional<ConnectionToken> refresh(OAuthConnection connection, String refreshToken) throws IOException {
        return send(connection, new RefreshTokenGrant(new RefreshToken(refreshToken)))
                .map(issued -> token(issued.getTokens(), refreshToken));
    }

    /** A token with which an application acts as itself; empty where the issuer refuses it. */
    Optional<ConnectionToken> ofApplication(String clientId, String secret, String audience) throws IOException {
        TokenRequest.Builder request = new TokenRequest.Builder(
                registration.token(),
                new ClientSecretPost(new ClientID(clientId), new Secret(secret)),
                new ClientCredentialsGrant());
        return send(request.scope(new Scope(audience + "/.default"))).map(issued -> token(issued.getTokens(), ""));
    }

    private Optional<OIDCTokenResponse> send(OAuthConnection connection, AuthorizationGrant grant) throws IOException {
        TokenRequest.Builder request = new TokenRequest.Builder(
                connection.tokenUrl(),
                new ClientSecretPost(new ClientID(connection.clientId()), new Secret(connection.clientSecret())),
                grant);
        return send(request.scope(new Scope(connection.scopes().toArray(String[]::new))));
    }

    private static Optional<OIDCTokenResponse> send(TokenRequest.Builder built) throws IOException {
        HTTPRequest request = built.build().toHTTPRequest();
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        request.setFollowRedirects(false);
        try {
            TokenResponse response = OIDCTokenResponseParser.parse(request.send());
            return response.indicatesSuccess()
                    ? Optional.of((OIDCTokenResponse) response.toSuccessResponse())
                    : Optional.empty();
        } catch (ParseException e) {
            throw new IOException("The token endpoint's answer is no OAuth answer", e);
        }
    }

    private ConnectionToken token(Tokens tokens, String previousRefreshToken) {
        String refreshToken = tokens.getRefreshToken() == null
                ? previousRefreshToken
                : tokens.getRefreshToken().getValue();
        long lifetime = tokens.getAccessToken().getLifetime();
        return new ConnectionToken(
                tokens.getAccessToken().getValue(),
                refreshToken,
                clock.instant().plusSeconds(lifetime));
    }

    private Optional<ProjectUser> user(OAuthConnection connection, OIDCTokenResponse issued, Nonce nonce) {
        if (issued.getOIDCTokens().getIDToken() == null) {
            return Optional.empty();
        }
        IDTokenValidator validator = new IDTokenValidator(
                new Issuer(registration.v2Issuer()),
                new ClientID(connection.clientId()),
                new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys),
                null);
        try {
            IDTokenClaimsSet claims = validator.validate(issued.getOIDCTokens().getIDToken(), nonce);
            return Optional.of(new ProjectUser(claims.getStringClaim("tid"), claims.getStringClaim("oid")));
        } catch (BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }
}
