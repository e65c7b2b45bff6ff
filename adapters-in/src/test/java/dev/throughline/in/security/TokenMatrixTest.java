package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the token matrix, between two looks at a good token that the same gate lets in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenMatrixTest {
    private final TestGate entra = TestGate.open();
    private final TestGate all = TestGate.toAll();
    private final List<TokenCase> cases = TokenMatrix.cases(entra, all);

    List<TokenCase> cases() {
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void each_token_is_let_in_or_refused_for_its_own_reason(TokenCase row) {
        assertLetIn(row.gate());

        assertEquals(row.expected(), row.outcome(GateRules.ALL));

        assertLetIn(row.gate());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_gate_that_remembers_says_the_same_twice(TokenCase row) {
        TokenProofs remembering = row.gate().remembering();

        assertEquals(row.expected(), outcome(row, remembering));
        assertEquals(row.expected(), outcome(row, remembering));
    }

    @Test
    void the_rows_are_many_and_of_all_reasons_that_a_token_can_give() {
        assertTrue(cases.size() >= 250, "rows: " + cases.size());
        for (TokenRejection rejection : TokenRejection.values()) {
            boolean ofTheToken = switch (rejection.answer()) {
                case CHALLENGE, INVALID_TOKEN, BAD_REQUEST -> true;
                case FORBIDDEN, UNAVAILABLE -> false;
            };
            assertEquals(
                    ofTheToken, cases.stream().anyMatch(row -> row.rejection() == rejection), rejection.toString());
        }
    }

    @BeforeEach
    void no_key_is_ever_fetched_for_a_token_that_names_its_own() {
        assertTrue(entra.source.fetches() <= 2, "fetches: " + entra.source.fetches());
    }

    private static String outcome(TokenCase row, TokenProofs proofs) {
        try {
            proofs.prove(row.request().token(GateRules.ALL));
            return "let in";
        } catch (RejectedTokenException e) {
            return e.rejection().name();
        }
    }

    private static void assertLetIn(TestGate gate) {
        TokenCase control = new TokenCase(
                "T000", "the control", gate, TokenCase.bearing(gate.good().sign()), null);
        assertEquals("let in", control.outcome(GateRules.ALL));
    }
}
