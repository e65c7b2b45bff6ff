package dev.throughline.local.foundry;

import dev.throughline.local.responses.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Which tools of a server wait for the user's approval. As in Foundry, a tool that is named nowhere waits.
 *
 * @param never tools that run at once
 * @param always tools that wait
 * @param byDefault what holds for every other tool
 */
record RequireApproval(Set<String> never, Set<String> always, boolean byDefault) {

    /** Every tool runs at once. */
    static final RequireApproval NEVER = new RequireApproval(Set.of(), Set.of(), false);

    /** Whatever changes an order waits; looking at orders does not. */
    static final RequireApproval FOR_WRITES = except(
            Set.of("list-orders", "get-order", "whoami", "health-check"),
            Set.of("create-order", "update-order", "delete-order"));

    RequireApproval {
        never = Set.copyOf(never);
        always = Set.copyOf(always);
    }

    static RequireApproval except(Set<String> never, Set<String> always) {
        return new RequireApproval(never, always, true);
    }

    boolean isNeededFor(String tool) {
        return always.contains(tool) || (byDefault && !never.contains(tool));
    }

    JsonNode toJson() {
        if (never.isEmpty() && always.isEmpty()) {
            return StringNode.valueOf(byDefault ? "always" : "never");
        }
        ObjectNode rules = Json.object();
        name(rules, "never", never);
        name(rules, "always", always);
        return rules;
    }

    private static void name(ObjectNode rules, String rule, Set<String> tools) {
        ArrayNode names = rules.putObject(rule).putArray("tool_names");
        tools.stream().sorted().forEach(names::add);
    }
}
