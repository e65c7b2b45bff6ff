package dev.throughline.out.entra;

import dev.throughline.access.ClientId;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.Delegation.Failure;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what a token endpoint answers (RFC 6749 sections 5.1 and 5.2, with Entra's additions to errors). */
final class TokenReplies {
    private static final System.Logger LOG = System.getLogger(TokenReplies.class.getName());
    private static final Set<String> NOT_OF_THE_AUDIENCE =
            Set.of("openid", "profile", "email", "offline_access", ".default");

    private final ClientId ourClient;
    private final Clock clock;
    private final JsonReaderFactory json = Json.createReaderFactory(Map.of());

    TokenReplies(ClientId ourClient, Clock clock) {
        this.ourClient = ourClient;
        this.clock = clock;
    }

    Delegation read(int status, byte[] body, String audience) {
        if (status == 429 || status >= 500) {
            return notIssued(Failure.UNAVAILABLE, status, EntraError.UNKNOWN);
        }
        try (JsonReader reader = json.createReader(new ByteArrayInputStream(body))) {
            JsonObject reply = reader.readObject();
            if (status == 200) {
                return new Delegation.Issued(issued(reply, audience));
            }
            EntraError error = EntraError.of(reply);
            return notIssued(error.failure(), status, error);
        } catch (JsonException | IllegalStateException | IllegalArgumentException malformed) {
            return notIssued(Failure.UNAVAILABLE, status, EntraError.UNKNOWN);
        }
    }

    private DelegatedToken issued(JsonObject reply, String audience) {
        String token = reply.getString("access_token", "");
        long seconds = reply.get("expires_in") instanceof JsonNumber number ? number.longValue() : 0;
        if (token.isEmpty() || seconds < 1 || !reply.getString("token_type", "").equalsIgnoreCase("Bearer")) {
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

    private static Delegation notIssued(Failure failure, int status, EntraError error) {
        LOG.log(
                System.Logger.Level.WARNING,
                "No delegated token: {0}, HTTP {1}, AADSTS {2}, correlation id {3}",
                failure,
                String.valueOf(status),
                String.valueOf(error.code()),
                error.correlationId());
        return new Delegation.NotIssued(failure);
    }
}
