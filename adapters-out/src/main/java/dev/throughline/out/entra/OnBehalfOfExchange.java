package dev.throughline.out.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.Delegation.Failure;
import dev.throughline.delegation.UserAssertion;
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
import java.util.stream.Collectors;

/**
 * One on-behalf-of exchange, as the Microsoft identity platform defines it ("OAuth 2.0 On-Behalf-Of flow", a profile of
 * RFC 7523 section 2.1). Nothing is repeated but a connection that could not be made.
 */
final class OnBehalfOfExchange {
    private static final System.Logger LOG = System.getLogger(OnBehalfOfExchange.class.getName());
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_REPLY = 64 * 1024;

    private final EntraSettings settings;
    private final TokenReplies replies;
    private final Duration patience;
    private final Outbound outbound = new Outbound(CONNECT_TIMEOUT);

    OnBehalfOfExchange(EntraSettings settings, Clock clock, Duration patience) {
        this.settings = settings;
        this.replies = new TokenReplies(settings.clientId(), clock);
        this.patience = patience;
    }

    Delegation perform(UserAssertion assertion, String audience) {
        HttpRequest request = HttpRequest.newBuilder(settings.tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form(assertion, audience)))
                .build();
        try {
            return exchange(request, audience);
        } catch (IOException e) {
            return unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable(e);
        }
    }

    private Delegation exchange(HttpRequest request, String audience) throws IOException, InterruptedException {
        try {
            return attempt(request, audience);
        } catch (ConnectException | HttpConnectTimeoutException notSent) {
            return attempt(request, audience);
        }
    }

    private Delegation attempt(HttpRequest request, String audience) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(patience);
        try (Reply reply = outbound.send(request, deadline)) {
            return replies.read(reply.status(), reply.body(LONGEST_REPLY, deadline), audience);
        }
    }

    private String form(UserAssertion assertion, String audience) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("client_id", settings.clientId().value());
        form.put("client_secret", settings.clientSecret());
        form.put("assertion", assertion.token());
        form.put("scope", audience + "/.default");
        form.put("requested_token_use", "on_behalf_of");
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Delegation unavailable(Exception cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The token endpoint did not answer: {0}",
                cause.getClass().getSimpleName());
        return new Delegation.NotIssued(Failure.UNAVAILABLE);
    }
}
