package dev.throughline.in.security;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Consents;
import dev.throughline.access.Origin;
import dev.throughline.delegation.UserAssertion;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** From what a request presents to the caller that it proves. */
public final class TokenGate implements Authentication {
    private final GateRules rules = GateRules.ALL;
    private final KeyRing keys;
    private final TokenProofs proofs;
    private final Callers callers;

    /**
     * @param settings which tokens are for us
     * @param registry the clients that may call
     * @param consents whom people let act for them
     * @param metrics counts who was not let in, and watches the keys
     * @param background renews keys in time, without making callers wait
     */
    public TokenGate(
            TokenSettings settings,
            AgentRegistry registry,
            Consents consents,
            GateMetrics metrics,
            Clock clock,
            ScheduledExecutorService background) {
        this.keys = new KeyRing(settings, issuer -> new HttpKeySource(issuer.keys()), metrics, clock, background);
        TokenProofs verifier = new TokenVerifier(rules, settings, keys, clock);
        this.proofs = settings.remember() ? new RememberedProofs(verifier, clock) : verifier;
        this.callers = new Callers(registry, consents);
        keys.start(background);
    }

    /** The caller is made anew at each request, so that a change of the registry counts at once. */
    @Override
    public Admission admit(BearerHeader request, Origin.Arrival arrival) throws RejectedTokenException {
        String token = request.token(rules);
        TokenProof proof = proofs.prove(token);
        return new Admission(
                callers.callerOf(proof.token().from(origin(arrival, proof))),
                new VerifiedPrincipal(proof),
                Optional.of(new UserAssertion(token, proof.token().expiresAt())));
    }

    private static Origin origin(Origin.Arrival arrival, TokenProof proof) {
        Provenance provenance = proof.provenance();
        return new Origin(
                arrival,
                Optional.of(new Origin.Proof(
                        Optional.of(provenance.issued()),
                        Optional.of(proof.token().expiresAt()),
                        provenance.strength())),
                Optional.empty());
    }

    /** Whether the issuer's keys are known. */
    @Override
    public boolean ready() {
        return keys.ready();
    }

    @Override
    public Optional<String> warning() {
        return Optional.empty();
    }

    /** Stops renewing keys. */
    @Override
    public void close() {
        keys.close();
    }
}
