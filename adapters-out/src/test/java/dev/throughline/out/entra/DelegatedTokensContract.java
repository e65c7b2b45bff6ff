package dev.throughline.out.entra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.User;
import dev.throughline.delegation.ClaimsChallenge;
import dev.throughline.delegation.DelegatedToken;
import dev.throughline.delegation.DelegatedTokens;
import dev.throughline.delegation.Delegation;
import dev.throughline.delegation.Delegation.Failure;
import dev.throughline.delegation.UserAssertion;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation of {@link DelegatedTokens} promises. */
abstract class DelegatedTokensContract {
    static final String FOUNDRY = "https://ai.azure.com";

    abstract DelegatedTokens tokens();

    abstract User vic();

    abstract User ada();

    /** A token that this person presented to us, another one each time. */
    abstract UserAssertion assertionOf(User user);

    /** The next exchange fails in this way. */
    abstract void failNext(Delegation.NotIssued failure);

    @Test
    void a_token_is_made_for_the_audience_and_obtained_by_our_own_client() {
        DelegatedToken token = issued(vic(), assertionOf(vic()));
        assertEquals(FOUNDRY, token.audience());
        assertEquals("c0ffee00-0000-4000-8000-0000000000a1", token.client().value());
        assertEquals(Set.of("user_impersonation"), token.scopes());
        assertTrue(token.expiresAt().isAfter(Instant.now().plusSeconds(60)));
    }

    @Test
    void the_same_assertion_gets_the_same_token_again() {
        UserAssertion assertion = assertionOf(vic());
        assertEquals(issued(vic(), assertion), issued(vic(), assertion));
    }

    @Test
    void another_persons_token_is_never_handed_out() {
        assertNotEquals(
                issued(vic(), assertionOf(vic())).token(),
                issued(ada(), assertionOf(ada())).token());
    }

    static Stream<Delegation.NotIssued> failures() {
        return Stream.concat(
                Arrays.stream(Failure.values()).map(Delegation.Refused::new),
                Stream.of(
                        new Delegation.StepUpNeeded(Optional.of(new ClaimsChallenge(TokenWire.CLAIMS))),
                        new Delegation.Unavailable(Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_is_told_and_not_remembered(Delegation.NotIssued failure) {
        UserAssertion assertion = assertionOf(vic());
        failNext(failure);
        assertEquals(failure, tokens().onBehalfOf(vic(), assertion, FOUNDRY));
        assertInstanceOf(Delegation.Issued.class, tokens().onBehalfOf(vic(), assertion, FOUNDRY));
    }

    DelegatedToken issued(User user, UserAssertion assertion) {
        Delegation delegation = tokens().onBehalfOf(user, assertion, FOUNDRY);
        return assertInstanceOf(Delegation.Issued.class, delegation).token();
    }
}
