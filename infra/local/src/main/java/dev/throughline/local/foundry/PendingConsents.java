package dev.throughline.local.foundry;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.throughline.local.responses.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The consents that were asked for and not yet given. A link may be opened again until its consent has come back or ten
 * minutes are over; each opening begins a new authorization request and ends the one before it.
 */
final class PendingConsents {

    static final Duration LIFETIME = Duration.ofMinutes(10);

    /** Over all users; the oldest makes room. */
    static final int CAPACITY = 1_000;

    /** Of one user, so that nobody's questions push out another person's. */
    static final int CAPACITY_PER_USER = 20;

    /**
     * A consent that a run has asked for.
     *
     * @param user whose run it was
     * @param connection what the consent is for
     * @param askedAt when
     */
    record Asked(ProjectUser user, OAuthConnection connection, Instant askedAt) {}

    /**
     * An authorization request on its way.
     *
     * @param link the link that began it
     * @param asked what it is for
     * @param verifier the secret of its PKCE challenge
     * @param nonce what the id token must repeat
     */
    record Started(String link, Asked asked, CodeVerifier verifier, Nonce nonce) {}

    private final Clock clock;
    private final Map<String, Asked> askedByLink = new HashMap<>();
    private final Map<String, Started> startedByState = new HashMap<>();

    PendingConsents(Clock clock) {
        this.clock = clock;
    }

    /** Notes the question and answers with the secret part of its link. */
    synchronized String ask(ProjectUser user, OAuthConnection connection) {
        dropExpired();
        if (askedByLink.values().stream()
                        .filter(asked -> asked.user().equals(user))
                        .count()
                >= CAPACITY_PER_USER) {
            dropOldest(asked -> asked.user().equals(user));
        }
        if (askedByLink.size() >= CAPACITY) {
            dropOldest(asked -> true);
        }
        String link = Ids.secret();
        askedByLink.put(link, new Asked(user, connection, clock.instant()));
        return link;
    }

    /** Begins an authorization request, known by a new state value; empty where the link is not good (any more). */
    synchronized Optional<Map.Entry<String, Started>> start(String link) {
        dropExpired();
        Asked asked = askedByLink.get(link);
        if (asked == null) {
            return Optional.empty();
        }
        startedByState.values().removeIf(started -> started.link().equals(link));
        String state = Ids.secret();
        Started started = new Started(link, asked, new CodeVerifier(), new Nonce());
        startedByState.put(state, started);
        return Optional.of(Map.entry(state, started));
    }

    /** Ends the authorization request of this state and its link with it; empty where there is none. */
    synchronized Optional<Started> finish(String state) {
        dropExpired();
        Optional<Started> started = Optional.ofNullable(startedByState.remove(state));
        started.ifPresent(it -> askedByLink.remove(it.link()));
        return started;
    }

    private void dropExpired() {
        Instant oldest = clock.instant().minus(LIFETIME);
        askedByLink.values().removeIf(asked -> asked.askedAt().isBefore(oldest));
        dropOrphans();
    }

    private void dropOldest(Predicate<Asked> which) {
        askedByLink.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .min(Comparator.comparing(entry -> entry.getValue().askedAt()))
                .map(Map.Entry::getKey)
                .ifPresent(askedByLink::remove);
        dropOrphans();
    }

    private void dropOrphans() {
        startedByState.values().removeIf(started -> !askedByLink.containsKey(started.link()));
    }
}
