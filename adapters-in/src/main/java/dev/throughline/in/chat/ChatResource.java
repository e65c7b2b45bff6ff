package dev.throughline.in.chat;

import dev.throughline.access.Action;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.conversation.Ask;
import dev.throughline.conversation.AskAgent;
import dev.throughline.conversation.AskAgent.NoSuchAgent;
import dev.throughline.conversation.AskAgent.NoSuchConversation;
import dev.throughline.conversation.AskAgent.Opened;
import dev.throughline.conversation.AskAgent.Opening;
import dev.throughline.conversation.AskAgent.Refused;
import dev.throughline.conversation.FailedRun;
import dev.throughline.conversation.Run;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.in.events.Occasion;
import dev.throughline.in.http.CorrelationId;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.security.RateLimits;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * One turn of a conversation. The caller and the token are read on the request's thread; the run itself may go on on
 * another.
 */
@Path("/chat")
@Dependent
public class ChatResource {
    private final CurrentCaller current;
    private final RateLimits limits;
    private final AskAgent askAgent;
    private final ChatRuns runs;
    private final Refusals refusals;
    private final Challenges challenges;
    private final Clock clock;

    @Inject
    public ChatResource(
            CurrentCaller current,
            RateLimits limits,
            AskAgent askAgent,
            ChatRuns runs,
            Refusals refusals,
            Challenges challenges,
            Clock clock) {
        this.current = current;
        this.limits = limits;
        this.askAgent = askAgent;
        this.runs = runs;
        this.refusals = refusals;
        this.challenges = challenges;
        this.clock = clock;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response answer(@Context HttpServletRequest request, InputStream body) throws IOException {
        UserAssertion assertion = assertion();
        String correlationId = CorrelationId.of(request);
        AnswerCollector collector = new AnswerCollector(correlationId, words(), clock);
        Run run = open(request, body);
        startedOrAbandoned(run, () -> runs.complete(() -> run.execute(assertion, correlationId, collector)));
        return answered(collector).entity(collector.answer()).build();
    }

    @POST
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(
            @Context HttpServletRequest request,
            @Context HttpServletResponse response,
            InputStream body,
            @Context Sse sse,
            @Context SseEventSink events)
            throws IOException {
        UserAssertion assertion = assertion();
        Run run = open(request, body);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Not a standard, but what the common reverse proxies look for before they hold a stream back.
        response.setHeader("X-Accel-Buffering", "no");
        EventSink sink = new SseSink(sse, events);
        StreamedRun streamed = new StreamedRun(run, assertion, sink, CorrelationId.of(request), words(), clock);
        startedOrAbandoned(run, () -> runs.start(streamed, sink));
    }

    /** A run may refuse on another thread, where the request is not at hand. */
    private Function<Refusal, String> words() {
        Occasion occasion = current.occasion();
        Caller caller = current.caller();
        return refusal -> refusals.sentence(occasion, caller, Action.CHAT, refusal);
    }

    /** What is exchanged for the agent's token: without a person's token there is nothing to run with. */
    private UserAssertion assertion() {
        return current.assertion().orElseThrow(() -> new ProblemException(ChatProblems.AUTHENTICATION_OFF));
    }

    /** What a run took up when it was opened waits again where there is no room to run it. */
    static void startedOrAbandoned(Run run, Runnable start) {
        try {
            start.run();
        } catch (ProblemException noRoom) {
            run.abandon();
            throw noRoom;
        }
    }

    private Run open(HttpServletRequest request, InputStream body) throws IOException {
        limits.message(current.caller(), current.occasion());
        Ask ask = ChatRequest.read(body, Optional.ofNullable(request.getContentType()));
        return run(askAgent.open(current.caller(), ask));
    }

    private Run run(Opening opening) {
        if (opening instanceof Opened opened) {
            return opened.run();
        }
        if (opening instanceof Refused refused) {
            throw refusals.exception(current.caller(), Action.CHAT, refused.refusal());
        }
        throw new ProblemException(
                opening instanceof NoSuchConversation
                        ? ChatProblems.NO_SUCH_CONVERSATION
                        : opening instanceof NoSuchAgent ? ChatProblems.NO_SUCH_AGENT : ChatProblems.NOTHING_WAITS);
    }

    /** A run that failed is an answer, too, unless a client can do something about it without showing it to anybody. */
    private Response.ResponseBuilder answered(AnswerCollector collector) {
        Response.ResponseBuilder response =
                collector.failure().map(this::failed).orElseGet(Response::ok);
        return response.type(MediaType.APPLICATION_JSON).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private Response.ResponseBuilder failed(FailedRun failed) {
        return switch (failed.reason()) {
            case AGENT_UNAVAILABLE ->
                Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, ChatProblems.retryAfter(failed));
            case SIGN_IN_AGAIN -> unauthorized(challenges.invalidToken());
            case STEP_UP_NEEDED ->
                failed.claims()
                        .map(claims -> unauthorized(challenges.insufficientClaims(claims.base64())))
                        .orElseGet(Response::ok);
            default -> Response.ok();
        };
    }

    private static Response.ResponseBuilder unauthorized(String challenge) {
        return Response.status(Response.Status.UNAUTHORIZED).header(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }
}
