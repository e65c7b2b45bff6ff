package dev.throughline.in.rest;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Door;
import dev.throughline.access.MyApprovals;
import dev.throughline.access.MyApprovals.AnsweredBefore;
import dev.throughline.access.MyApprovals.Done;
import dev.throughline.access.MyApprovals.NoSuchApproval;
import dev.throughline.access.MyApprovals.Outcome;
import dev.throughline.access.MyApprovals.Refused;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.wire.WireApproval;
import dev.throughline.in.wire.WireList;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;

/** What agents want a person to approve; each question is answered by itself. */
@Path("/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ApprovalsResource {
    private static final Problem NOT_FOUND = Problem.of(404, "approval_not_found", "There is no such approval.");

    private final CurrentCaller current;
    private final MyApprovals approvals;
    private final Refusals refusals;
    private final Clock clock;

    @Inject
    public ApprovalsResource(CurrentCaller current, MyApprovals approvals, Refusals refusals, Clock clock) {
        this.current = current;
        this.approvals = approvals;
        this.refusals = refusals;
        this.clock = clock;
    }

    @GET
    public Response list() {
        List<Approval> all = done(approvals.list(current.caller(), Door.REST));
        return Answers.of(WireList.whole(all.stream().map(this::shown).toList()));
    }

    @GET
    @Path("/{id}")
    public Response find(@PathParam("id") String id) {
        return Answers.of(shown(done(approvals.find(current.caller(), Door.REST, parsed(id)))));
    }

    @POST
    @Path("/{id}")
    public Response answer(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        boolean approve = Answers.decision(headers, body, "approve", "deny");
        return Answers.of(shown(done(approvals.answer(current.caller(), Door.REST, parsed(id), approve))));
    }

    private WireApproval shown(Approval approval) {
        return WireApproval.of(approval, clock.instant());
    }

    /** What cannot be an id is nobody's, after the same decision. */
    private ApprovalId parsed(String id) {
        return ApprovalId.parse(id).orElseThrow(() -> {
            done(approvals.list(current.caller(), Door.REST));
            return new ProblemException(NOT_FOUND);
        });
    }

    private <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Done<T> done) {
            return done.value();
        }
        if (outcome instanceof Refused<T> refused) {
            throw refusals.exception(current.caller(), Action.APPROVE, refused.refusal());
        }
        if (outcome instanceof NoSuchApproval<T>) {
            throw new ProblemException(NOT_FOUND);
        }
        throw new ProblemException(
                outcome instanceof AnsweredBefore<T>
                        ? Problem.of(409, "approval_decided", "This has been decided before; the first answer stands.")
                        : Problem.of(
                                409, "approval_expired", "It is too late to decide this; let the agent ask again."));
    }
}
