package dev.throughline.in.refusal;

import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Scope;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.security.Challenges;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells a caller that the policy refused. Only where a token with more scopes would do is there a Bearer challenge: a
 * client that was refused for any other reason must not send its user through another sign-in.
 */
@Dependent
public class Refusals {
    private final Challenges challenges;

    @Inject
    public Refusals(Challenges challenges) {
        this.challenges = challenges;
    }

    /** The end of a request that was refused: status 403. */
    public ProblemException exception(Refusal refusal) {
        if (refusal instanceof NeedsScope needs) {
            return new ProblemException(problem(needs), Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge(needs)));
        }
        return new ProblemException(problem(refusal));
    }

    /** The challenge that names the scopes needed (RFC 6750 section 3.1). */
    public String challenge(NeedsScope needs) {
        return challenges.insufficientScope(needs.scopes());
    }

    /** What is wrong, without the challenge. */
    public static Problem problem(Refusal refusal) {
        if (refusal instanceof NeedsScope needs) {
            String scopes = needs.scopes().stream().sorted().map(Scope::claim).collect(Collectors.joining(" "));
            return Problem.of(403, "insufficient_scope", "This needs a token with the scope " + scopes + ".");
        }
        Deny deny = (Deny) refusal;
        return Problem.of(403, deny.reason().code(), deny.reason().sentence());
    }
}
