package dev.throughline.in.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Leaves out each rule of the gate in turn: if no row of the token matrix then went wrong, the rule would be idle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateRulesTest {
    private final List<TokenCase> cases = TokenMatrix.cases(TestGate.open(), TestGate.toAll());

    Stream<String> rules() {
        return lamed().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void without_this_rule_some_row_goes_wrong(String rule) {
        GateRules rules = lamed().get(rule);

        boolean needed = cases.stream().anyMatch(row -> !row.outcome(rules).equals(row.expected()));

        assertTrue(needed, "No row needs: " + rule);
    }

    @Test
    void with_all_rules_no_row_goes_wrong() {
        assertEquals(
                List.of(),
                cases.stream()
                        .filter(row -> !row.outcome(GateRules.ALL).equals(row.expected()))
                        .toList());
    }

    @Test
    void each_rule_has_a_name_of_its_own() {
        assertTrue(lamed().size() >= 35, "rules: " + lamed().size());
        assertEquals(
                GateRules.ALL.json().size()
                        + GateRules.ALL.request().size()
                        + GateRules.ALL.spelling().size()
                        + GateRules.ALL.header().size()
                        + GateRules.ALL.origin().size()
                        + GateRules.ALL.signature().size()
                        + GateRules.ALL.claims().size(),
                lamed().size());
    }

    @Test
    void without_the_signatures_rule_a_strangers_token_would_be_let_in() {
        GateRules rules = lamed().get("the signature is made by the key that kid names");
        TestGate gate = TestGate.open();
        TokenCase forged = new TokenCase(
                "T046",
                "a forged token",
                gate,
                TokenCase.bearing(gate.good().signedBy(RsaKeys.STRANGER).sign()),
                TokenRejection.SIGNATURE_INVALID);

        assertEquals("SIGNATURE_INVALID", forged.outcome(GateRules.ALL));
        assertEquals("let in", forged.outcome(rules));
    }

    /** All rules but one, by the name of the one. */
    private static Map<String, GateRules> lamed() {
        GateRules all = GateRules.ALL;
        Map<String, GateRules> lamed = new LinkedHashMap<>();
        all.request()
                .forEach(rule -> lamed.put(
                        rule.name(),
                        new GateRules(
                                but(all.request(), rule),
                                all.spelling(),
                                all.json(),
                                all.header(),
                                all.origin(),
                                all.signature(),
                                all.claims())));
        all.spelling()
                .forEach(rule -> lamed.put(
                        rule.name(),
                        new GateRules(
                                all.request(),
                                but(all.spelling(), rule),
                                all.json(),
                                all.header(),
                                all.origin(),
                                all.signature(),
                                all.claims())));
        all.json()
                .forEach(rule -> lamed.put(
                        rule.toString(),
                        new GateRules(
                                all.request(),
                                all.spelling(),
                                but(all.json(), rule),
                                all.header(),
                                all.origin(),
                                all.signature(),
                                all.claims())));
        all.header()
                .forEach(rule -> lamed.put(
                        rule.name(),
                        new GateRules(
                                all.request(),
                                all.spelling(),
                                all.json(),
                                but(all.header(), rule),
                                all.origin(),
                                all.signature(),
                                all.claims())));
        all.origin()
                .forEach(rule -> lamed.put(
                        rule.name(),
                        new GateRules(
                                all.request(),
                                all.spelling(),
                                all.json(),
                                all.header(),
                                but(all.origin(), rule),
                                all.signature(),
                                all.claims())));
        all.signature()
                .forEach(rule -> lamed.put(
                        rule.name(),
                        new GateRules(
                                all.request(),
                                all.spelling(),
                                all.json(),
                                all.header(),
                                all.origin(),
                                but(all.signature(), rule),
                                all.claims())));
        all.claims()
                .forEach(rule -> lamed.put(
                        rule.name(),
                        new GateRules(
                                all.request(),
                                all.spelling(),
                                all.json(),
                                all.header(),
                                all.origin(),
                                all.signature(),
                                but(all.claims(), rule))));
        return lamed;
    }

    private static <T> List<T> but(List<T> rules, T one) {
        return rules.stream().filter(rule -> rule != one).toList();
    }

    private static Set<JsonRule> but(Set<JsonRule> rules, JsonRule one) {
        Set<JsonRule> others = EnumSet.copyOf(rules);
        others.remove(one);
        return others;
    }
}
