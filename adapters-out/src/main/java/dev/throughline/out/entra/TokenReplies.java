package dev.throughline.out.entra;

import dev.throughline.access.ClientId;
import dev.throughline.delegation.ClaimsChallenge;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.Delegation.Failure;
import dev.throughline.out.entra.CircuitBreaker.Sign;
import dev.throughline.out.http.Reply;
import dev.throughline.out.http.RetryAfter;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what a token endpoint answers (RFC 6749 sections 5.1 and 5.2, with Entra's additions to errors). */
final class TokenReplies {
    private static final System.Logger LOG = System.getLogger(TokenReplies.class.getName());
    private static final Set<String> NOT_OF_THE_AUDIENCE =
            Set.of("openid", "profile", "email", "offline_access", ".default");
    private static final Pattern JSON = Pattern.compile("(?i)application/json\\s*(;.*)?");
    /** What a Bearer header can hold (RFC 6750 section 2.1); a client that is given anything else complains, aloud. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int TOO_MANY_REQUESTS = 429;

    private final ClientId ourClient;
    private final Clock clock;
    private final JsonReaderFactory json = Json.createReaderFactory(Map.of());

    TokenReplies(ClientId ourClient, Clock clock) {
        this.ourClient = ourClient;
        this.clock = clock;
    }

    TokenReply read(Reply reply, byte[] body, String audience) {
        int status = reply.status();
        Optional<Duration> retryAfter =
                reply.header("Retry-After").flatMap(header -> RetryAfter.read(header, clock.instant()));
        if (status == TOO_MANY_REQUESTS || status >= 500) {
            return overloaded(status, body, retryAfter);
        }
        if (reply.header("Content-Type")
                .filter(type -> JSON.matcher(type).matches())
                .isEmpty()) {
            return unintelligible(status);
        }
        try {
            JsonObject document = object(body);
            return status == 200
                    ? TokenReply.of(new Delegation.Issued(issued(document, audience)), Sign.WELL)
                    : refused(status, document, retryAfter);
        } catch (JsonException | IllegalStateException | IllegalArgumentException | ArithmeticException malformed) {
            return unintelligible(status);
        }
    }

    private JsonObject object(byte[] body) {
        try (JsonReader reader = json.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject();
        }
    }

    private DelegatedToken issued(JsonObject reply, String audience) {
        String token = reply.getString("access_token", "");
        long seconds = reply.get("expires_in") instanceof JsonNumber number ? number.longValue() : 0;
        if (!TOKEN.matcher(token).matches()
                || seconds < 1
                || !reply.getString("token_type", "").equalsIgnoreCase("Bearer")) {
            throw new IllegalArgumentException("Not a token");
        }
        // Counted from now, a moment after it was issued: the wrong way by a round trip, which the reuse margin covers.
        Instant expiresAt = clock.instant().plusSeconds(Math.min(seconds, 24 * 3600L));
        return new DelegatedToken(
                token, ourClient, audience, scopes(reply.getString("scope", ""), audience), expiresAt);
    }

    private static Set<String> scopes(String granted, String audience) {
        String prefix = audience + "/";
        return Arrays.stream(granted.split(" "))
                .map(scope -> scope.startsWith(prefix) ? scope.substring(prefix.length()) : scope)
                .filter(scope -> !scope.isBlank() && !NOT_OF_THE_AUDIENCE.contains(scope))
                .collect(Collectors.toSet());
    }

    private TokenReply refused(int status, JsonObject document, Optional<Duration> retryAfter) {
        EntraError error = EntraError.of(document);
        log(status, error);
        Delegation delegation = switch (error.meaning()) {
            case CONSENT_NEEDED -> new Delegation.Refused(Failure.CONSENT_NEEDED);
            case STEP_UP_NEEDED -> new Delegation.StepUpNeeded(claims(document));
            case ASSERTION_REJECTED -> new Delegation.Refused(Failure.ASSERTION_REJECTED);
            case NOT_ASSIGNED -> new Delegation.Refused(Failure.NOT_ASSIGNED);
            case MISCONFIGURED -> new Delegation.Refused(Failure.MISCONFIGURED);
            case UNAVAILABLE -> new Delegation.Unavailable(retryAfter);
        };
        return TokenReply.of(delegation, Sign.WELL);
    }

    /** Written anew from what was understood, so that nothing else gets through: a client would break over it. */
    private Optional<ClaimsChallenge> claims(JsonObject document) {
        try (JsonReader reader = json.createReader(new StringReader(document.getString("claims", "")))) {
            return Optional.of(new ClaimsChallenge(reader.readObject().toString()));
        } catch (JsonException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** One that limits a single caller is not unwell. */
    private TokenReply overloaded(int status, byte[] body, Optional<Duration> retryAfter) {
        log(status, errorIn(body));
        Optional<Duration> pause = status == TOO_MANY_REQUESTS
                ? retryAfter
                : retryAfter.or(() -> Optional.of(
                        Duration.ofMillis(ThreadLocalRandom.current().nextLong(100, 300))));
        return new TokenReply(
                new Delegation.Unavailable(retryAfter),
                status == TOO_MANY_REQUESTS ? Sign.WELL : Sign.UNWELL,
                pause.filter(wait -> wait.compareTo(LONGEST_PAUSE) <= 0));
    }

    /** For the log alone: what a gateway in trouble says may be anything. */
    private EntraError errorIn(byte[] body) {
        try {
            EntraError error = EntraError.of(object(body));
            return new EntraError(error.code(), error.correlationId(), EntraError.Meaning.UNAVAILABLE);
        } catch (JsonException | IllegalStateException | IllegalArgumentException | ArithmeticException none) {
            return EntraError.UNKNOWN;
        }
    }

    private static TokenReply unintelligible(int status) {
        log(status, EntraError.UNKNOWN);
        return TokenReply.none(Sign.UNWELL);
    }

    private static void log(int status, EntraError error) {
        LOG.log(
                error.meaning() == EntraError.Meaning.MISCONFIGURED
                        ? System.Logger.Level.ERROR
                        : System.Logger.Level.WARNING,
                "No delegated token: {0}, HTTP {1}, AADSTS {2}, correlation id {3}",
                error.meaning(),
                String.valueOf(status),
                String.valueOf(error.code()),
                error.correlationId());
    }
}
