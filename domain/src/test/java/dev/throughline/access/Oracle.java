package dev.throughline.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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
            READ_AUDIT    -       -        -       tenant
            CHAT          own     own      own     own
            APPROVE       own     own      own     own
            CONSENT       own     own      own     own
            CONVERSATIONS own     own      own     own
            """);

    /** Which scopes will do; without any, the last column is asked for. */
    private static final Map<String, Map<String, String>> SCOPES = table("""
            action        ORDERS_READ  ORDERS_WRITE  ORDERS_AUDIT  USER_IMPERSONATION  asked
            LIST_ORDERS   yes          yes           -             yes                 ORDERS_READ
            READ_ORDER    yes          yes           -             yes                 ORDERS_READ
            CREATE_ORDER  -            yes           -             yes                 ORDERS_WRITE
            UPDATE_ORDER  -            yes           -             yes                 ORDERS_WRITE
            DELETE_ORDER  -            yes           -             yes                 ORDERS_WRITE
            READ_AUDIT    -            -             yes           -                   ORDERS_AUDIT
            CHAT          yes          yes           yes           yes                 ORDERS_READ
            APPROVE       yes          yes           yes           yes                 ORDERS_READ
            CONSENT       yes          yes           yes           yes                 ORDERS_READ
            CONVERSATIONS yes          yes           yes           yes                 ORDERS_READ
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
            kind                   personal  reading         writing          auditing   anybody
            DIRECTLY               app       -               -                -          -
            THROUGH_AGENT          never     tool            tool             nobody     tool
            THROUGH_RUN            never     app,tool,reads  app,tool,writes  app,nobody app,tool
            THROUGH_UNKNOWN_AGENT  -         -               -                -          -
            AS_ITSELF              -         tool            tool             -          tool
            """);

    /** What becomes of a call by what the person has said to whoever acts for them; the others ask nobody. */
    private static final Map<String, Map<String, String>> CONSENTS = table("""
            kind                   NONE            ASKED           ALLOWED  DENIED           REVOKED
            DIRECTLY               -               -               -        -                -
            THROUGH_AGENT          -               -               -        consent_revoked  consent_revoked
            THROUGH_RUN            consent_needed  consent_needed  -        consent_needed   consent_revoked
            THROUGH_UNKNOWN_AGENT  -               -               -        consent_revoked  consent_revoked
            AS_ITSELF              -               -               -        -                -
            """);

    /** Which answers count that were given to a question of which one part is different from what is wanted now. */
    private static final Map<String, Map<String, String>> ANSWERS = table("""
            part       asked_otherwise  kept_otherwise
            NOTHING    yes,no           yes,no
            TENANT     -                -
            PERSON     -                -
            AGENT      -                -
            TOOL       -                -
            ARGUMENTS  yes,no           -
            VERSION    yes,no           no
            RULES      no               no
            """);

    private static final Map<String, String> SORTS = Map.ofEntries(
            Map.entry("LIST_ORDERS", "reading"),
            Map.entry("READ_ORDER", "reading"),
            Map.entry("CREATE_ORDER", "writing"),
            Map.entry("UPDATE_ORDER", "writing"),
            Map.entry("DELETE_ORDER", "writing"),
            Map.entry("CHAT", "personal"),
            Map.entry("APPROVE", "personal"),
            Map.entry("CONSENT", "personal"),
            Map.entry("CONVERSATIONS", "personal"),
            Map.entry("READ_AUDIT", "auditing"),
            Map.entry("WHO_AM_I", "anybody"),
            Map.entry("CHECK_HEALTH", "anybody"));

    private Oracle() {}

    /** What must come of it: {@code own}, {@code tenant}, a reason, or {@code needs} and a scope. */
    static String answer(Combination combination, Action action, Door door, Situation situation, Reply reply) {
        if (situation == Situation.FOREIGN_ROW) {
            return "other_tenant";
        }
        if (situation == Situation.TOO_LATE) {
            return "sign_in_ended";
        }
        String kind = combination.kind().name();
        String act = action.name();
        String sort = SORTS.get(act);
        String atDoor = KINDS.get(kind).get(door.name());
        boolean confined = atDoor.equals("reading");
        if (!confined && !atDoor.equals("all")) {
            return atDoor;
        }
        if (confined && !sort.equals("reading") && !sort.equals("anybody")) {
            return "reading_only";
        }
        if (!confined
                && !sort.equals("anybody")
                && combination.scopes().stream()
                        .noneMatch(scope -> SCOPES.get(act).get(scope.name()).equals("yes"))) {
            return "needs " + SCOPES.get(act).get("asked");
        }
        String reach = reach(combination, kind, act);
        if (reach.equals("-")) {
            return "role_not_sufficient";
        }
        String missing = missing(combination, NEEDS.get(kind).get(sort));
        if (!missing.isEmpty()) {
            return missing;
        }
        String consent = CONSENTS.get(kind).get(combination.consent().name());
        if (!consent.equals("-")) {
            return consent;
        }
        if (situation == Situation.SOMEBODY_ELSES_ROW && reach.equals("own")) {
            return "not_owner";
        }
        boolean agentActs = Set.of("THROUGH_AGENT", "THROUGH_RUN", "AS_ITSELF").contains(kind);
        if (!agentActs || combination.has(Combination.UNASKED)) {
            return reach;
        }
        if (kind.equals("AS_ITSELF")) {
            return "user_required";
        }
        String said = answer(reply);
        return said.equals("yes") ? reach : said.equals("no") ? "approval_denied" : "approval_needed";
    }

    private static String answer(Reply reply) {
        String said = Map.of("APPROVED", "yes", "DENIED", "no").getOrDefault(reply.state(), "-");
        String counts =
                ANSWERS.get(reply.part().name()).get(reply.askedOtherwise() ? "asked_otherwise" : "kept_otherwise");
        return !reply.expired() && List.of(counts.split(",")).contains(said) ? said : "-";
    }

    /** What must come of talking to a partner, for somebody who may chat. */
    static String partner(Combination combination, Agent agent, Consent consent, boolean reachable) {
        if (agent.kind() == Agent.Kind.MCP_CLIENT) {
            return "not_a_chat_agent";
        }
        if (agent.kind() == Agent.Kind.SHARED_PROJECT) {
            return "agent_identity_shared";
        }
        for (Action action : Action.values()) {
            String sort = SORTS.get(action.name());
            boolean shows = agent.grant().toolsAsItself().contains(action.tool()) && !sort.equals("anybody");
            boolean scope = !shows
                    || combination.scopes().stream()
                            .anyMatch(has ->
                                    SCOPES.get(action.name()).get(has.name()).equals("yes"));
            if (shows
                    && !(scope && reach(combination, "DIRECTLY", action.name()).equals("tenant"))) {
                return "acts_as_itself";
            }
        }
        if (!reachable) {
            return "passthrough_off";
        }
        return consent == Consent.REVOKED ? "consent_revoked" : "own";
    }

    private static String reach(Combination combination, String kind, String action) {
        if (SORTS.get(action).equals("anybody") || kind.equals("THROUGH_UNKNOWN_AGENT")) {
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
        boolean refused = all.contains("nobody")
                || all.contains("tool") && !combination.has(Combination.GRANTED)
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
            Facts facts = Facts.at(door);
            return switch (this) {
                case NO_ROW, TOO_LATE -> facts;
                case OWN_ROW -> facts.about(TestCallers.TENANT, TestCallers.VIC);
                case SOMEBODY_ELSES_ROW -> facts.about(TestCallers.TENANT, TestCallers.PAT);
                case FOREIGN_ROW -> facts.about(new TenantId(new UUID(0, 2)), TestCallers.VIC);
            };
        }
    }
}
