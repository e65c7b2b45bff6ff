package dev.throughline.out.registry;

import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.App;
import dev.throughline.access.ClientId;
import dev.throughline.access.Scope;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the registry's JSON and refuses what it does not understand whole. */
final class RegistryReader {
    private static final Set<String> LISTS = Set.of("apps", "agents");
    private static final Set<String> APP = Set.of("clientId", "name", "mayApprove");
    private static final Set<String> AGENT = Set.of("clientId", "name", "kind", "route", "tools", "scopes");

    private static final Map<String, Agent.Kind> KINDS = names(Agent.Kind.values());
    private static final Map<String, Agent.Route> ROUTES = names(Agent.Route.values());
    /** Tools that an agent can be granted: all actions but the chat, which is for people alone. */
    private static final Set<String> TOOLS = Arrays.stream(Action.values())
            .filter(action -> action != Action.CHAT)
            .map(Action::tool)
            .collect(Collectors.toUnmodifiableSet());

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
                        throw new IllegalArgumentException(
                                "In the agent registry, " + list + " is not known, only apps and agents are.");
                    });
            return new Registry(
                    entries(root, "apps", RegistryReader::app), entries(root, "agents", RegistryReader::agent));
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

    private static Agent agent(String where, JsonValue value) {
        Entry entry = new Entry(where, value, AGENT);
        return new Agent(
                entry.name(),
                entry.one("kind", from(KINDS), choices(KINDS.keySet())),
                entry.one("route", from(ROUTES), choices(ROUTES.keySet())),
                Optional.of(new ClientId(entry.text("clientId"))),
                entry.some("tools", name -> Optional.of(name).filter(TOOLS::contains), choices(TOOLS)),
                entry.some(
                        "scopes",
                        Scope::ofClaim,
                        choices(Arrays.stream(Scope.values()).map(Scope::claim).collect(Collectors.toSet()))));
    }

    private static <T> Function<String, Optional<T>> from(Map<String, T> names) {
        return name -> Optional.ofNullable(names.get(name));
    }

    private static String choices(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    private static <E extends Enum<E>> Map<String, E> names(E[] values) {
        return Arrays.stream(values)
                .collect(Collectors.toUnmodifiableMap(
                        value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'), Function.identity()));
    }
}
