package dev.throughline.in.chat;

import dev.throughline.Unavailable;
import dev.throughline.access.Decision.Refusal;
import dev.throughline.conversation.Run;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.in.http.Problem;
import java.time.Clock;
import java.util.function.Function;

/** A run that is told while it happens, on a thread of its own. */
final class StreamedRun implements Runnable {
    private static final System.Logger LOG = System.getLogger(StreamedRun.class.getName());

    private final Run run;
    private final UserAssertion assertion;
    private final EventSink sink;
    private final String correlationId;
    private final Function<Refusal, String> words;
    private final Clock clock;

    StreamedRun(
            Run run,
            UserAssertion assertion,
            EventSink sink,
            String correlationId,
            Function<Refusal, String> words,
            Clock clock) {
        this.run = run;
        this.assertion = assertion;
        this.sink = sink;
        this.correlationId = correlationId;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public void run() {
        EventStream stream = new EventStream(sink, correlationId, words, clock);
        try {
            run.execute(assertion, correlationId, stream);
        } catch (ClientGoneException e) {
            LOG.log(System.Logger.Level.DEBUG, "The client of request {0} has gone", correlationId);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The run of request " + correlationId + " broke", e);
            tell(stream, e instanceof Unavailable ? Problem.unavailable() : Problem.internal());
        }
    }

    private static void tell(EventStream stream, Problem problem) {
        try {
            stream.broken(problem);
        } catch (ClientGoneException e) {
            LOG.log(System.Logger.Level.DEBUG, "Nobody was left to be told");
        }
    }
}
