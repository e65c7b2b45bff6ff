package dev.throughline.local.foundry;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens with which agents act as themselves, kept in memory until shortly before they end. */
final class AgentTokens {

    private static final Duration EARLY = Duration.ofMinutes(2);

    private final TokenClient client;
    private final Map<String, String> secrets;
    private final Clock clock;
    private final Set<String> sharing = ConcurrentHashMap.newKeySet();
    private final Map<String, ConnectionToken> tokens = new HashMap<>();

    /** @param secrets the credential of each identity, by its client id */
    AgentTokens(TokenClient client, Map<String, String> secrets, Clock clock) {
        this.client = client;
        this.secrets = Map.copyOf(secrets);
        this.clock = clock;
    }

    /** From now on this agent runs as the project's shared identity, or no longer. */
    void share(String agent, boolean shared) {
        if (shared) {
            sharing.add(agent);
        } else {
            sharing.remove(agent);
        }
    }

    boolean shares(AgentDefinition agent) {
        return sharing.contains(agent.name());
    }

    /**
     * The agent's token.
     *
     * @throws TokenRefusedException if the issuer refuses it
     * @throws IOException if the issuer does not answer
     */
    synchronized String of(AgentDefinition agent, String audience) throws IOException, TokenRefusedException {
        String clientId = shares(agent) || agent.identity().isEmpty()
                ? Registration.SHARED_IDENTITY_CLIENT
                : agent.identity().get().clientId();
        String key = clientId + " " + audience;
        ConnectionToken kept = tokens.get(key);
        if (kept == null || kept.expiresBefore(clock.instant().plus(EARLY))) {
            kept = client.ofApplication(clientId, secrets.getOrDefault(clientId, ""), audience)
                    .orElseThrow(TokenRefusedException::ofAgent);
            tokens.put(key, kept);
        }
        return kept.accessToken();
    }

    /** Forgets this token, which a tool has refused. */
    synchronized void forget(String refused) {
        tokens.values().removeIf(token -> token.accessToken().equals(refused));
    }

    synchronized void forgetAll() {
        tokens.clear();
    }
}
