package dev.throughline.in.security;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Caller;
import java.time.Clock;
import java.util.concurrent.Executor;

/** From the text of a token to the caller that it proves. */
public final class TokenGate {
    private final SigningKeys keys;
    private final TokenVerifier verifier;
    private final Callers callers;

    /**
     * @param settings which tokens are for us
     * @param registry the clients that may call
     * @param background renews keys without making callers wait
     */
    public TokenGate(TokenSettings settings, AgentRegistry registry, Clock clock, Executor background) {
        this.keys = new SigningKeys(settings.keys(), clock, background);
        this.verifier = new TokenVerifier(settings, keys, clock);
        this.callers = new Callers(registry);
    }

    Caller admit(String token) throws RejectedTokenException {
        return callers.callerOf(verifier.verify(token));
    }

    /** Whether the issuer's keys are known, so that good callers can be let in. */
    public boolean ready() {
        return keys.ready();
    }
}
