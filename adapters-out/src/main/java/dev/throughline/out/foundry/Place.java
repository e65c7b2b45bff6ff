package dev.throughline.out.foundry;

import java.net.URI;
import java.util.Optional;

/**
 * Where the service keeps responses and conversations: at the project, whose OpenAI paths have no version, or at one
 * agent's own endpoint, whose paths have.
 *
 * @param root what the paths begin with
 * @param version the query that they need; empty if none
 */
record Place(String root, String version) {

    /**
     * The project's, or that of an agent of it.
     *
     * @param agent the agent's name as a path's segment; empty for the project's
     */
    static Place of(URI projectEndpoint, Optional<String> agent) {
        String project = projectEndpoint.toString().replaceFirst("/$", "");
        return agent.map(
                        name -> new Place(project + "/agents/" + name + "/endpoint/protocols/openai", "api-version=v1"))
                .orElseGet(() -> new Place(project + "/openai/v1", ""));
    }

    URI responses() {
        return at("/responses", "");
    }

    URI response(String id) {
        return at("/responses/" + id, "");
    }

    URI conversations() {
        return at("/conversations", "");
    }

    URI conversation(String id) {
        return at("/conversations/" + id, "");
    }

    /** A page of a conversation's items, the oldest first. */
    URI items(String conversation, String after) {
        return at(
                "/conversations/" + conversation + "/items",
                "limit=100&order=asc" + (after.isEmpty() ? "" : "&after=" + after));
    }

    private URI at(String path, String query) {
        String both = version.isEmpty() || query.isEmpty() ? version + query : version + "&" + query;
        return URI.create(root + path + (both.isEmpty() ? "" : "?" + both));
    }
}
