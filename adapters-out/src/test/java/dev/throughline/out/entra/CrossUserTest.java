package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.UserAssertion;
import dev.throughline.out.People;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many people at once, from many threads in no order, while what is kept for them ends now and then. */
class CrossUserTest {
    private static final int THREADS = 64;
    private static final int USERS = 1_000;
    private static final int OPERATIONS_OF_A_THREAD = 3_125;
    private static final int OPERATIONS_BETWEEN_MINUTES = 12_000;
    private static final List<String> AUDIENCES = List.of("https://ai.azure.com", "https://graph.microsoft.com");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong right = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final TenantId tenant = People.someTenant();
    private final List<User> users = IntStream.range(0, USERS)
            .mapToObj(i -> People.someone(tenant, Role.VIEWER))
            .toList();

    @Test
    void nobody_ever_gets_the_token_of_another_person_another_sign_in_or_another_audience() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (BoundTokens endpoint = new BoundTokens()) {
            EntraDelegatedTokens tokens = tokensFrom(endpoint);
            List<Future<?>> askers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                askers.add(threads.submit(() -> ask(tokens, random)));
            }
            for (Future<?> asker : askers) {
                asker.get();
            }
            assertEquals(0, wrong.get());
            assertEquals(THREADS * OPERATIONS_OF_A_THREAD, right.get());
            // Every person has signed in twice and wants two tokens; some of them have ended since.
            assertTrue(endpoint.issued() > 2L * USERS * AUDIENCES.size(), "issued " + endpoint.issued());
        } finally {
            threads.shutdownNow();
        }
    }

    private EntraDelegatedTokens tokensFrom(BoundTokens endpoint) {
        EntraSettings settings = new EntraSettings(
                endpoint.address(), new ClientId("the-api"), new ClientCredential.Secret("the-secret"));
        Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        return new EntraDelegatedTokens(
                settings, ClientAuthentication.of(settings, clock), clock, nanos::get, Duration.ofSeconds(30));
    }

    private void ask(EntraDelegatedTokens tokens, SplittableRandom random) {
        for (int i = 0; i < OPERATIONS_OF_A_THREAD; i++) {
            User user = users.get(random.nextInt(USERS));
            String assertion = user.id() + "." + random.nextInt(2);
            String audience = AUDIENCES.get(random.nextInt(AUDIENCES.size()));
            Delegation delegation = tokens.onBehalfOf(user, new UserAssertion(assertion, Instant.MAX), audience);
            boolean own = delegation instanceof Delegation.Issued issued
                    && issued.token().token().equals(BoundTokens.tokenFor(assertion, audience))
                    && issued.token().audience().equals(audience);
            (own ? right : wrong).incrementAndGet();
            if (random.nextInt(OPERATIONS_BETWEEN_MINUTES) == 0) {
                nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            }
        }
    }
}
