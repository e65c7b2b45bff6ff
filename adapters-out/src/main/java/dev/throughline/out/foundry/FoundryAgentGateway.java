package dev.throughline.out.foundry;

import dev.throughline.conversation.AgentGateway;
import dev.throughline.conversation.RunFailure;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.out.http.Deadline;
import dev.throughline.out.http.Outbound;
import dev.throughline.out.http.Reply;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks agents of a Foundry project over its Responses API. A turn is not repeated, since nobody can know what its tools
 * have done already.
 */
public final class FoundryAgentGateway implements AgentGateway {
    private static final System.Logger LOG = System.getLogger(FoundryAgentGateway.class.getName());
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_ERROR = 64 * 1024;

    private final FoundrySettings settings;
    private final Outbound outbound = new Outbound(CONNECT_TIMEOUT);
    private final FoundryJson json = new FoundryJson();

    public FoundryAgentGateway(FoundrySettings settings) {
        this.settings = settings;
    }

    @Override
    public String audience() {
        return "https://ai.azure.com";
    }

    @Override
    public Outcome ask(Question question, DelegatedToken token, Listener listener) {
        HttpRequest request = HttpRequest.newBuilder(settings.responses())
                .header("Authorization", "Bearer " + token.token())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(json.request(question)))
                .build();
        Deadline turn = Deadline.in(settings.turn());
        Deadline firstByte = Deadline.in(settings.firstByte());
        try (Reply reply = outbound.send(request, firstByte)) {
            return streams(reply)
                    ? follow(reply, firstByte, turn, new Turn(listener))
                    : refused(question, reply, firstByte);
        } catch (IOException e) {
            return unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable(e);
        }
    }

    private static boolean streams(Reply reply) {
        String type = reply.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return reply.status() == 200 && type.startsWith("text/event-stream");
    }

    private Outcome follow(Reply reply, Deadline firstByte, Deadline whole, Turn turn)
            throws IOException, InterruptedException {
        EventStream events = new EventStream();
        Optional<List<ByteBuffer>> piece = reply.next(firstByte);
        while (piece.isPresent()) {
            for (ByteBuffer bytes : piece.get()) {
                for (EventStream.Event event : events.feed(bytes)) {
                    Optional<Outcome> end = turn.hear(json.event(event));
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
            }
            piece = reply.next(whole);
        }
        return turn.cutShort();
    }

    private Outcome refused(Question question, Reply reply, Deadline deadline)
            throws IOException, InterruptedException {
        FoundryError error = json.error(reply.body(LONGEST_ERROR, deadline));
        RunFailure failure = error.failure(reply.status(), question);
        LOG.log(
                System.Logger.Level.WARNING,
                "The agent service refused a turn: {0}, HTTP {1}, code {2}, request id {3}",
                failure,
                String.valueOf(reply.status()),
                error.loggableCode(),
                reply.header("x-request-id").map(FoundryError::loggable).orElse(""));
        return new Failed(failure);
    }

    private static Outcome unavailable(Exception cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The agent service broke off: {0}",
                cause.getClass().getSimpleName());
        return new Failed(RunFailure.AGENT_UNAVAILABLE);
    }
}
