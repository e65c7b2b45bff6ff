package dev.throughline.access;

import java.util.EnumSet;
import java.util.Set;

/** What the policy looks up: the order desk's own rules, apart from how they are put together. */
final class PolicyTables {
    /** All that a caller may do whose person, or whose agent, is not known. */
    private static final Set<Action> READING =
            EnumSet.of(Action.LIST_ORDERS, Action.READ_ORDER, Action.WHO_AM_I, Action.CHECK_HEALTH);

    /** What needs neither scope nor role, since it touches nobody's rows. */
    private static final Set<Action> OPEN = EnumSet.of(Action.WHO_AM_I, Action.CHECK_HEALTH);

    private PolicyTables() {}

    static boolean reads(Action action) {
        return READING.contains(action);
    }

    static boolean open(Action action) {
        return OPEN.contains(action);
    }

    static Reach reach(Role role, Action action) {
        return switch (action) {
            case LIST_ORDERS, READ_ORDER -> role == Role.VIEWER ? Reach.OWN : Reach.TENANT;
            case CREATE_ORDER, UPDATE_ORDER -> role == Role.PM || role == Role.ADMIN ? Reach.TENANT : Reach.NONE;
            case DELETE_ORDER, READ_AUDIT -> role == Role.ADMIN ? Reach.TENANT : Reach.NONE;
            case CHAT, APPROVE, CONSENT, CONVERSATIONS, WHO_AM_I, CHECK_HEALTH -> Reach.OWN;
        };
    }

    /** The tables as text, the same for the same rules wherever they are computed. */
    static String text() {
        StringBuilder text = new StringBuilder();
        for (Action action : Action.values()) {
            text.append(action.tool())
                    .append(" reads=")
                    .append(reads(action))
                    .append(" open=")
                    .append(open(action))
                    .append(" writes=")
                    .append(action.writes());
            for (Scope scope : Scope.values()) {
                text.append(' ').append(scope.claim()).append('=').append(action.coveredBy(EnumSet.of(scope)));
            }
            for (Role role : Role.values()) {
                text.append(' ').append(role.claim()).append('=').append(reach(role, action));
            }
            text.append('\n');
        }
        for (DenyReason reason : DenyReason.values()) {
            text.append(reason.code()).append('\n');
        }
        return text.toString();
    }
}
