package dev.throughline.delegation;

import dev.throughline.access.User;

/**
 * Port: exchanges a person's token for one that is made for another audience, on their behalf. It never falls back to
 * an identity of our own.
 */
public interface DelegatedTokens {

    /**
     * A token of {@code user} for {@code audience}.
     *
     * @param user whose token {@code assertion} is
     * @param assertion the token that the person presented to us
     * @param audience the API to be called next, such as {@code https://ai.azure.com}
     */
    Delegation onBehalfOf(User user, UserAssertion assertion, String audience);
}
