package dev.throughline.out.registry;

import dev.throughline.access.App;
import dev.throughline.access.ClientId;
import dev.throughline.out.registry.Registry.PassthroughClient;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads the registry's JSON and refuses what it does not understand whole. */
final class RegistryReader {
    private static final Set<String> LISTS = Set.of("apps", "agents", "passthroughClients");
    private static final Set<String> APP = Set.of("clientId", "name", "mayApprove");
    private static final Set<String> PASSTHROUGH_CLIENT = Set.of("clientId", "name");

    private final JsonReaderFactory json =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    /** @throws IllegalArgumentException whose message says in one sentence what is wrong where */
    Registry read(String content) {
        try (JsonReader reader = json.createReader(new StringReader(content))) {
            JsonObject root = reader.readObject();
            root.keySet().stream()
                    .filter(list -> !LISTS.contains(list))
                    .findFirst()
                    .ifPresent(list -> {
                        throw new IllegalArgumentException("In the agent registry, " + list
                                + " is not known, only apps, agents and passthroughClients are.");
                    });
            return new Registry(
                    entries(root, "apps", RegistryReader::app),
                    entries(root, "agents", AgentEntry::read),
                    root.containsKey("passthroughClients")
                            ? entries(root, "passthroughClients", RegistryReader::passthroughClient)
                            : List.of());
        } catch (JsonException | IllegalStateException notJson) {
            throw new IllegalArgumentException(
                    "The agent registry is not one JSON object without repeated names.", notJson);
        }
    }

    private static <T> List<T> entries(JsonObject root, String list, BiFunction<String, JsonValue, T> read) {
        if (!(root.get(list) instanceof JsonArray values)) {
            throw new IllegalArgumentException("In the agent registry, " + list + " must be a list.");
        }
        List<T> entries = new ArrayList<>();
        for (JsonValue value : values) {
            entries.add(read.apply(list + "[" + entries.size() + "]", value));
        }
        return entries;
    }

    private static App app(String where, JsonValue value) {
        Entry entry = new Entry(where, value, APP);
        return new App(new ClientId(entry.text("clientId")), entry.name(), entry.flag("mayApprove"));
    }

    private static PassthroughClient passthroughClient(String where, JsonValue value) {
        Entry entry = new Entry(where, value, PASSTHROUGH_CLIENT);
        return new PassthroughClient(new ClientId(entry.text("clientId")), entry.name());
    }
}
