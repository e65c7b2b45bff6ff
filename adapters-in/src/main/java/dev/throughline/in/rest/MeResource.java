package dev.throughline.in.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.in.http.Representation;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.CurrentCaller;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a caller is offered here, by the policy's own word: from it a page shows the places that there are for its
 * person, so that it needs to know neither roles nor what a token says.
 */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class MeResource {
    private final CurrentCaller current;
    private final AccessPolicy policy;
    private final Refusals refusals;
    private final Clock clock;

    @Inject
    public MeResource(CurrentCaller current, AccessPolicy policy, Refusals refusals, Clock clock) {
        this.current = current;
        this.policy = policy;
        this.refusals = refusals;
        this.clock = clock;
    }

    @GET
    public Response me() {
        Caller caller = current.caller();
        Decision decision = policy.decide(caller, Action.WHO_AM_I, Facts.at(Door.REST), clock.instant());
        if (decision instanceof Refusal refusal) {
            throw refusals.exception(caller, Action.WHO_AM_I, refusal);
        }
        return Answers.of(new Me(caller.person().map(user -> user.id().toString()), offered(caller)));
    }

    /** Whether or not the token has the scope yet: a client can only ask for a scope that it knows a use of. */
    private List<String> offered(Caller caller) {
        return Arrays.stream(Action.values())
                .filter(action -> policy.offers(caller, action, Door.REST))
                .map(Action::tool)
                .toList();
    }

    private record Me(
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> user, List<String> may)
            implements Representation {}
}
