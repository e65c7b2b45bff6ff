package dev.throughline.access;

import java.util.Optional;
import java.util.Set;

/** Who is calling: always a person, and always known through which client. Made from a verified token only. */
public sealed interface Caller {

    /** The person on whose behalf everything happens. */
    User user();

    /** What the token said besides the person. */
    Credential credential();

    /** The OAuth client that presented the token. */
    default ClientId client() {
        return credential().client();
    }

    /** What the person has allowed that client to do. */
    default Set<Scope> scopes() {
        return credential().scopes();
    }

    /** The agent that acts for the person; empty where the person acts directly. */
    default Optional<Agent> actingAgent() {
        return Optional.empty();
    }

    /**
     * A person in one of our own apps.
     *
     * @param user the person
     * @param app the app, whose client the credential names
     * @param credential the rest of the token
     */
    record UserDirectly(User user, App app, Credential credential) implements Caller {}

    /**
     * A person for whom a registered agent acts.
     *
     * @param user the person
     * @param agent the agent, whose client the credential names
     * @param credential the rest of the token
     */
    record UserThroughAgent(User user, Agent agent, Credential credential) implements Caller {
        @Override
        public Optional<Agent> actingAgent() {
            return Optional.of(agent);
        }
    }
}
