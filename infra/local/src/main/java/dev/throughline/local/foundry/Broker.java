package dev.throughline.local.foundry;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Brings the tokens of all connections: for OAuth2 connections it keeps, for each user and connection, what the user
 * has consented to, refreshes it, and hands it to the runs of that user alone.
 */
final class Broker {

    private static final Duration EARLY = Duration.ofMinutes(2);

    private final TokenVault vault;
    private final TokenClient client;
    private final PendingConsents pending;
    private final AgentTokens agents;
    private final Registration registration;
    private final Clock clock;
    /** One refresh at a time for a user, so that a rotated refresh token is not spent twice. */
    private final Object[] stripes =
            IntStream.range(0, 64).mapToObj(i -> new Object()).toArray();

    Broker(
            TokenVault vault,
            TokenClient client,
            PendingConsents pending,
            AgentTokens agents,
            Registration registration,
            Clock clock) {
        this.vault = vault;
        this.client = client;
        this.pending = pending;
        this.agents = agents;
        this.registration = registration;
        this.clock = clock;
    }

    /** A new link at which this user, and nobody else, can consent to the connection. */
    URI consentLink(ProjectUser user, Connection connection) {
        if (!(connection instanceof OAuthConnection oauth)) {
            throw new IllegalStateException("Nobody can consent to the connection " + connection.name());
        }
        return registration.foundry("/consent/login?data=" + pending.ask(user, oauth));
    }

    /**
     * The access token for a run, refreshed when it is about to end; empty where the user has to consent.
     *
     * @throws TokenRefusedException if there is none, and a consent would not help
     * @throws IOException if the issuer cannot be reached and the token at hand has ended
     */
    Optional<String> accessToken(Acting acting, Connection connection) throws IOException, TokenRefusedException {
        if (agents.shares(acting.agent())) {
            return Optional.of(agents.of(acting.agent(), Registration.API_AUDIENCE));
        }
        if (connection instanceof OAuthConnection oauth) {
            return ofUser(acting.user(), oauth);
        }
        if (connection instanceof AgentIdentityConnection own) {
            return Optional.of(agents.of(acting.agent(), own.audience()));
        }
        if (!((UserTokenConnection) connection).isForMicrosoft()) {
            throw TokenRefusedException.onBehalfOf();
        }
        return Optional.of(acting.userToken());
    }

    /** Another access token after the tool refused this one; empty where the user has to consent. */
    Optional<String> replace(Acting acting, Connection connection, String refused)
            throws IOException, TokenRefusedException {
        if (connection instanceof OAuthConnection oauth && !agents.shares(acting.agent())) {
            return replaceOfUser(acting.user(), oauth, refused);
        }
        agents.forget(refused);
        return accessToken(acting, connection);
    }

    private Optional<String> ofUser(ProjectUser user, OAuthConnection connection) throws IOException {
        synchronized (stripe(user)) {
            Optional<ConnectionToken> kept = vault.find(user, connection);
            if (kept.isEmpty() || !kept.get().expiresBefore(clock.instant().plus(EARLY))) {
                return kept.map(ConnectionToken::accessToken);
            }
            return refresh(user, connection, kept.get());
        }
    }

    private Optional<String> replaceOfUser(ProjectUser user, OAuthConnection connection, String refused)
            throws IOException {
        synchronized (stripe(user)) {
            Optional<ConnectionToken> kept = vault.find(user, connection);
            if (kept.isEmpty() || !kept.get().accessToken().equals(refused)) {
                return kept.map(ConnectionToken::accessToken);
            }
            return refresh(user, connection, kept.get());
        }
    }

    private Optional<String> refresh(ProjectUser user, OAuthConnection connection, ConnectionToken old)
            throws IOException {
        if (old.refreshToken().isEmpty()) {
            vault.forget(user, connection);
            return Optional.empty();
        }
        Optional<ConnectionToken> fresh = client.refresh(connection, old.refreshToken());
        fresh.ifPresentOrElse(token -> vault.keep(user, connection, token), () -> vault.forget(user, connection));
        return fresh.map(ConnectionToken::accessToken);
    }

    private Object stripe(ProjectUser user) {
        return stripes[Math.floorMod(user.hashCode(), stripes.length)];
    }
}
