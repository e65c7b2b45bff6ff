package dev.throughline.access;

import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a caller may do: what the person may do <em>and</em> the agent may do, never either alone. Pure and
 * total, so that the same question always has the same answer, wherever it is asked.
 */
public final class AccessPolicy {

    /** The answer for one action; a permit carries the rows that it covers. */
    public Decision decide(Caller caller, Action action) {
        if (!action.coveredBy(caller.scopes())) {
            return new NeedsScope(Set.of(action.scope().orElse(Scope.ORDERS_READ)));
        }
        return offers(caller, action)
                .or(() -> byApproval(caller, action))
                .<Decision>map(Deny::new)
                .orElseGet(() -> permit(caller, action, reach(caller.user(), action)));
    }

    /**
     * Whether an action should be offered to a caller at all, whether or not the token has the scope yet: a client can
     * only ask for a scope that it knows of.
     *
     * @return empty if it should, else why not
     */
    public Optional<DenyReason> offers(Caller caller, Action action) {
        return byRole(caller, action).or(() -> byGrant(caller, action));
    }

    private static Optional<DenyReason> byRole(Caller caller, Action action) {
        return reach(caller.user(), action) == Reach.NONE
                ? Optional.of(DenyReason.ROLE_NOT_SUFFICIENT)
                : Optional.empty();
    }

    private static Optional<DenyReason> byGrant(Caller caller, Action action) {
        if (caller instanceof Caller.UserThroughAgent through) {
            if (action == Action.CHAT) {
                return Optional.of(DenyReason.APP_MAY_NOT_CHAT);
            }
            return through.agent().tools().contains(action.tool())
                    ? Optional.empty()
                    : Optional.of(DenyReason.TOOL_NOT_GRANTED);
        }
        boolean chatsInOtherApp = action == Action.CHAT
                && caller instanceof Caller.UserDirectly direct
                && !direct.app().mayApprove();
        return chatsInOtherApp ? Optional.of(DenyReason.APP_MAY_NOT_CHAT) : Optional.empty();
    }

    private static Optional<DenyReason> byApproval(Caller caller, Action action) {
        return action.writes() && caller.actingAgent().isPresent()
                ? Optional.of(DenyReason.APPROVAL_NOT_AVAILABLE)
                : Optional.empty();
    }

    private static Permit permit(Caller caller, Action action, Reach reach) {
        User user = caller.user();
        Optional<UserId> owner = reach == Reach.OWN ? Optional.of(user.id()) : Optional.empty();
        return new Permit(caller, action, new RowFilter(user.tenant(), owner), rule(action, reach));
    }

    private static String rule(Action action, Reach reach) {
        return switch (action) {
            case WHO_AM_I, CHECK_HEALTH -> "any_valid_caller";
            default -> reach == Reach.OWN ? "own_rows" : "tenant_rows";
        };
    }

    private static Reach reach(User user, Action action) {
        return switch (action) {
            case WHO_AM_I, CHECK_HEALTH -> Reach.OWN;
            default ->
                user.roles().stream()
                        .map(role -> reach(role, action))
                        .max(Comparator.naturalOrder())
                        .orElse(Reach.NONE);
        };
    }

    private static Reach reach(Role role, Action action) {
        return switch (action) {
            case LIST_ORDERS, READ_ORDER -> role == Role.VIEWER ? Reach.OWN : Reach.TENANT;
            case CREATE_ORDER, UPDATE_ORDER -> role == Role.PM || role == Role.ADMIN ? Reach.TENANT : Reach.NONE;
            case DELETE_ORDER -> role == Role.ADMIN ? Reach.TENANT : Reach.NONE;
            case CHAT, WHO_AM_I, CHECK_HEALTH -> Reach.OWN;
        };
    }
}
