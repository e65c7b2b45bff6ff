package dev.throughline.in.rest;

import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.ConsentEntry;
import dev.throughline.access.ConsentId;
import dev.throughline.access.Door;
import dev.throughline.access.MyConsents;
import dev.throughline.access.MyConsents.Done;
import dev.throughline.access.MyConsents.Outcome;
import dev.throughline.access.MyConsents.Refused;
import dev.throughline.access.Scope;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.http.Representation;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.wire.WireList;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
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
import java.util.List;
import java.util.Locale;

/** Which agents a person lets act for them, to look at, allow and take back. */
@Path("/consents")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ConsentsResource {
    private static final Problem NOT_FOUND = Problem.of(404, "consent_not_found", "There is no such consent.");

    private final CurrentCaller current;
    private final MyConsents consents;
    private final AgentRegistry agents;
    private final Refusals refusals;

    @Inject
    public ConsentsResource(CurrentCaller current, MyConsents consents, AgentRegistry agents, Refusals refusals) {
        this.current = current;
        this.consents = consents;
        this.agents = agents;
        this.refusals = refusals;
    }

    @GET
    public Response list() {
        List<ConsentEntry> all = done(consents.list(current.caller(), Door.REST));
        return Answers.of(WireList.whole(all.stream().map(this::shown).toList()));
    }

    @POST
    @Path("/{id}")
    public Response answer(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        boolean allow = Answers.decision(headers, body, "allow", "deny");
        return Answers.of(shown(done(consents.answer(current.caller(), Door.REST, parsed(id), allow))));
    }

    @DELETE
    @Path("/{id}")
    public Response revoke(@PathParam("id") String id) {
        done(consents.revoke(current.caller(), Door.REST, parsed(id)));
        return Response.noContent().build();
    }

    private Shown shown(ConsentEntry entry) {
        return new Shown(
                entry.id().toString(),
                entry.agent(),
                agents.agentNamed(entry.agent())
                        .map(Agent::kind)
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .orElse("unknown"),
                entry.scopes().stream().map(Scope::claim).sorted().toList(),
                entry.state().wire(),
                entry.changedAt().toString());
    }

    /** What cannot be an id is nobody's, after the same decision. */
    private ConsentId parsed(String id) {
        return ConsentId.parse(id).orElseThrow(() -> {
            done(consents.list(current.caller(), Door.REST));
            return new ProblemException(NOT_FOUND);
        });
    }

    private <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Done<T> done) {
            return done.value();
        }
        if (outcome instanceof Refused<T> refused) {
            throw refusals.exception(current.caller(), Action.CONSENT, refused.refusal());
        }
        throw new ProblemException(NOT_FOUND);
    }

    private record Shown(String id, String agent, String kind, List<String> scopes, String state, String changedAt)
            implements Representation {}
}
