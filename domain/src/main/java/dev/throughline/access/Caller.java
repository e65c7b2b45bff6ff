package dev.throughline.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who is calling: mostly a person, directly or through an agent, sometimes an agent as itself; always known through
 * which client. Made from a verified token only.
 */
public sealed interface Caller {

    /** The tenant whose rows the caller may see at most. */
    TenantId tenant();

    /** The caller's own id within the tenant (Entra's {@code oid}): the person's, or that of an agent as itself. */
    UUID objectId();

    /** What the token said besides the person. */
    Credential credential();

    /** The person on whose behalf everything happens; empty for an agent as itself. */
    default Optional<User> person() {
        return Optional.empty();
    }

    /** The OAuth client that presented the token. */
    default ClientId client() {
        return credential().client();
    }

    /** What the person has allowed that client to do; empty where nobody allowed anything. */
    default Set<Scope> scopes() {
        return credential().scopes();
    }

    /** The registered agent that acts, for the person or as itself; empty where none is known to. */
    default Optional<Agent> actingAgent() {
        return Optional.empty();
    }

    /**
     * What the person has said to whom acts for them; empty where nobody does, since a person needs no consent of their
     * own and an agent as itself has none.
     */
    default Optional<Consent> consent() {
        return Optional.empty();
    }

    /** A caller with a person behind it, whatever acts for them. */
    sealed interface Person extends Caller {

        /** The person. */
        User user();

        @Override
        default TenantId tenant() {
            return user().tenant();
        }

        @Override
        default UUID objectId() {
            return user().id().value();
        }

        @Override
        default Optional<User> person() {
            return Optional.of(user());
        }
    }

    /**
     * A person in one of our own apps.
     *
     * @param user the person
     * @param app the app, whose client the credential names
     * @param credential the rest of the token
     */
    record UserDirectly(User user, App app, Credential credential) implements Person {}

    /**
     * A person for whom a registered agent acts, with a token that was issued to the agent.
     *
     * @param user the person
     * @param agent the agent
     * @param credential the rest of the token
     * @param standing what the person has said to the agent
     */
    record UserThroughAgent(User user, Agent agent, Credential credential, Consent standing) implements Person {
        @Override
        public Optional<Consent> consent() {
            return Optional.of(standing);
        }

        @Override
        public Optional<Agent> actingAgent() {
            return Optional.of(agent);
        }
    }

    /**
     * A person for whom an agent acts in a run that we opened: it asked us to call a function, and we know which agent
     * it is because we began the run. The token is the person's own, of the chat request.
     *
     * @param user the person
     * @param app the app in which the person chats, whose client the credential names
     * @param agent the agent of the run
     * @param credential the rest of the token
     * @param standing what the person has said to the agent
     */
    record UserThroughRun(User user, App app, Agent agent, Credential credential, Consent standing) implements Person {
        @Override
        public Optional<Consent> consent() {
            return Optional.of(standing);
        }

        @Override
        public Optional<Agent> actingAgent() {
            return Optional.of(agent);
        }
    }

    /**
     * A person for whom an agent acts of which the token says nothing: it was made for somebody else's audience and
     * passed through to us. Roles and scopes of such a token are not ours, so that there are none here.
     *
     * @param user the person, without roles
     * @param credential the rest of the token, without scopes
     * @param standing what the person has said to whoever comes through this client
     */
    record UserThroughUnknownAgent(User user, Credential credential, Consent standing) implements Person {
        public UserThroughUnknownAgent {
            user = new User(user.tenant(), user.id(), Set.of());
            credential = credential.withoutScopes();
        }

        @Override
        public Optional<Consent> consent() {
            return Optional.of(standing);
        }
    }

    /**
     * An agent that acts for nobody but itself. No person allowed it anything, so that there are no scopes; what it may
     * do is its grant.
     *
     * @param tenant the agent's tenant
     * @param objectId the agent's own id in the directory
     * @param agent the agent, whose client the credential names
     * @param credential the rest of the token, without scopes
     */
    record AgentAsItself(TenantId tenant, UUID objectId, Agent agent, Credential credential) implements Caller {
        public AgentAsItself {
            credential = credential.withoutScopes();
        }

        @Override
        public Optional<Agent> actingAgent() {
            return Optional.of(agent);
        }
    }

    /** Whether the token that proves the caller is still good, tolerance of clocks included. */
    default boolean provenAt(Instant moment) {
        return moment.isBefore(credential().goodUntil());
    }
}
