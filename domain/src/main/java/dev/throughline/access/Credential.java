package dev.throughline.access;

import java.time.Instant;
import java.util.Set;

/**
 * What a verified token says besides the person.
 *
 * @param client the client it was issued to
 * @param audience whom it was made for
 * @param scopes what the person has allowed that client to do; scopes that are not ours are left out
 * @param goodUntil the first moment at which it proves nothing any more, tolerance of clocks included
 * @param origin where it came from
 */
public record Credential(ClientId client, String audience, Set<Scope> scopes, Instant goodUntil, Origin origin) {
    public Credential {
        scopes = Set.copyOf(scopes);
    }

    /** A credential of which nobody knows where it came from. */
    public Credential(ClientId client, String audience, Set<Scope> scopes, Instant goodUntil) {
        this(client, audience, scopes, goodUntil, Origin.UNKNOWN);
    }

    Credential withoutScopes() {
        return new Credential(client, audience, Set.of(), goodUntil, origin);
    }

    /** The same, of another origin. */
    public Credential from(Origin other) {
        return new Credential(client, audience, scopes, goodUntil, other);
    }
}
