package dev.throughline.delegation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.ClientId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsChallengeTest {
    private static final String CLAIMS = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

    @Test
    void a_client_gets_it_in_base64_as_it_came() {
        assertEquals(
                "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19",
                new ClaimsChallenge(CLAIMS).base64());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", "[]", "{\"access_token\":", "\"{}\""})
    void what_is_no_object_is_none(String json) {
        assertThrows(IllegalArgumentException.class, () -> new ClaimsChallenge(json));
    }

    @Test
    void one_that_would_not_fit_into_a_header_is_none() {
        String longest = "{" + " ".repeat(4094) + "}";
        assertEquals(4096, new ClaimsChallenge(longest).json().length());
        assertThrows(IllegalArgumentException.class, () -> new ClaimsChallenge(longest.replace("{", "{ ")));
    }

    @Test
    void no_text_form_of_a_delegation_shows_what_is_in_it() {
        ClaimsChallenge challenge = new ClaimsChallenge(CLAIMS);
        String texts = challenge
                + " " + new Delegation.StepUpNeeded(Optional.of(challenge))
                + " " + new UserAssertion("marker-of-the-assertion", Instant.MAX)
                + " "
                + new Delegation.Issued(new DelegatedToken(
                        "marker-of-the-token", new ClientId("api"), "https://ai.azure.com", Set.of(), Instant.MAX));

        assertFalse(texts.contains("acrs"), texts);
        assertFalse(texts.contains(challenge.base64()), texts);
        assertFalse(texts.contains("marker"), texts);
    }
}
