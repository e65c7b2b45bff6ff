package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation and its items.
 *
 * @param id its identifier
 * @param owner object id of the person who made it
 * @param createdAt seconds since 1970
 * @param metadata up to the client
 * @param items what was said and done, oldest first
 */
record Conversation(String id, String owner, long createdAt, ObjectNode metadata, List<ObjectNode> items) {

    /** Items; older ones are dropped. */
    static final int MAX_ITEMS = 500;

    Conversation {
        items = List.copyOf(items.size() > MAX_ITEMS ? items.subList(items.size() - MAX_ITEMS, items.size()) : items);
    }

    Conversation with(List<ObjectNode> more) {
        List<ObjectNode> all = new ArrayList<>(items);
        all.addAll(more);
        return new Conversation(id, owner, createdAt, metadata, all);
    }

    Conversation with(ObjectNode newMetadata) {
        return new Conversation(id, owner, createdAt, newMetadata, items);
    }

    ObjectNode toJson() {
        ObjectNode json =
                Json.object().put("id", id).put("object", "conversation").put("created_at", createdAt);
        json.set("metadata", metadata);
        return json;
    }
}
