package dev.throughline.trail;

import dev.throughline.access.ApprovalId;
import dev.throughline.access.ConsentId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One step of an answer, from one party to the next. It holds only what its evidence supports; what nobody checked,
 * obtained or reported is empty.
 *
 * @param from who called
 * @param to who was called
 * @param user the person's object id
 * @param agent the agent that acted
 * @param client the OAuth client of the token
 * @param audience whom the token was made for
 * @param scopes what the token allowed
 * @param obtained how the token came to be used here
 * @param evidence how all this is known
 * @param decision the name of a {@link dev.throughline.access.Decision}; empty where we did not decide
 * @param rule the rule that decided
 * @param approval the person's approval that was used
 * @param consent the person's consent that it rests on
 */
public record Hop(
        String from,
        String to,
        Optional<String> user,
        Optional<String> agent,
        Optional<String> client,
        Optional<String> audience,
        Set<String> scopes,
        Optional<String> obtained,
        Evidence evidence,
        Optional<String> decision,
        Optional<String> rule,
        Optional<ApprovalId> approval,
        Optional<ConsentId> consent) {

    /** How a hop is known. */
    public enum Evidence {
        /** We checked a token or a row. */
        VERIFIED,
        /** It is a token that we obtained. */
        ISSUED,
        /** Foundry said so. */
        REPORTED;

        /** The evidence's name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Hop {
        scopes = Set.copyOf(scopes);
    }
}
