package dev.throughline.out.entra;

import dev.throughline.out.http.Deadline;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Proves the client by a token of a managed identity that it trusts. One token is fetched for all who need it, when the
 * first of them does, and another in good time before it ends.
 */
final class ManagedIdentityAssertion implements ClientAuthentication {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final IdentityTokens tokens;
    private final Clock clock;
    private @Nullable CompletableFuture<IdentityToken> latest;

    ManagedIdentityAssertion(IdentityTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Map<String, String> fields(Deadline deadline)
            throws IOException, InterruptedException, UnusableCredentialException {
        CompletableFuture<IdentityToken> token = current();
        try {
            return ClientAuthentication.assertion(
                    token.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS).value());
        } catch (TimeoutException e) {
            forget(token);
            throw new IOException("The managed identity was not there in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnusableCredentialException unusable) {
                throw unusable;
            }
            throw new IOException("The managed identity is not there", e.getCause());
        }
    }

    private synchronized CompletableFuture<IdentityToken> current() {
        if (latest == null || latest.isDone() && !good(latest)) {
            latest = tokens.next();
        }
        return latest;
    }

    private boolean good(CompletableFuture<IdentityToken> done) {
        return !done.isCompletedExceptionally()
                && clock.instant().plus(MARGIN).isBefore(done.join().expiresAt());
    }

    private synchronized void forget(CompletableFuture<IdentityToken> late) {
        if (latest == late) {
            latest = null;
        }
    }
}
