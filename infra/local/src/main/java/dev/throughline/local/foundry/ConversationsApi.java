package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Call;
import dev.throughline.local.responses.Ids;
import dev.throughline.local.responses.Json;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conversations and their items: {@code .../conversations}. */
final class ConversationsApi {

    private static final int MAX_NEW_ITEMS = 20;

    private final ProjectData data;
    private final Clock clock;

    ConversationsApi(ProjectData data, Clock clock) {
        this.data = data;
        this.clock = clock;
    }

    void create(Call call, ProjectUser user) throws IOException {
        ObjectNode body = call.json();
        allow(body, Set.of("items", "metadata"));
        Conversation conversation = new Conversation(
                Ids.random("conv"),
                user.objectId(),
                clock.instant().getEpochSecond(),
                InputItems.metadata(body),
                body.has("items") ? newItems(body) : List.of());
        data.add(conversation);
        call.sendJson(200, conversation.toJson());
    }

    void read(Call call, ProjectUser user, String id) throws IOException {
        call.sendJson(200, data.conversation(user, id).toJson());
    }

    void update(Call call, ProjectUser user, String id) throws IOException {
        ObjectNode body = call.json();
        allow(body, Set.of("metadata"));
        ObjectNode metadata = InputItems.metadata(body);
        call.sendJson(
                200,
                data.change(user, id, conversation -> conversation.with(metadata))
                        .toJson());
    }

    void delete(Call call, ProjectUser user, String id) throws IOException {
        data.deleteConversation(user, id);
        call.sendJson(
                200,
                Json.object()
                        .put("id", id)
                        .put("object", "conversation.deleted")
                        .put("deleted", true));
    }

    void items(Call call, ProjectUser user, String id) throws IOException {
        call.sendJson(200, ItemList.of(data.conversation(user, id).items(), call.query()));
    }

    void addItems(Call call, ProjectUser user, String id) throws IOException {
        ObjectNode body = call.json();
        allow(body, Set.of("items"));
        List<ObjectNode> items = newItems(body);
        data.change(user, id, conversation -> conversation.with(items));
        call.sendJson(200, ItemList.of(items, Map.of("order", "asc", "limit", "" + MAX_NEW_ITEMS)));
    }

    private static List<ObjectNode> newItems(ObjectNode body) {
        JsonNode items = body.path("items");
        if (!(items instanceof ArrayNode array) || array.size() > MAX_NEW_ITEMS) {
            throw ApiError.invalid("The items must be a list of at most " + MAX_NEW_ITEMS + ".", "items");
        }
        List<ObjectNode> parsed = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            parsed.add(InputItems.parse(array.get(i), "items[" + i + "]"));
        }
        return parsed;
    }

    private static void allow(ObjectNode body, Set<String> names) {
        body.propertyNames().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiError.invalid("Unknown parameter: '" + name + "'.", name);
                });
    }
}
