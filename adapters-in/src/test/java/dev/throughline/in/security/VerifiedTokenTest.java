package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is believed of a token that was let in: what it does not say in the one right way, it does not say. */
class VerifiedTokenTest {
    private final TestGate gate = TestGate.toAll();

    @Test
    void it_says_who_with_which_client_may_do_what_until_when() {
        VerifiedToken vic = verified(gate.good());

        assertEquals(TestGate.TENANT.value(), vic.tenant());
        assertEquals(UUID.fromString(TestGate.VIC), vic.subject());
        assertEquals(new ClientId(TestGate.WEB_CHAT), vic.client());
        assertEquals(TestGate.API, vic.audience());
        assertEquals(Set.of("Orders.Read", "Orders.Write"), vic.scopes());
        assertEquals(Set.of("Viewer"), vic.roles());
        assertFalse(vic.appOnly());
        assertEquals(gate.clock.instant().plusSeconds(3600), vic.expiresAt());
        assertFalse(vic.passedThrough());
    }

    @Test
    void T147_to_T149_an_application_is_known_by_any_of_its_signs() {
        assertFalse(verified(gate.good()).appOnly());

        assertTrue(verified(gate.good().with("idtyp", "app")).appOnly());
        assertTrue(verified(gate.good().without("scp")).appOnly());
        assertTrue(verified(gate.good().with("sub", TestGate.VIC)).appOnly());
        assertTrue(verified(gate.goodV1().without("scp")).appOnly());
        assertTrue(verified(gate.goodOther().without("scope")).appOnly());
        assertTrue(verified(gate.goodOther().with("sub", TestGate.WEB_CHAT)).appOnly());
        assertFalse(verified(gate.goodOther()).appOnly());
    }

    @Test
    void T192_to_T198_roles_of_another_type_are_none() {
        List<String> tenThousand =
                IntStream.range(0, 10_000).mapToObj(String::valueOf).toList();
        for (Object roles : Arrays.asList(
                "Admin",
                List.of(List.of("Admin")),
                null,
                1,
                Map.of("r", "Admin"),
                Arrays.asList("Admin", 1),
                List.of(),
                tenThousand.subList(0, 101))) {
            assertEquals(Set.of(), verified(gate.good().with("roles", roles)).roles());
        }
        assertEquals(
                Set.of(),
                verified(gate.good()
                                .without("roles")
                                .with("_claim_names", Map.of("roles", "src1"))
                                .with("_claim_sources", Map.of("src1", Map.of("endpoint", "https://evil.example"))))
                        .roles());
        assertEquals(
                100,
                verified(gate.good().with("roles", tenThousand.subList(0, 100)))
                        .roles()
                        .size());
    }

    @Test
    void T199_to_T203_scopes_under_another_name_or_of_another_type_are_none() {
        for (Object scopes : Arrays.asList("", " ", null, List.of("Orders.Read"), 1)) {
            VerifiedToken token = verified(gate.good().with("scp", scopes));
            assertEquals(Set.of(), token.scopes());
            assertFalse(token.appOnly());
        }
        assertEquals(
                Set.of("Orders.Read"),
                verified(gate.good().with("scp", " Orders.Read  Orders.Read ")).scopes());
        assertEquals(
                Set.of(),
                verified(gate.good().with("scp", "").with("scope", "Orders.Write"))
                        .scopes());
        assertEquals(
                Set.of(),
                verified(gate.goodOther().with("scope", "").with("scp", "Orders.Write"))
                        .scopes());
    }

    @Test
    void T123_a_token_that_is_passed_through_brings_no_scopes_and_no_roles() {
        VerifiedToken through = verified(gate.goodV1().with("aud", TestGate.FOUNDRY));

        assertTrue(through.passedThrough());
        assertEquals(Set.of(), through.scopes());
        assertEquals(Set.of(), through.roles());
        assertEquals(UUID.fromString(TestGate.VIC), through.subject());
        assertEquals(2, verified(gate.goodV1()).scopes().size());
    }

    @Test
    void T215_actors_are_told_nearest_first() {
        Draft token = gate.goodOther().with("act", Map.of("client_id", "near", "act", Map.of("sub", "far")));

        assertEquals(
                List.of(new ClientId("near"), new ClientId("far")),
                verified(token).acting().actors());
        assertEquals(List.of(), verified(gate.goodOther()).acting().actors());
    }

    @Test
    void T155_facets_are_told_in_any_order() {
        VerifiedToken token = verified(gate.good().with("xms_act_fct", "3 11").with("xms_sub_fct", "11"));

        assertEquals(Set.of("3", "11"), token.acting().actorFacets());
        assertEquals(Set.of("11"), token.acting().subjectFacets());
    }

    @Test
    void another_providers_subject_becomes_an_id_that_nobody_can_choose() {
        UUID vic = verified(gate.goodOther()).subject();

        assertEquals(vic, verified(gate.goodOther().with("name", "Victor")).subject());
        assertNotEquals(vic, verified(gate.goodOther().with("sub", "other")).subject());
        assertNotEquals(
                vic, verified(gate.goodOther().with("sub", vic.toString())).subject());
        assertEquals(8, vic.version());
        assertEquals(2, vic.variant());
    }

    @Test
    void the_principal_tells_the_claims_and_never_the_token() {
        VerifiedPrincipal principal = new VerifiedPrincipal(proof(gate.good()));

        assertEquals(TestGate.VIC, principal.getName());
        assertEquals(TestGate.VIC, principal.toString());
        assertEquals(TestGate.V2, principal.getIssuer());
        assertEquals(Set.of(TestGate.API), principal.getAudience());
        assertEquals(Set.of("Viewer"), principal.getGroups());
        assertEquals(gate.clock.instant().plusSeconds(3600).getEpochSecond(), principal.getExpirationTime());
        assertEquals("AAAAAAAAAAAAAAAAAAAAAA", principal.getTokenID());
        assertNull(principal.getRawToken());
        assertNull(principal.getClaim("raw_token"));
    }

    private VerifiedToken verified(Draft token) {
        return proof(token).token();
    }

    private TokenProof proof(Draft token) {
        try {
            return gate.verifier().prove(token.sign());
        } catch (RejectedTokenException e) {
            throw new AssertionError(e.rejection().name(), e);
        }
    }
}
