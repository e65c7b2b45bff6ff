package dev.throughline.out.registry;

import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.ClientId;
import dev.throughline.access.Grant;
import dev.throughline.access.Scope;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One agent of the registry: its fields, and whether they can all be true of the same agent. */
final class AgentEntry {
    private static final Set<String> FIELDS =
            Set.of("clientId", "name", "kind", "route", "tools", "toolsAsItself", "toolsNeedingApproval", "scopes");

    private static final Map<String, Agent.Kind> KINDS = names(Agent.Kind.values());
    private static final Map<String, Agent.Route> ROUTES = names(Agent.Route.values());
    private static final Map<String, Scope> SCOPES =
            Arrays.stream(Scope.values()).collect(Collectors.toUnmodifiableMap(Scope::claim, Function.identity()));

    /** Tools that an agent can be granted: all actions but those that are a person's own affair. */
    private static final Set<String> TOOLS = tools(action -> !action.personal());

    /** Tools that nobody needs to be asked about. */
    private static final Set<String> READING = tools(action -> !action.personal() && !action.writes());

    private final Entry entry;
    private final Agent.Kind kind;
    private final Agent.Route route;

    private AgentEntry(Entry entry) {
        this.entry = entry;
        kind = entry.one("kind", from(KINDS), choices(KINDS.keySet()));
        route = entry.one("route", from(ROUTES), choices(ROUTES.keySet()));
    }

    static Agent read(String where, JsonValue value) {
        return new AgentEntry(new Entry(where, value, FIELDS)).agent();
    }

    private Agent agent() {
        if (route != Agent.Route.OAUTH && (kind == Agent.Kind.MCP_CLIENT || kind == Agent.Kind.SHARED_PROJECT)) {
            throw entry.wrong("route", "must be oauth for this kind, which has a client of its own");
        }
        return new Agent(
                entry.name(),
                kind,
                route,
                client(),
                grant(),
                entry.some("scopes", from(SCOPES), choices(SCOPES.keySet())));
    }

    private Optional<ClientId> client() {
        if (route == Agent.Route.PASSTHROUGH && entry.has("clientId")) {
            throw entry.wrong("clientId", "must be left out, since no token of the passthrough route names the agent");
        }
        return route == Agent.Route.OAUTH || entry.has("clientId")
                ? Optional.of(new ClientId(entry.text("clientId")))
                : Optional.empty();
    }

    private Grant grant() {
        Set<String> tools = entry.some(
                "tools",
                among(route == Agent.Route.PASSTHROUGH ? READING : TOOLS),
                choices(route == Agent.Route.PASSTHROUGH ? READING : TOOLS));
        Set<String> asItself = optional("toolsAsItself", READING, Set.of());
        if (!asItself.isEmpty() && route != Agent.Route.OAUTH) {
            throw entry.wrong("toolsAsItself", "must be left out, since only an agent of the oauth route has a token");
        }
        refuseIfShared("tools", tools);
        refuseIfShared("toolsAsItself", asItself);
        // People are asked about changes only: an approval of anything else could never be given.
        Set<String> writes = Grant.writesAmong(tools);
        return new Grant(tools, asItself, optional("toolsNeedingApproval", writes, writes));
    }

    private void refuseIfShared(String field, Set<String> granted) {
        if (kind == Agent.Kind.SHARED_PROJECT && !granted.isEmpty()) {
            throw entry.wrong(field, "must be empty, since a shared identity may use nothing");
        }
    }

    private Set<String> optional(String field, Set<String> choices, Set<String> otherwise) {
        return entry.has(field) ? entry.some(field, among(choices), choices(choices)) : otherwise;
    }

    private static Function<String, Optional<String>> among(Set<String> choices) {
        return name -> Optional.of(name).filter(choices::contains);
    }

    private static <T> Function<String, Optional<T>> from(Map<String, T> names) {
        return name -> Optional.ofNullable(names.get(name));
    }

    private static String choices(Set<String> names) {
        return names.isEmpty() ? "nothing" : names.stream().sorted().collect(Collectors.joining(", "));
    }

    private static Set<String> tools(Predicate<Action> which) {
        return Arrays.stream(Action.values()).filter(which).map(Action::tool).collect(Collectors.toUnmodifiableSet());
    }

    private static <E extends Enum<E>> Map<String, E> names(E[] values) {
        return Arrays.stream(values)
                .collect(Collectors.toUnmodifiableMap(
                        value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'), Function.identity()));
    }
}
