package dev.throughline.out.foundry;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The wish that the person consents to an agent's connection. Whether its link may be followed is not for us to say.
 *
 * @param id the service's id of the request, if it gave one
 * @param link where to consent; empty if that is no web address
 */
record Consent(Optional<String> id, Optional<URI> link) {
    /** From an {@code oauth_consent_request} item, or from the event of the same meaning, which names it otherwise. */
    static Consent of(JsonObject asked) {
        String id = Items.text(asked, asked.containsKey("id") ? "id" : "item_id");
        return new Consent(
                id.isEmpty() ? Optional.empty() : Optional.of(id), webAddress(Items.text(asked, "consent_link")));
    }

    private static Optional<URI> webAddress(String text) {
        try {
            URI link = new URI(text);
            boolean web = "https".equalsIgnoreCase(link.getScheme()) || "http".equalsIgnoreCase(link.getScheme());
            return web && link.getHost() != null ? Optional.of(link) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
