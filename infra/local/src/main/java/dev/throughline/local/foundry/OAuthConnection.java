package dev.throughline.local.foundry;

import java.net.URI;
import java.util.List;

/**
 * A project connection of kind OAuth2: each user signs in to it once, and its tokens are kept for that user alone.
 *
 * @param name its name in the project
 * @param authorizationUrl where the user consents
 * @param tokenUrl where codes and refresh tokens are exchanged
 * @param clientId the OAuth client made for this connection
 * @param clientSecret its credential
 * @param redirectUri where the consent comes back to; registered for the client
 * @param scopes what is asked for, all at once
 */
record OAuthConnection(
        String name,
        URI authorizationUrl,
        URI tokenUrl,
        String clientId,
        String clientSecret,
        URI redirectUri,
        List<String> scopes)
        implements Connection {

    OAuthConnection {
        scopes = List.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "OAuthConnection[" + name + "]";
    }
}
