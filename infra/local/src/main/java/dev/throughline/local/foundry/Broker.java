package dev.throughline.local.foundry;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Keeps, for each user and connection, the tokens that the user has consented to, refreshes them, and hands them to the
 * runs of that user alone.
 */
final class Broker {

    private static final Duration EARLY = Duration.ofMinutes(2);

    private final TokenVault vault;
    private final TokenClient client;
    private final PendingConsents pending;
    private final Registration registration;
    private final Clock clock;
    /** One refresh at a time for a user, so that a rotated refresh token is not spent twice. */
    private final Object[] stripes =
            IntStream.range(0, 64).mapToObj(i -> new Object()).toArray();

    Broker(TokenVault vault, TokenClient client, PendingConsents pending, Registration registration, Clock clock) {
        this.vault = vault;
        this.client = client;
        this.pending = pending;
        this.registration = registration;
        this.clock = clock;
    }

    /** A new link at which this user, and nobody else, can consent to the connection. */
    URI consentLink(ProjectUser user, OAuthConnection connection) {
        return registration.foundry("/consent/login?data=" + pending.ask(user, connection));
    }

    /**
     * The user's access token, refreshed when it is about to end; empty where the user has to consent.
     *
     * @throws IOException if the issuer cannot be reached and the token at hand has ended
     */
    Optional<String> accessToken(ProjectUser user, OAuthConnection connection) throws IOException {
        synchronized (stripe(user)) {
            Optional<ConnectionToken> kept = vault.find(user, connection);
            if (kept.isEmpty() || !kept.get().expiresBefore(clock.instant().plus(EARLY))) {
                return kept.map(ConnectionToken::accessToken);
            }
            return refresh(user, connection, kept.get());
        }
    }

    /** Another access token after the tool refused this one; empty where the user has to consent. */
    Optional<String> replace(ProjectUser user, OAuthConnection connection, String refused) throws IOException {
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
