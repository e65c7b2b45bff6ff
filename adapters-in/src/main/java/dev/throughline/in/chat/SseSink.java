package dev.throughline.in.chat;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The container's sink. Events come from a run and comments from a timer, so they take turns. */
final class SseSink implements EventSink {
    private static final System.Logger LOG = System.getLogger(SseSink.class.getName());
    private static final int SEND_SECONDS = 30;

    private final Sse sse;
    private final SseEventSink sink;

    SseSink(Sse sse, SseEventSink sink) {
        this.sse = sse;
        this.sink = sink;
    }

    @Override
    public void event(String name, String data) {
        send(sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, data)
                .build());
    }

    @Override
    public void comment(String text) {
        send(sse.newEventBuilder().comment(text).build());
    }

    @Override
    public void close() {
        try {
            sink.close();
        } catch (IOException clientGone) {
            LOG.log(System.Logger.Level.DEBUG, "The stream was closed already");
        }
    }

    private synchronized void send(OutboundSseEvent event) {
        if (sink.isClosed()) {
            throw new ClientGoneException();
        }
        try {
            sink.send(event).toCompletableFuture().get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            throw new ClientGoneException();
        }
    }
}
