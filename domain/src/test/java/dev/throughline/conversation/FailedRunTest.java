package dev.throughline.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.delegation.ClaimsChallenge;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailedRunTest {
    private static final Optional<ClaimsChallenge> CLAIMS = Optional.of(new ClaimsChallenge("{\"access_token\":{}}"));
    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(7));

    @Test
    void only_a_stronger_sign_in_has_claims() {
        assertEquals(CLAIMS, FailedRun.stepUpNeeded(CLAIMS).claims());
        assertThrows(
                IllegalArgumentException.class,
                () -> new FailedRun(RunFailure.SIGN_IN_AGAIN, CLAIMS, Optional.empty()));
    }

    @Test
    void only_what_does_not_answer_is_worth_waiting_for() {
        assertEquals(SOON, FailedRun.unavailable(SOON).retryAfter());
        assertThrows(
                IllegalArgumentException.class,
                () -> new FailedRun(RunFailure.AGENT_MISCONFIGURED, Optional.empty(), SOON));
    }

    @Test
    void its_text_form_does_not_show_the_claims() {
        String text = FailedRun.stepUpNeeded(CLAIMS).toString();
        assertFalse(text.contains("access_token"), text);
    }
}
