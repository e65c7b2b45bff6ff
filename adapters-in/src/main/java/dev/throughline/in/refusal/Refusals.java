package dev.throughline.in.refusal;

import dev.throughline.access.Action;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsApproval;
import dev.throughline.access.Decision.NeedsConsent;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Scope;
import dev.throughline.in.events.Occasion;
import dev.throughline.in.events.SecurityEvents;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.CurrentCaller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells a caller that the policy refused, and operators with the same call: an adapter has no other way from a refusal
 * to its words. Only where a token with more scopes would do is there a Bearer challenge: a client that was refused for
 * any other reason must not send its user through another sign-in.
 */
@Dependent
public class Refusals {
    private final Challenges challenges;
    private final SecurityEvents events;
    private final CurrentCaller current;

    @Inject
    public Refusals(Challenges challenges, SecurityEvents events, CurrentCaller current) {
        this.challenges = challenges;
        this.events = events;
        this.current = current;
    }

    /** The end of a request that was refused: status 403. */
    public ProblemException exception(Caller caller, Action action, Refusal refusal) {
        Problem problem = problem(current.occasion(), caller, action, refusal);
        if (refusal instanceof NeedsScope needs) {
            return new ProblemException(
                    problem, Map.of(HttpHeaders.WWW_AUTHENTICATE, challenges.insufficientScope(needs.scopes())));
        }
        return new ProblemException(problem);
    }

    /** What is wrong, in one sentence, for answers that know no status. */
    public String sentence(Occasion occasion, Caller caller, Action action, Refusal refusal) {
        return problem(occasion, caller, action, refusal).detail();
    }

    /** Tells operators that a person was asked; what the caller is told of it is the adapter's own. */
    public void asked(Occasion occasion, Caller caller, Action action, ApprovalId approval) {
        events.approvalAsked(occasion, caller, action, approval);
    }

    /** What stands in the way of something that nobody has tried: no event. */
    public static String words(Refusal refusal) {
        return problem(refusal).detail();
    }

    private Problem problem(Occasion occasion, Caller caller, Action action, Refusal refusal) {
        events.authzRefusal(occasion, caller, action, refusal);
        return problem(refusal);
    }

    private static Problem problem(Refusal refusal) {
        if (refusal instanceof NeedsScope needs) {
            String scopes = needs.scopes().stream().sorted().map(Scope::claim).collect(Collectors.joining(" "));
            return Problem.of(403, "insufficient_scope", "This needs a token with the scope " + scopes + ".");
        }
        if (refusal instanceof NeedsConsent) {
            return Problem.of(403, refusal.rule(), "Allow this agent to act for you first, in the web chat.");
        }
        if (refusal instanceof NeedsApproval) {
            return Problem.of(403, refusal.rule(), "Approve this change first, in the web chat.");
        }
        Deny deny = (Deny) refusal;
        return Problem.of(403, deny.reason().code(), deny.reason().sentence());
    }
}
