package dev.throughline.out.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands a body from the client's thread to the one that reads it, which the JDK's input stream cannot do within a
 * deadline. It asks for the next piece only when the last one has been taken, so it never holds more than one.
 */
final class BodyQueue implements BodySubscriber<BodyQueue> {
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    /** A piece of the body, or, without one, its end. */
    private record Signal(
            Optional<List<ByteBuffer>> piece, @Nullable Throwable failure) {}

    /**
     * The next piece; empty at the end of the body.
     *
     * @throws HttpTimeoutException if there is none in time
     * @throws IOException if the body broke off
     */
    Optional<List<ByteBuffer>> next(Deadline deadline) throws IOException, InterruptedException {
        Signal signal = signals.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        if (signal == null) {
            throw new HttpTimeoutException("No more of the reply in time");
        }
        if (signal.failure() != null) {
            throw new IOException("The reply broke off", signal.failure());
        }
        if (signal.piece().isPresent()) {
            subscription.thenAccept(upstream -> upstream.request(1));
        } else {
            signals.add(signal);
        }
        return signal.piece();
    }

    void cancel() {
        subscription.thenAccept(Subscription::cancel);
    }

    @Override
    public CompletionStage<BodyQueue> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        subscription.complete(upstream);
        upstream.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        signals.add(new Signal(Optional.of(piece), null));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal(Optional.empty(), failure));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal(Optional.empty(), null));
    }
}
