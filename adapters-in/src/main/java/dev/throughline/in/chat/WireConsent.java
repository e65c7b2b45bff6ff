package dev.throughline.in.chat;

import dev.throughline.access.Scope;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A consent that a run waits for.
 *
 * @param id names the request
 * @param agent who wants to act for the person
 * @param scopes what it wants to be allowed
 * @param consentLink where the person can allow it
 */
record WireConsent(String id, String agent, List<String> scopes, String consentLink) {

    static WireConsent of(String id, String agent, Set<Scope> scopes, URI link) {
        return new WireConsent(
                id, agent, scopes.stream().map(Scope::claim).sorted().toList(), link.toString());
    }
}
