package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A proof that is remembered holds no longer than it would hold if it were made anew (T266). */
class RememberedProofsTest {
    private final TestGate gate = TestGate.open();
    private final AtomicInteger verified = new AtomicInteger();
    private final RememberedProofs remembering = new RememberedProofs(this::verify, gate.clock);
    private final String token = gate.good().sign();

    private TokenProof verify(String text) throws RejectedTokenException {
        verified.incrementAndGet();
        return gate.verifier().prove(text);
    }

    @Test
    void a_token_that_comes_a_thousand_times_is_verified_once() throws Exception {
        TokenProof first = remembering.prove(token);

        for (int i = 0; i < 1_000; i++) {
            assertSame(first, remembering.prove(token));
        }

        assertEquals(1, verified.get());
        assertEquals(gate.verifier().prove(token).token(), first.token());
    }

    @Test
    void a_remembered_token_ends_to_the_second_as_any_other() throws Exception {
        remembering.prove(token);

        gate.clock.advance(Duration.ofSeconds(3600 + 29));
        remembering.prove(token);
        assertEquals(1, verified.get());
        gate.clock.advance(Duration.ofSeconds(1));

        assertEquals(TokenRejection.EXPIRED, rejection(token));
        assertEquals(0, remembering.size());
    }

    @Test
    void a_remembered_token_ends_with_its_key() throws Exception {
        remembering.prove(token);
        gate.source.publish(List.of(RsaKeys.SECOND.published()));
        gate.clock.advance(Duration.ofSeconds(51));

        assertEquals(TokenRejection.KEY_UNKNOWN, rejection(token));
    }

    @Test
    void a_remembered_token_is_good_for_a_day_at_most_without_the_issuer() throws Exception {
        String longest = gate.good()
                .with("iat", gate.clock.instant().getEpochSecond())
                .with("exp", gate.clock.instant().plusSeconds(24 * 3600).getEpochSecond())
                .sign();
        remembering.prove(longest);
        gate.source.goAway();
        gate.clock.advance(Duration.ofHours(24).plusSeconds(5));

        assertEquals(TokenRejection.KEYS_UNAVAILABLE, rejection(longest));
    }

    @Test
    void a_key_that_is_published_anew_is_the_same_key() throws Exception {
        TokenProof first = remembering.prove(token);
        gate.clock.advance(Duration.ofSeconds(51));

        assertSame(first, remembering.prove(token));

        assertEquals(2, gate.source.fetches());
    }

    @Test
    void no_other_spelling_of_a_remembered_token_is_let_in() throws Exception {
        remembering.prove(token);

        for (String other : List.of(token + "=", token + "\n", token.substring(0, token.length() - 1), " " + token)) {
            assertEquals(TokenRejection.NOT_COMPACT, rejection(other));
        }
    }

    @Test
    void what_was_refused_is_not_remembered() {
        String forged = gate.good().signedBy(RsaKeys.STRANGER).sign();

        for (int i = 0; i < 10; i++) {
            assertEquals(TokenRejection.SIGNATURE_INVALID, rejection(forged));
        }

        assertEquals(10, verified.get());
        assertEquals(0, remembering.size());
    }

    @Test
    void it_remembers_a_bounded_number_of_tokens() throws Exception {
        TokenProof proof = gate.verifier().prove(token);
        RememberedProofs many = new RememberedProofs(text -> proof, gate.clock);

        for (int i = 0; i < 30_000; i++) {
            many.prove("token-" + i);
        }

        assertTrue(many.size() <= 10_000, "remembered: " + many.size());
    }

    @Test
    void two_tokens_of_one_person_are_two() throws Exception {
        String other = gate.good().with("scp", "Orders.Read").sign();

        assertNotSame(remembering.prove(token), remembering.prove(other));
        assertEquals(2, remembering.prove(token).token().scopes().size());
        assertEquals(1, remembering.prove(other).token().scopes().size());
    }

    private TokenRejection rejection(String text) {
        return assertThrows(RejectedTokenException.class, () -> remembering.prove(text))
                .rejection();
    }
}
