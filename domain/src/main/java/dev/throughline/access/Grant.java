package dev.throughline.access;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an agent may use. It never widens what a person may do.
 *
 * @param tools the tools it may use for a person
 * @param toolsAsItself the tools it may use as itself; none for most agents
 * @param toolsNeedingApproval the tools that it may use only with an approval
 */
public record Grant(Set<String> tools, Set<String> toolsAsItself, Set<String> toolsNeedingApproval) {
    public Grant {
        tools = Set.copyOf(tools);
        toolsAsItself = Set.copyOf(toolsAsItself);
        toolsNeedingApproval = Set.copyOf(toolsNeedingApproval);
    }

    /** These tools for a person and none as itself; every write needs an approval. */
    public static Grant forPeople(Set<String> tools) {
        return new Grant(tools, Set.of(), writesAmong(tools));
    }

    /** The tools that change orders: those that need an approval unless something else is said. */
    public static Set<String> writesAmong(Set<String> tools) {
        return Stream.of(Action.values())
                .filter(Action::writes)
                .map(Action::tool)
                .filter(tools::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What both grants allow, with the approvals that either demands. */
    Grant within(Grant other) {
        return new Grant(
                both(tools, other.tools::contains),
                both(toolsAsItself, other.toolsAsItself::contains),
                Stream.concat(toolsNeedingApproval.stream(), other.toolsNeedingApproval.stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Set<String> both(Set<String> tools, Predicate<String> other) {
        return tools.stream().filter(other).collect(Collectors.toUnmodifiableSet());
    }
}
