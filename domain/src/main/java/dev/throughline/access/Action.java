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
    APPROVE("approve", null),
    CONSENT("consent", null),
    CONVERSATIONS("conversations", null),
    READ_AUDIT("read-audit", Scope.ORDERS_AUDIT),
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

    /** Whether it is a person's own affair, which no agent may do for them. */
    public boolean personal() {
        return switch (this) {
            case CHAT, APPROVE, CONSENT, CONVERSATIONS -> true;
            case LIST_ORDERS,
                    READ_ORDER,
                    CREATE_ORDER,
                    UPDATE_ORDER,
                    DELETE_ORDER,
                    READ_AUDIT,
                    WHO_AM_I,
                    CHECK_HEALTH -> false;
        };
    }

    /** Whether an agent can be granted it: what is recorded about agents is not for agents. */
    public boolean grantable() {
        return !personal() && this != READ_AUDIT;
    }

    /** Whether a token with these scopes will do; a person's own affairs need one of ours, whichever. */
    boolean coveredBy(Set<Scope> granted) {
        return personal()
                ? !granted.isEmpty()
                : scope.map(needed -> needed.coveredBy(granted)).orElse(true);
    }
}
