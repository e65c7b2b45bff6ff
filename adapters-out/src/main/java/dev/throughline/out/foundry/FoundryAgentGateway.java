package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.RunFailure;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.out.foundry.FoundrySettings.Endpoint;
import dev.throughline.out.http.Deadline;
import dev.throughline.out.http.PathSegment;
import dev.throughline.out.http.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks agents of a Foundry project over its Responses API. A turn is not repeated, since nobody can know what its tools
 * have done already.
 */
public final class FoundryAgentGateway implements AgentGateway {
    private static final System.Logger LOG = System.getLogger(FoundryAgentGateway.class.getName());

    private final FoundrySettings settings;
    private final FoundryJson json = new FoundryJson();
    private final Arguments arguments = new Arguments();
    private final Service service = new Service(json);

    public FoundryAgentGateway(FoundrySettings settings) {
        this.settings = settings;
    }

    @Override
    public String audience() {
        return "https://ai.azure.com";
    }

    @Override
    public Outcome ask(Question question, DelegatedToken token, Listener listener) {
        try {
            return ask(question, remembered(question, token), token, listener);
        } catch (RunFailedException e) {
            return new Failed(e.failure(), e.retryAfter());
        } catch (IOException e) {
            return new Failed(brokenOff(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(brokenOff(e));
        }
    }

    @Override
    public Optional<RunFailure> forget(String thread, DelegatedToken token) {
        try {
            Memory memory = Memory.parse(thread).orElseThrow(() -> refusedByUs(RunFailure.AGENT_MISCONFIGURED));
            new Forgetting(service, placeOf(memory), token, Deadline.in(settings.turn())).forget(memory);
            return Optional.empty();
        } catch (RunFailedException e) {
            return Optional.of(e.failure());
        } catch (IOException e) {
            return Optional.of(brokenOff(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(brokenOff(e));
        }
    }

    private Place placeOf(Memory memory) {
        return Place.of(settings.projectEndpoint(), memory.agent());
    }

    /** What the conversation goes on with, which the settings decide at its beginning. */
    private Memory remembered(Question question, DelegatedToken token)
            throws RunFailedException, IOException, InterruptedException {
        String agent = PathSegment.of(question.agent()).orElseThrow(() -> refusedByUs(RunFailure.AGENT_MISCONFIGURED));
        if (question.continues().isPresent()) {
            return Memory.parse(question.continues().get())
                    .filter(memory ->
                            memory.agent().isEmpty() || memory.agent().get().equals(agent))
                    .orElseThrow(() -> refusedByUs(RunFailure.CONVERSATION_GONE));
        }
        Memory none = Memory.none(settings.endpoint() == Endpoint.AGENT ? Optional.of(agent) : Optional.empty());
        return settings.conversations() ? newConversation(none, token) : none;
    }

    private Memory newConversation(Memory none, DelegatedToken token)
            throws RunFailedException, IOException, InterruptedException {
        Deadline deadline = Deadline.in(settings.firstByte());
        try (Reply reply = service.post(placeOf(none).conversations(), "{}", token, deadline)) {
            if (reply.status() != 200 && reply.status() != 201) {
                throw service.refused(reply, false, deadline);
            }
            String id = Items.text(json.object(reply.body(Service.LONGEST_BODY, deadline)), "id");
            if (!Memory.isUsable(id)) {
                throw new IOException("A conversation without a usable id");
            }
            return Memory.conversation(none.agent(), id);
        }
    }

    private Outcome ask(Question question, Memory memory, DelegatedToken token, Listener listener)
            throws RunFailedException, IOException, InterruptedException {
        Turn turn = new Turn(listener, response -> memory.after(response).text(), arguments);
        Deadline firstByte = Deadline.in(settings.firstByte());
        Deadline whole = Deadline.in(settings.turn());
        try (Reply reply =
                service.post(placeOf(memory).responses(), json.request(question, memory), token, firstByte)) {
            String type = reply.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
            if (reply.status() == 200 && type.startsWith("text/event-stream")) {
                return follow(reply, firstByte, whole, turn);
            }
            if (reply.status() == 200 && type.startsWith("application/json")) {
                return turn.read(json.object(reply.body(Service.LONGEST_BODY, whole)))
                        .orElseThrow(() -> new IOException("No response that has ended"));
            }
            throw service.refused(reply, memory.begun(), firstByte);
        }
    }

    private Outcome follow(Reply reply, Deadline firstByte, Deadline whole, Turn turn)
            throws RunFailedException, IOException, InterruptedException {
        EventStream events = new EventStream();
        Optional<List<ByteBuffer>> piece = reply.next(firstByte);
        while (piece.isPresent()) {
            for (ByteBuffer bytes : piece.get()) {
                for (EventStream.Event event : events.feed(bytes)) {
                    Optional<Outcome> end =
                            Turn.concerns(event.name()) ? turn.hear(json.event(event)) : Optional.empty();
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
            }
            piece = reply.next(Deadline.in(settings.silence()).orEarlier(whole));
        }
        return turn.cutShort();
    }

    /** Something that the service was not even asked. */
    private static RunFailedException refusedByUs(RunFailure failure) {
        LOG.log(System.Logger.Level.WARNING, "The agent service was not asked: {0}", failure);
        return new RunFailedException(failure);
    }

    private static RunFailure brokenOff(Exception cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The agent service broke off: {0}",
                cause.getClass().getSimpleName());
        return RunFailure.AGENT_UNAVAILABLE;
    }
}
