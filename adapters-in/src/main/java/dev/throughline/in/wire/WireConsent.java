package dev.throughline.in.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.access.Scope;
import dev.throughline.conversation.RunListener.ConsentAsked;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A consent that a run waits for.
 *
 * @param id names the question; without a link, the entry of our ledger that it is about
 * @param agent who wants to act for the person
 * @param scopes what it wants to be allowed
 * @param consentLink where the person can allow it; absent where they tell us
 */
public record WireConsent(
        String id,
        String agent,
        List<String> scopes,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> consentLink) {

    /** A consent that is asked for. */
    public static WireConsent of(ConsentAsked asked) {
        return new WireConsent(
                asked.id(),
                asked.agent(),
                asked.scopes().stream().map(Scope::claim).sorted().toList(),
                asked.link().map(URI::toString));
    }
}
