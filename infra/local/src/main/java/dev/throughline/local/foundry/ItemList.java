package dev.throughline.local.foundry;

import dev.throughline.local.responses.ApiError;
import dev.throughline.local.responses.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A page of items, newest first unless {@code order=asc}, with the API's {@code limit} and {@code after}. */
final class ItemList {

    private static final int MAX_LIMIT = 100;

    private ItemList() {}

    static ObjectNode of(List<ObjectNode> items, Map<String, String> query) {
        List<ObjectNode> ordered = new ArrayList<>(items);
        if (!ascending(query)) {
            Collections.reverse(ordered);
        }
        List<ObjectNode> rest = after(ordered, query.getOrDefault("after", ""));
        List<ObjectNode> page = rest.subList(0, Math.min(limit(query), rest.size()));
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        page.forEach(data::add);
        list.put("first_id", page.isEmpty() ? null : Json.text(page.get(0), "id"));
        list.put("last_id", page.isEmpty() ? null : Json.text(page.get(page.size() - 1), "id"));
        return list.put("has_more", page.size() < rest.size());
    }

    private static boolean ascending(Map<String, String> query) {
        return switch (query.getOrDefault("order", "desc")) {
            case "asc" -> true;
            case "desc" -> false;
            default -> throw ApiError.invalid("The order must be asc or desc.", "order");
        };
    }

    private static int limit(Map<String, String> query) {
        String limit = query.getOrDefault("limit", "20");
        if (!limit.matches("\\d{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
            throw ApiError.invalid("The limit must be a number from 1 to " + MAX_LIMIT + ".", "limit");
        }
        return Integer.parseInt(limit);
    }

    private static List<ObjectNode> after(List<ObjectNode> items, String id) {
        if (id.isEmpty()) {
            return items;
        }
        for (int i = 0; i < items.size(); i++) {
            if (Json.text(items.get(i), "id").equals(id)) {
                return items.subList(i + 1, items.size());
            }
        }
        throw ApiError.notFound("Item", id);
    }
}
