package dev.throughline.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The order desk's rules once more, written down as the tables that a person would draw, and looked up without any of
 * the policy's own code. Where the two differ, one of them is wrong.
 */
final class Oracle {
    /** How far each role reaches. */
    private static final Map<String, Map<String, String>> ROLES = table("""
            action        VIEWER  ANALYST  PM      ADMIN
            LIST_ORDERS   own     tenant   tenant  tenant
            READ_ORDER    own     tenant   tenant  tenant
            CREATE_ORDER  -       -        tenant  tenant
            UPDATE_ORDER  -       -        tenant  tenant
            DELETE_ORDER  -       -        -       tenant
            CHAT          own     own      own     own
            """);

    /** Which scopes will do; without any, the last column is asked for. */
    private static final Map<String, Map<String, String>> SCOPES = table("""
            action        ORDERS_READ  ORDERS_WRITE  ORDERS_AUDIT  USER_IMPERSONATION  asked
            LIST_ORDERS   yes          yes           -             yes                 ORDERS_READ
            READ_ORDER    yes          yes           -             yes                 ORDERS_READ
            CREATE_ORDER  -            yes           -             yes                 ORDERS_WRITE
            UPDATE_ORDER  -            yes           -             yes                 ORDERS_WRITE
            DELETE_ORDER  -            yes           -             yes                 ORDERS_WRITE
            CHAT          yes          yes           yes           yes                 ORDERS_READ
            """);

    /** What becomes of each sort of caller before anybody looks at its rights; "reading" goes on with four actions. */
    private static final Map<String, Map<String, String>> KINDS = table("""
            kind                     REST                   MCP                    CHAT
            DIRECTLY                 all                    all                    all
            THROUGH_AGENT            all                    all                    all
            THROUGH_RUN              all                    all                    all
            THROUGH_UNKNOWN_AGENT    mcp_only               reading                mcp_only
            AS_ITSELF                user_required          reading                user_required
            THROUGH_SHARED_IDENTITY  agent_identity_shared  agent_identity_shared  agent_identity_shared
            AS_SHARED_IDENTITY       agent_identity_shared  agent_identity_shared  agent_identity_shared
            """);

    /** Which of the rights of a kind each action needs: the app's, the tool's, and what the agent asks people for. */
    private static final Map<String, Map<String, String>> NEEDS = table("""
            kind                   CHAT   LIST_ORDERS     READ_ORDER      CREATE_ORDER  UPDATE_ORDER  DELETE_ORDER  WHO_AM_I   CHECK_HEALTH
            DIRECTLY               app    -               -               -             -             -             -          -
            THROUGH_AGENT          never  tool            tool            tool          tool          tool          tool       tool
            THROUGH_RUN            never  app,tool,reads  app,tool,reads  app,tool,writes app,tool,writes app,tool,writes app,tool app,tool
            THROUGH_UNKNOWN_AGENT  -      -               -               -             -             -             -          -
            AS_ITSELF              -      tool            tool            tool          tool          tool          tool       tool
            """);

    private static final Set<String> READING = Set.of("LIST_ORDERS", "READ_ORDER", "WHO_AM_I", "CHECK_HEALTH");
    private static final Set<String> WRITING = Set.of("CREATE_ORDER", "UPDATE_ORDER", "DELETE_ORDER");
    private static final Set<String> ANYBODY = Set.of("WHO_AM_I", "CHECK_HEALTH");

    private Oracle() {}

    /** What must come of it: {@code own}, {@code tenant}, a reason, or {@code needs} and a scope. */
    static String answer(Combination combination, Action action, Door door, Situation situation) {
        if (situation == Situation.FOREIGN_ROW) {
            return "other_tenant";
        }
        if (situation == Situation.TOO_LATE) {
            return "sign_in_ended";
        }
        String kind = combination.kind().name();
        String act = action.name();
        String atDoor = KINDS.get(kind).get(door.name());
        boolean confined = atDoor.equals("reading");
        if (!confined && !atDoor.equals("all")) {
            return atDoor;
        }
        if (confined && !READING.contains(act)) {
            return "reading_only";
        }
        if (!confined
                && !ANYBODY.contains(act)
                && combination.scopes().stream()
                        .noneMatch(scope -> SCOPES.get(act).get(scope.name()).equals("yes"))) {
            return "needs " + SCOPES.get(act).get("asked");
        }
        String reach = reach(combination, kind, act);
        if (reach.equals("-")) {
            return "role_not_sufficient";
        }
        String missing = missing(combination, NEEDS.get(kind).get(act));
        if (!missing.isEmpty()) {
            return missing;
        }
        if (situation == Situation.SOMEBODY_ELSES_ROW && reach.equals("own")) {
            return "not_owner";
        }
        boolean agentActs = Set.of("THROUGH_AGENT", "THROUGH_RUN", "AS_ITSELF").contains(kind);
        if (agentActs && (WRITING.contains(act) || !combination.has(Combination.UNASKED))) {
            return "approval_not_available";
        }
        return reach;
    }

    private static String reach(Combination combination, String kind, String action) {
        if (ANYBODY.contains(action) || kind.equals("THROUGH_UNKNOWN_AGENT")) {
            return "own";
        }
        if (kind.equals("AS_ITSELF")) {
            return "tenant";
        }
        List<String> reaches = combination.roles().stream()
                .map(role -> ROLES.get(action).get(role.name()))
                .toList();
        return reaches.contains("tenant") ? "tenant" : reaches.contains("own") ? "own" : "-";
    }

    private static String missing(Combination combination, String needs) {
        List<String> all = List.of(needs.split(","));
        if (all.contains("never") || all.contains("app") && !combination.has(Combination.MAY_APPROVE)) {
            return "app_may_not_chat";
        }
        boolean writes = combination.has(Combination.ASKS_TO_WRITE);
        boolean reads = writes || combination.has(Combination.ASKS_TO_READ);
        boolean refused = all.contains("tool") && !combination.has(Combination.GRANTED)
                || all.contains("reads") && !reads
                || all.contains("writes") && !writes;
        return refused ? "tool_not_granted" : "";
    }

    private static Map<String, Map<String, String>> table(String text) {
        List<String[]> lines =
                text.lines().map(line -> line.strip().split(" +")).toList();
        Map<String, Map<String, String>> table = new HashMap<>();
        for (String[] line : lines.subList(1, lines.size())) {
            Map<String, String> row = new HashMap<>();
            for (int i = 1; i < line.length; i++) {
                row.put(lines.get(0)[i], line[i]);
            }
            table.put(line[0], row);
        }
        return table;
    }

    /** What else there is to a question: the row that it is about, and when it is asked. */
    enum Situation {
        NO_ROW,
        OWN_ROW,
        SOMEBODY_ELSES_ROW,
        FOREIGN_ROW,
        TOO_LATE;

        Facts facts(Door door) {
            return new Facts(
                    door,
                    switch (this) {
                        case NO_ROW, TOO_LATE -> Optional.empty();
                        case OWN_ROW -> Optional.of(new Facts.Row(TestCallers.TENANT, TestCallers.VIC));
                        case SOMEBODY_ELSES_ROW -> Optional.of(new Facts.Row(TestCallers.TENANT, TestCallers.PAT));
                        case FOREIGN_ROW ->
                            Optional.of(new Facts.Row(new TenantId(new java.util.UUID(0, 2)), TestCallers.VIC));
                    });
        }
    }
}
