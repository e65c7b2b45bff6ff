package dev.throughline.in.chat;

import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.conversation.ConversationId;
import dev.throughline.conversation.ConversationPage;
import dev.throughline.conversation.ConversationPage.Place;
import dev.throughline.conversation.FailedRun;
import dev.throughline.conversation.MyConversations;
import dev.throughline.conversation.MyConversations.Done;
import dev.throughline.conversation.MyConversations.NotForgotten;
import dev.throughline.conversation.MyConversations.Outcome;
import dev.throughline.conversation.MyConversations.Refused;
import dev.throughline.conversation.MyConversations.Whole;
import dev.throughline.conversation.RunFailure;
import dev.throughline.in.http.Problem;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.http.Representation;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.wire.CursorKey;
import dev.throughline.in.wire.InvalidCursorException;
import dev.throughline.in.wire.WireList;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A person's conversations: to find again, to see whose identity each hop carried, and to delete for good. */
@Path("/conversations")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class ConversationsResource {
    private static final Set<String> PARAMETERS = Set.of("limit", "cursor");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 200;

    private final CurrentCaller current;
    private final MyConversations conversations;
    private final Refusals refusals;
    private final Challenges challenges;
    private final CursorKey key;
    private final Clock clock;

    @Inject
    public ConversationsResource(
            CurrentCaller current,
            MyConversations conversations,
            Refusals refusals,
            Challenges challenges,
            CursorKey key,
            Clock clock) {
        this.current = current;
        this.conversations = conversations;
        this.refusals = refusals;
        this.challenges = challenges;
        this.key = key;
        this.clock = clock;
    }

    @GET
    public Response list(@Context UriInfo uri) {
        Caller caller = current.caller();
        Map<String, List<String>> query = uri.getQueryParameters();
        query.forEach((name, values) -> {
            if (!PARAMETERS.contains(name) || values.size() != 1) {
                throw new ProblemException(
                        Problem.of(400, "parameter_unknown", "This list takes limit and cursor, each at most once."));
            }
        });
        ConversationCursors cursors = new ConversationCursors(key, caller);
        ConversationPage page = done(conversations.list(caller, limit(query), place(cursors, query)));
        return answer(new WireList<>(
                page.items().stream().map(WireConversation.Line::of).toList(),
                page.next().map(cursors::issue)));
    }

    @GET
    @Path("/{id}")
    public Response find(@PathParam("id") String id) {
        return answer(WireConversation.Full.of(whole(id), clock.instant()));
    }

    @GET
    @Path("/{id}/trail")
    public Response trail(@PathParam("id") String id) {
        return answer(WireConversation.Trail.of(whole(id)));
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        done(conversations.delete(current.caller(), parsed(id), current.assertion()));
        return Response.noContent().build();
    }

    private Whole whole(String id) {
        return done(conversations.find(current.caller(), parsed(id)));
    }

    /** What cannot be an id is nobody's, after the same decision. */
    private ConversationId parsed(String id) {
        return ConversationId.parse(id).orElseThrow(() -> {
            done(conversations.list(current.caller(), 1, Optional.empty()));
            return new ProblemException(ChatProblems.NO_SUCH_CONVERSATION);
        });
    }

    private static int limit(Map<String, List<String>> query) {
        String text = first(query, "limit").orElse(Integer.toString(DEFAULT_LIMIT));
        int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(
                    Problem.ofField("value_invalid", "limit", "limit must be 1 to %d.".formatted(MAX_LIMIT)));
        }
        return limit;
    }

    private static Optional<Place> place(ConversationCursors cursors, Map<String, List<String>> query) {
        Optional<String> cursor = first(query, "cursor");
        try {
            return cursor.isPresent() ? Optional.of(cursors.open(cursor.get())) : Optional.empty();
        } catch (InvalidCursorException e) {
            throw new ProblemException(Problem.ofField("cursor_invalid", "cursor", InvalidCursorException.SENTENCE));
        }
    }

    private static Optional<String> first(Map<String, List<String>> query, String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
    }

    private static Response answer(Representation value) {
        return Response.ok(value).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Done<T> done) {
            return done.value();
        }
        if (outcome instanceof Refused<T> refused) {
            throw refusals.exception(current.caller(), Action.CONVERSATIONS, refused.refusal());
        }
        if (outcome instanceof NotForgotten<T> kept) {
            throw notForgotten(kept.failure());
        }
        throw new ProblemException(ChatProblems.NO_SUCH_CONVERSATION);
    }

    /** Nothing was deleted: half a deletion would be one that nobody can finish. */
    private ProblemException notForgotten(FailedRun failed) {
        if (failed.reason() == RunFailure.SIGN_IN_AGAIN) {
            return unauthorized(failed, challenges.invalidToken());
        }
        if (failed.claims().isPresent()) {
            return unauthorized(
                    failed, challenges.insufficientClaims(failed.claims().get().base64()));
        }
        // Waiting helps only where something does not answer.
        return new ProblemException(
                problem(503, failed),
                failed.reason() == RunFailure.AGENT_UNAVAILABLE
                        ? Map.of(HttpHeaders.RETRY_AFTER, Long.toString(ChatProblems.retryAfter(failed)))
                        : Map.of());
    }

    private static ProblemException unauthorized(FailedRun failed, String challenge) {
        return new ProblemException(problem(401, failed), Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge));
    }

    private static Problem problem(int status, FailedRun failed) {
        return Problem.of(status, failed.reason().code(), failed.reason().sentence());
    }
}
