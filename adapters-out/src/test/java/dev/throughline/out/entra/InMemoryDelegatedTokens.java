package dev.throughline.out.entra;

import dev.throughline.access.ClientId;
import dev.throughline.access.User;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** Issues made-up tokens at once, or fails as told. */
final class InMemoryDelegatedTokens implements DelegatedTokens {
    private final Map<TokenKey, Delegation> issued = new HashMap<>();
    private final Queue<Delegation.NotIssued> failures = new ArrayDeque<>();

    synchronized void failNext(Delegation.NotIssued failure) {
        failures.add(failure);
    }

    @Override
    public synchronized Delegation onBehalfOf(User user, UserAssertion assertion, String audience) {
        Delegation failure = failures.poll();
        return failure != null ? failure : issued.computeIfAbsent(TokenKey.of(user, assertion, audience), this::issue);
    }

    private Delegation issue(TokenKey key) {
        return new Delegation.Issued(new DelegatedToken(
                "token-" + issued.size() + "-of-" + key.user(),
                new ClientId("c0ffee00-0000-4000-8000-0000000000a1"),
                key.audience(),
                Set.of("user_impersonation"),
                Instant.now().plus(Duration.ofHours(1))));
    }
}
