package dev.throughline.local.model;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects a body, and gives up where it becomes too long. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final int longest;
    private final BodySubscriber<byte[]> collected = HttpResponse.BodySubscribers.ofByteArray();
    private Flow.Subscription subscription;
    private long length;

    BoundedBody(int longest) {
        this.longest = longest;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return collected.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        collected.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        length += piece.stream().mapToLong(ByteBuffer::remaining).sum();
        if (length > longest) {
            subscription.cancel();
            collected.onError(new TooLong());
        } else {
            collected.onNext(piece);
        }
    }

    @Override
    public void onError(Throwable failure) {
        collected.onError(failure);
    }

    @Override
    public void onComplete() {
        collected.onComplete();
    }

    /** There was more than may be. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("The body is too long");
        }
    }
}
