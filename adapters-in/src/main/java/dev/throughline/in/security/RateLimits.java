package dev.throughline.in.security;

import dev.throughline.Unavailable;
import dev.throughline.access.Action;
import dev.throughline.access.Budget;
import dev.throughline.access.Budgets;
import dev.throughline.access.Caller;
import dev.throughline.in.events.Occasion;
import dev.throughline.in.events.SecurityEvents;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a caller who asks too often to wait: status 429 with {@code Retry-After} (RFC 6585 section 4, RFC 9110 section
 * 10.2.3) and no challenge, since no other token would do. The gate takes from the caller's general budget for every
 * request; adapters take from the narrower ones once they know what is asked.
 */
@Dependent
public class RateLimits {
    private static final System.Logger LOG = System.getLogger(RateLimits.class.getName());
    private static final String RETRY_AFTER = "Retry-After";
    private static final String SHORTLY = "5";

    private final Budgets budgets;
    private final SecurityEvents events;

    @Inject
    public RateLimits(Budgets budgets, SecurityEvents events) {
        this.budgets = budgets;
        this.events = events;
    }

    /** Counts a request, whatever it asks for. */
    void request(Caller caller, Occasion occasion) {
        take(Budget.ofRequest(caller), caller, occasion);
    }

    /**
     * Counts an attempt to change an order, before anything of it is done.
     *
     * @throws ProblemException with status 429 if the caller has to wait, with status 503 if that cannot be told
     */
    public void write(Caller caller, Occasion occasion) {
        take(Budget.ofWrite(caller), caller, occasion);
    }

    /**
     * Counts a call of a tool, before anything of it is done; one that would change an order is an attempt to, besides.
     *
     * @throws ProblemException with status 429 if the caller has to wait, with status 503 if that cannot be told
     */
    public void tool(Caller caller, Action action, Occasion occasion) {
        take(List.of(Budget.ofTool(caller, action)), caller, occasion);
        if (action.writes()) {
            write(caller, occasion);
        }
    }

    /**
     * Counts a message to an agent, before anything of it is done.
     *
     * @throws ProblemException with status 429 if the caller has to wait, with status 503 if that cannot be told
     */
    public void message(Caller caller, Occasion occasion) {
        take(List.of(Budget.ofMessage(caller)), caller, occasion);
    }

    private void take(List<Budget> needed, Caller caller, Occasion occasion) {
        for (Budget budget : needed) {
            spend(budget, occasion).ifPresent(wait -> {
                events.rateLimited(occasion, caller, budget.kind().label());
                throw wait(wait);
            });
        }
    }

    /** Closed where nobody can tell: whoever could overload the budgets' store would else have no limits. */
    private Optional<Duration> spend(Budget budget, Occasion occasion) {
        try {
            return budgets.spend(budget);
        } catch (Unavailable e) {
            LOG.log(System.Logger.Level.ERROR, "Request " + occasion.correlationId() + " failed", e);
            throw new ProblemException(Problem.unavailable(), Map.of(RETRY_AFTER, SHORTLY));
        }
    }

    private static ProblemException wait(Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        String unit = seconds == 1 ? " second." : " seconds.";
        return new ProblemException(
                Problem.of(429, "rate_limited", "Too many requests; try again in " + seconds + unit),
                Map.of(RETRY_AFTER, Long.toString(seconds)));
    }
}
