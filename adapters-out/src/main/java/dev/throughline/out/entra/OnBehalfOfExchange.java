package dev.throughline.out.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.out.entra.CircuitBreaker.Sign;
import dev.throughline.out.http.Deadline;
import dev.throughline.out.http.Outbound;
import dev.throughline.out.http.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One on-behalf-of exchange, as the Microsoft identity platform defines it ("OAuth 2.0 On-Behalf-Of flow", a profile of
 * RFC 7523 section 2.1). It is repeated once at most: where no connection could be made, or where the endpoint is
 * unwell or busy for a moment. An exchange changes nothing, so that does no harm.
 */
final class OnBehalfOfExchange {
    private static final System.Logger LOG = System.getLogger(OnBehalfOfExchange.class.getName());
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_REPLY = 64 * 1024;

    private final EntraSettings settings;
    private final ClientAuthentication client;
    private final TokenReplies replies;
    private final CircuitBreaker breaker;
    private final Duration patience;
    private final Outbound outbound = new Outbound(CONNECT_TIMEOUT);

    /** @param patience how long all of it may take */
    OnBehalfOfExchange(
            EntraSettings settings,
            ClientAuthentication client,
            CircuitBreaker breaker,
            Clock clock,
            Duration patience) {
        this.settings = settings;
        this.client = client;
        this.replies = new TokenReplies(settings.clientId(), clock);
        this.breaker = breaker;
        this.patience = patience;
    }

    Delegation perform(UserAssertion assertion, String audience) {
        Optional<Duration> barred = breaker.barred();
        if (barred.isPresent()) {
            return new Delegation.Unavailable(barred);
        }
        TokenReply reply = TokenReply.none(Sign.UNWELL);
        try {
            reply = exchanged(assertion, audience);
        } finally {
            breaker.report(reply.sign(), reply.retryAfter());
        }
        return reply.delegation();
    }

    private TokenReply exchanged(UserAssertion assertion, String audience) {
        try {
            return exchange(assertion, audience);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The token endpoint did not answer: {0}",
                    e.getClass().getSimpleName());
            return TokenReply.none(Sign.UNWELL);
        } catch (UnusableCredentialException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "No delegated token, for want of our own credential, which {0}",
                    e.getMessage());
            return TokenReply.of(new Delegation.Refused(Delegation.Failure.MISCONFIGURED), Sign.NONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TokenReply.none(Sign.NONE);
        }
    }

    private TokenReply exchange(UserAssertion assertion, String audience)
            throws IOException, InterruptedException, UnusableCredentialException {
        Deadline deadline = Deadline.in(patience);
        try {
            TokenReply reply = attempt(assertion, audience, deadline);
            Optional<Duration> pause = reply.pause().filter(wait -> wait.toNanos() < deadline.remainingNanos());
            if (pause.isEmpty()) {
                return reply;
            }
            TimeUnit.NANOSECONDS.sleep(pause.get().toNanos());
        } catch (ConnectException | HttpConnectTimeoutException notSent) {
            LOG.log(System.Logger.Level.DEBUG, "No connection to the token endpoint");
        }
        return attempt(assertion, audience, deadline);
    }

    private TokenReply attempt(UserAssertion assertion, String audience, Deadline deadline)
            throws IOException, InterruptedException, UnusableCredentialException {
        HttpRequest request = HttpRequest.newBuilder(settings.tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form(assertion, audience, client.fields(deadline))))
                .build();
        try (Reply reply = outbound.send(request, deadline)) {
            return replies.read(reply, reply.body(LONGEST_REPLY, deadline), audience);
        }
    }

    private String form(UserAssertion assertion, String audience, Map<String, String> credential) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("client_id", settings.clientId().value());
        form.putAll(credential);
        form.put("assertion", assertion.token());
        form.put("scope", audience + "/.default");
        form.put("requested_token_use", "on_behalf_of");
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
