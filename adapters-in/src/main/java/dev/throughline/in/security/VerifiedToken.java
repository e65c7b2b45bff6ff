package dev.throughline.in.security;

import dev.throughline.access.ClientId;
import dev.throughline.access.Origin;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What a token says, once every check has passed.
 *
 * @param tenant the person's tenant
 * @param subject the object id of the person (or, in an app-only token, of the app)
 * @param client the client it was issued to
 * @param audience the one audience
 * @param scopes the scopes that a person granted; empty in an app-only token
 * @param roles the app roles
 * @param appOnly whether no person is behind it
 * @param expiresAt when it ends
 * @param acting what it says of agents
 * @param passedThrough whether it was made for the agent service rather than for us
 * @param origin where it came from, for the record of it
 */
record VerifiedToken(
        UUID tenant,
        UUID subject,
        ClientId client,
        String audience,
        Set<String> scopes,
        Set<String> roles,
        boolean appOnly,
        Instant expiresAt,
        ActingClaims acting,
        boolean passedThrough,
        Origin origin) {

    /** The same, as it came with a request. */
    VerifiedToken from(Origin other) {
        return new VerifiedToken(
                tenant, subject, client, audience, scopes, roles, appOnly, expiresAt, acting, passedThrough, other);
    }
}
