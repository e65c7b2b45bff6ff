package dev.throughline.access;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that a caller can ask for. Its tool name is what an agent's grant lists. */
public enum Action {
    LIST_ORDERS("list-orders", Scope.ORDERS_READ),
    READ_ORDER("get-order", Scope.ORDERS_READ),
    CREATE_ORDER("create-order", Scope.ORDERS_WRITE),
    UPDATE_ORDER("update-order", Scope.ORDERS_WRITE),
    DELETE_ORDER("delete-order", Scope.ORDERS_WRITE),
    CHAT("chat", null),
    WHO_AM_I("whoami", null),
    CHECK_HEALTH("health-check", null);

    private final String tool;
    private final Optional<Scope> scope;

    Action(String tool, @Nullable Scope scope) {
        this.tool = tool;
        this.scope = Optional.ofNullable(scope);
    }

    /** The action's name among an agent's tools. */
    public String tool() {
        return tool;
    }

    /** The one scope that the action needs; empty where it needs none in particular. */
    public Optional<Scope> scope() {
        return scope;
    }

    /** Whether the action changes orders. */
    public boolean writes() {
        return scope.filter(Scope.ORDERS_WRITE::equals).isPresent();
    }

    /** Whether a token with these scopes will do; the chat needs one of ours, whichever. */
    boolean coveredBy(Set<Scope> granted) {
        return this == CHAT
                ? !granted.isEmpty()
                : scope.map(needed -> needed.coveredBy(granted)).orElse(true);
    }
}
