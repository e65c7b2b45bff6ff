package dev.throughline.local.entra;

import java.util.List;
import java.util.Map;

/**
 * An application that tokens are made for.
 *
 * @param id its application id
 * @param identifiers what scopes may be qualified with, the application id included
 * @param audience {@code aud} of its tokens
 * @param version 1 or 2: the resource, not the client, decides the version of its access tokens
 * @param scopes its delegated permissions, each with what it means in plain words
 */
record Resource(
        String id, String name, List<String> identifiers, String audience, int version, Map<String, String> scopes) {

    static final String DEFAULT_SCOPE = ".default";

    boolean isKnownAs(String identifier) {
        return identifiers.contains(identifier);
    }
}
