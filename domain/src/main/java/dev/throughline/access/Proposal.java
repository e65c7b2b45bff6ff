package dev.throughline.access;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What an agent wants to do for a person, to the letter: an approval is for this and for nothing else.
 *
 * @param tenant the person's tenant
 * @param user the person
 * @param agent the agent's name in the registry
 * @param action what it wants to do
 * @param argumentsDigest the SHA-256 of the arguments in their canonical form, in lower-case hexadecimal
 * @param version the version of the row that would change; empty for a new one
 * @param policyVersion the rules under which it is asked, see {@link PolicyVersion}
 */
public record Proposal(
        TenantId tenant,
        UserId user,
        String agent,
        Action action,
        String argumentsDigest,
        OptionalLong version,
        String policyVersion) {

    /**
     * What an agent wants to do under the rules of now.
     *
     * @throws IllegalArgumentException if no agent acts for a person
     */
    public static Proposal of(Caller caller, Action action, String argumentsDigest, OptionalLong version) {
        User user = caller.person().orElseThrow(() -> new IllegalArgumentException("Nobody could approve this"));
        Agent agent = caller.actingAgent().orElseThrow(() -> new IllegalArgumentException("No agent acts here"));
        return new Proposal(
                user.tenant(), user.id(), agent.name(), action, argumentsDigest, version, PolicyVersion.CURRENT);
    }

    /** Whether both ask for the same, whatever has become of the row meanwhile. */
    public boolean asksTheSameAs(Proposal other) {
        return tenant.equals(other.tenant)
                && user.equals(other.user)
                && Objects.equals(agent, other.agent)
                && action == other.action
                && argumentsDigest.equals(other.argumentsDigest);
    }

    boolean isOf(Caller caller, Action wanted) {
        return action == wanted
                && caller.person()
                        .filter(person ->
                                person.tenant().equals(tenant) && person.id().equals(user))
                        .isPresent()
                && caller.actingAgent()
                        .filter(acting -> acting.name().equals(agent))
                        .isPresent();
    }
}
