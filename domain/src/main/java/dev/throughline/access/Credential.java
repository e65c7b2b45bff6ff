package dev.throughline.access;

import java.util.Set;

/**
 * What a verified token says besides the person.
 *
 * @param client the client it was issued to
 * @param audience whom it was made for: always one of our own audiences
 * @param scopes what the person has allowed that client to do; scopes that are not ours are left out
 */
public record Credential(ClientId client, String audience, Set<Scope> scopes) {
    public Credential {
        scopes = Set.copyOf(scopes);
    }
}
