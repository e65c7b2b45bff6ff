package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people ask the same agent the same question, each in a browser of their own. */
@ExtendWith(Browsers.class)
class MainJobInBrowserIT {
    private static final String API = "c0ffee00-0000-4000-8000-0000000000a1";
    private static final String WEB_CHAT = "c0ffee00-0000-4000-8000-0000000000a2";
    private static final String ASSISTANT = "c0ffee00-0000-4000-8000-0000000000a3";

    @BeforeEach
    void nobody_has_consented() {
        Running.stack().entra().forgetConsents();
        Running.stack().foundry().forgetConnectionTokens();
    }

    @Test
    void vic_consents_once_and_sees_his_own_orders_and_whose_identity_each_hop_carried(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC).says("List my orders");
        vic.sees("consent-card", "orders-assistant asks for your permission");
        vic.consents();

        assertEquals(Set.of("ORD-001", "ORD-003", "ORD-005"), Visitor.orderIds(vic.answer()));
        vic.seesNo("consent-card");
        vic.sees("agent-name", "orders-assistant");
        assertThat(vic.part("mode-badge")).hasAttribute("data-mode", "guided");
        vic.sees("mode-badge", "Guided mode");
        the_trail_names_vic_wherever_a_token_does(vic);

        assertEquals(Set.of("ORD-001", "ORD-003", "ORD-005"), Visitor.orderIds(vic.getsAnswerTo("List my orders")));
        assertThat(vic.part("message-assistant")).hasCount(2);
    }

    private static void the_trail_names_vic_wherever_a_token_does(Visitor vic) {
        assertHop(
                vic.hop("browser", "chat"),
                Map.of("evidence", "verified", "user", Person.VIC.id, "client", WEB_CHAT, "audience", API));
        assertHop(
                vic.hop("chat", "foundry"),
                Map.of("evidence", "issued", "user", Person.VIC.id, "client", API, "audience", "https://ai.azure.com"));
        assertHop(vic.hop("foundry", "orders-assistant"), Map.of("evidence", "reported", "agent", "orders-assistant"));
        assertHop(
                vic.hop("orders-assistant", "mcp"),
                Map.of(
                        "evidence",
                        "verified",
                        "user",
                        Person.VIC.id,
                        "client",
                        ASSISTANT,
                        "audience",
                        API,
                        "decision",
                        "permit"));
    }

    @Test
    void the_trail_leaves_out_nothing_that_the_server_tells(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("List my orders");

        Locator call = vic.hop("orders-assistant", "mcp");
        for (String fact : List.of("User", "Agent", "Client", "Audience", "Scopes", "Obtained", "Decision", "Rule")) {
            assertThat(call).containsText(fact);
        }
        assertThat(call).containsText("Vic Viewer");
        assertThat(call).containsText(Person.VIC.id);
        assertThat(call).containsText(ASSISTANT);
        assertThat(call).containsText("Orders.Read Orders.Write");
        assertThat(call).containsText("permit");
        assertThat(call).containsText("own_rows");
        for (String evidence : List.of("verified", "issued", "reported")) {
            Locator badges = vic.part("trail").locator("[data-evidence=" + evidence + "] .badge." + evidence);
            assertThat(badges.first()).hasText(evidence);
            assertThat(badges.first().locator("svg")).hasCount(1);
        }
    }

    private static void assertHop(Locator hop, Map<String, String> told) {
        assertThat(hop).hasCount(1);
        told.forEach((name, value) -> assertThat(hop).hasAttribute("data-" + name, value));
        assertThat(hop).containsText(told.get("evidence"));
    }

    @Test
    void ana_asks_the_same_agent_and_sees_all_orders(Visitors visitors) {
        Visitor ana = visitors.comes().signsInAs(Person.ANA).says("List my orders");
        ana.sees("consent-card", "orders-assistant asks for your permission");
        ana.consents();

        assertEquals(8, Visitor.orderIds(ana.answer()).size());
        assertThat(ana.hop("orders-assistant", "mcp")).hasAttribute("data-user", Person.ANA.id);
    }

    @Test
    void a_declined_permission_ends_the_turn_politely_and_may_be_given_later(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC).says("List my orders");
        Page broker = vic.opensConsent();
        Visitor.button(broker, "Decline").click();
        broker.getByText("You have declined").waitFor();
        broker.close();
        vic.part("consent-check").click();
        vic.sees("consent-card", "orders-assistant asks for your permission");

        vic.part("consent-decline").click();

        Locator refused = vic.answer();
        assertEquals(Set.of(), Visitor.orderIds(refused));
        vic.seesNo("consent-card");
        vic.seesNo("error-card");
        assertEquals(Set.of("ORD-001", "ORD-003", "ORD-005"), Visitor.orderIds(vic.getsAnswerTo("List my orders")));
    }

    @Test
    void each_suggestion_gets_an_answer(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        List<String> suggestions = vic.page().locator(".chip").allInnerTexts();
        assertFalse(suggestions.isEmpty());
        vic.getsAnswerTo("List my orders");

        for (String suggestion : suggestions) {
            vic.part("new-chat").click();
            Visitor.button(vic.page(), suggestion).click();
            assertThat(vic.answer()).not().containsText("ended its turn without an answer");
        }
    }

    @Test
    void signing_out_is_for_good_and_leaves_no_token_behind(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        assertTrue(tokensIn(vic.page(), "sessionStorage") > 0, "the control: signed in, there are tokens");
        assertEquals(0, tokensIn(vic.page(), "localStorage"));
        assertFalse(vic.page().url().contains("code="), vic.page().url());

        vic.part("sign-out").click();

        assertThat(vic.part("sign-in")).isVisible();
        assertEquals(0, tokensIn(vic.page(), "sessionStorage"));
        vic.page().reload();
        assertThat(vic.part("sign-in")).isVisible();
        vic.seesNo("composer");
    }

    @Test
    void a_reload_keeps_the_person_signed_in(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);

        vic.page().reload();

        vic.sees("who", Person.VIC.login);
        assertThat(vic.part("composer")).isFocused();
    }

    private static int tokensIn(Page page, String storage) {
        return (int) page.evaluate(
                "storage => Object.entries(window[storage])"
                        + ".filter(([key, value]) => /accesstoken|refreshtoken|idtoken/i.test(key)"
                        + " && /secret/.test(value)).length",
                storage);
    }
}
