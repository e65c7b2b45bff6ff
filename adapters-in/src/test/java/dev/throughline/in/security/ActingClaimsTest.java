package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.ClientId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a token says of agents; what cannot be read is refused, since it might have taken a right away. */
class ActingClaimsTest {
    private static final Map<String, @Nullable Object> ITSELF =
            Map.of("oid", "night", "sub", "night", "idtyp", "app", "azpacr", "1");

    @Test
    void a_token_that_speaks_of_no_agent_has_none() throws RejectedTokenException {
        assertEquals(new ActingClaims(false, Set.of(), Set.of(), List.of()), read("scp", "Orders.Read"));
    }

    @Test
    void facets_are_numbers_in_one_text() throws RejectedTokenException {
        assertEquals(Set.of("3", "11"), read("xms_act_fct", "11 3").actorFacets());
        assertTrue(read("xms_act_fct", "3 11").agentActs());
        assertFalse(read("xms_act_fct", "111").agentActs());
        assertTrue(read("xms_sub_fct", "13").aboutAnAgent());
        assertFalse(read("xms_sub_fct", "1 3").aboutAnAgent());
        assertFalse(read("xms_act_fct", "11").aboutAnAgent());
    }

    @Test
    void facets_of_another_type_are_refused() {
        for (String claim : List.of("xms_act_fct", "xms_sub_fct")) {
            unreadable(claim, 11);
            unreadable(claim, List.of("11"));
            unreadable(claim, "");
            unreadable(claim, null);
        }
    }

    @Test
    void a_chain_is_read_from_the_last_actor_to_the_first() throws RejectedTokenException {
        Map<String, ?> chain = Map.of("client_id", "second", "sub", "other", "act", Map.of("sub", "first"));

        assertEquals(
                List.of(new ClientId("second"), new ClientId("first")),
                read("act", chain).actors());
    }

    @Test
    void a_chain_that_cannot_be_read_to_its_end_is_refused() throws RejectedTokenException {
        Map<String, ?> deepest = Map.of("sub", "a");
        for (int i = 1; i < 8; i++) {
            deepest = Map.of("sub", "a", "act", deepest);
        }
        assertEquals(8, read("act", deepest).actors().size());

        unreadable("act", Map.of("sub", "a", "act", deepest));
        unreadable("act", "a");
        unreadable("act", null);
        unreadable("act", List.of(Map.of("sub", "a")));
        unreadable("act", Map.of());
        unreadable("act", Map.of("sub", ""));
        unreadable("act", Map.of("sub", " "));
        unreadable("act", Map.of("sub", 7));
        unreadable("act", Map.of("client_id", 7, "sub", "a"));
        unreadable("act", Map.of("sub", "a", "act", "b"));
    }

    @Test
    void an_applications_own_token_is_one_beyond_doubt() throws RejectedTokenException {
        assertTrue(with(ITSELF, "other", "x").itself());
        assertTrue(with(ITSELF, "scp", "/").itself());
        assertTrue(with(without("idtyp"), "other", "x").itself());
        assertTrue(with(without("azpacr"), "other", "x").itself());

        assertFalse(with(ITSELF, "sub", "somebody").itself());
        assertFalse(with(ITSELF, "scp", "Orders.Read").itself());
        assertFalse(with(ITSELF, "idtyp", "user").itself());
        assertFalse(with(ITSELF, "idtyp", null).itself());
        assertFalse(with(without("idtyp"), "azpacr", "0").itself());
        assertFalse(with(without("idtyp"), "azpacr", null).itself());
    }

    private static ActingClaims read(String claim, Object value) throws RejectedTokenException {
        return with(Map.of("oid", "vic", "sub", "pairwise"), claim, value);
    }

    private static ActingClaims with(Map<String, @Nullable Object> claims, String claim, @Nullable Object value)
            throws RejectedTokenException {
        Map<String, @Nullable Object> changed = new HashMap<>(claims);
        changed.put(claim, value);
        return ActingClaims.of(new Claims(changed));
    }

    private static Map<String, @Nullable Object> without(String gone) {
        Map<String, @Nullable Object> changed = new HashMap<>(ITSELF);
        changed.remove(gone);
        return changed;
    }

    private static void unreadable(String claim, @Nullable Object value) {
        RejectedTokenException thrown = assertThrows(
                RejectedTokenException.class, () -> with(Map.of("oid", "vic", "sub", "pairwise"), claim, value));
        assertEquals(TokenRejection.CLAIMS_INVALID, thrown.rejection());
    }
}
