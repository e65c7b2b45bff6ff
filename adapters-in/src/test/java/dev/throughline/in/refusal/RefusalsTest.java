package dev.throughline.in.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Scope;
import dev.throughline.in.http.ProblemException;
import dev.throughline.in.security.Challenges;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {
    private final Challenges challenges = new Challenges(URI.create("http://localhost/meta"), "api://x");
    private final Refusals refusals = new Refusals(challenges);

    @Test
    void a_missing_scope_is_challenged_for() {
        ProblemException refused = refusals.exception(new NeedsScope(Set.of(Scope.ORDERS_WRITE)));

        assertEquals(403, refused.problem().status());
        assertEquals("insufficient_scope", refused.problem().reason());
        assertEquals(
                Map.of("WWW-Authenticate", challenges.insufficientScope(Set.of(Scope.ORDERS_WRITE))),
                refused.headers());
    }

    @ParameterizedTest
    @EnumSource
    void any_other_refusal_sends_nobody_through_another_sign_in(DenyReason reason) {
        ProblemException refused = refusals.exception(new Deny(reason));

        assertEquals(403, refused.problem().status());
        assertEquals(reason.code(), refused.problem().reason());
        assertEquals(reason.sentence(), refused.problem().detail());
        assertEquals(Map.of(), refused.headers());
    }
}
