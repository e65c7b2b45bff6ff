package dev.throughline.in.mcp;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.Caller.AgentAsItself;
import dev.throughline.access.Caller.UserDirectly;
import dev.throughline.access.Caller.UserThroughAgent;
import dev.throughline.access.Caller.UserThroughRun;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.PolicyVersion;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.User;
import dev.throughline.in.http.Representation;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whom the server takes a caller for, and what the policy would answer to each tool now. */
final class WhoAmI {
    private static final List<Action> TOOLS =
            Arrays.stream(Action.values()).filter(Action::grantable).toList();

    private final AccessPolicy policy;
    private final Clock clock;

    WhoAmI(AccessPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    Identity identity(Caller caller) {
        return new Identity(
                caller.person().map(user -> user.id().toString()),
                caller.tenant().toString(),
                sorted(caller.person().map(User::roles).orElse(Set.of())).stream()
                        .map(Role::claim)
                        .toList(),
                caller.actingAgent().map(Agent::name),
                caller.client().value(),
                caller.credential().audience(),
                sorted(caller.scopes()).stream().map(Scope::claim).toList(),
                kind(caller),
                caller.actingAgent().map(agent -> agent.route().name().toLowerCase(Locale.ROOT)),
                rows(caller),
                TOOLS.stream().map(action -> verdict(caller, action)).toList(),
                PolicyVersion.CURRENT);
    }

    private Verdict verdict(Caller caller, Action action) {
        Decision decision = decide(caller, action);
        if (decision instanceof NeedsScope needs) {
            return new Verdict(
                    action.tool(),
                    "needs_scope",
                    sorted(needs.scopes()).stream().map(Scope::claim).toList(),
                    Optional.of(needs.rule()));
        }
        if (decision instanceof NeedsApproval needs) {
            return new Verdict(action.tool(), "needs_approval", List.of(), Optional.of(needs.rule()));
        }
        return decision instanceof Permit
                ? new Verdict(action.tool(), "permitted", List.of(), Optional.empty())
                : new Verdict(action.tool(), "refused", List.of(), Optional.of(decision.rule()));
    }

    private String rows(Caller caller) {
        return decide(caller, Action.LIST_ORDERS) instanceof Permit permit
                ? permit.rows().owner().isPresent() ? "own" : "tenant"
                : "none";
    }

    private Decision decide(Caller caller, Action action) {
        return policy.decide(caller, action, Facts.at(Door.MCP), clock.instant());
    }

    private static String kind(Caller caller) {
        if (caller instanceof UserDirectly) {
            return "person";
        }
        if (caller instanceof UserThroughAgent) {
            return "person_through_agent";
        }
        if (caller instanceof UserThroughRun) {
            return "person_through_run";
        }
        return caller instanceof AgentAsItself ? "agent_as_itself" : "person_through_unknown_agent";
    }

    private static <T extends Comparable<T>> List<T> sorted(Collection<T> values) {
        return values.stream().sorted().toList();
    }

    /**
     * What the answer says.
     *
     * @param kind how the caller comes: a person alone, through an agent, or an agent without a person
     * @param route how the agent's calls reach us, where one acts
     * @param rows which orders the caller may see
     * @param tools what would come of each tool
     * @param policy names the rules that this was decided by
     */
    record Identity(
            Optional<String> user,
            String tenant,
            List<String> roles,
            Optional<String> agent,
            String client,
            String audience,
            List<String> scopes,
            String kind,
            Optional<String> route,
            String rows,
            List<Verdict> tools,
            String policy)
            implements Representation {

        /** The same in words. */
        String text() {
            return "You are %s, with %s, through %s. You may see %s. %s"
                    .formatted(
                            user.map(id -> "the person " + id).orElse("an agent without a person"),
                            roles.isEmpty() ? "no role" : "the role " + String.join(", ", roles),
                            agent.map(name -> "the agent " + name).orElse("the client " + client),
                            switch (rows) {
                                case "own" -> "your own orders";
                                case "tenant" -> "all orders of your organisation";
                                default -> "no orders";
                            },
                            tools.stream().map(Verdict::text).collect(Collectors.joining(" ")));
        }
    }

    /**
     * What would come of a tool.
     *
     * @param decision {@code permitted}, {@code needs_scope}, {@code needs_approval} or {@code refused}
     * @param scopes what the person would have to allow the client, too
     * @param reason the rule that stands in the way
     */
    record Verdict(String name, String decision, List<String> scopes, Optional<String> reason)
            implements Representation {

        String text() {
            return switch (decision) {
                case "permitted" -> name + ": permitted.";
                case "needs_approval" -> name + ": once you have approved it.";
                case "needs_scope" -> name + ": needs the scope " + String.join(" ", scopes) + ".";
                default -> name + ": refused, " + reason.orElse("") + ".";
            };
        }
    }
}
