package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import dev.throughline.e2e.Person;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which agents may act for a person: whom they can choose, and how they take a permission back. */
@ExtendWith(Browsers.class)
class AccessInBrowserIT {
    private static final Set<String> VICS = Set.of("ORD-001", "ORD-003", "ORD-005");

    @AfterEach
    void as_before() {
        Store.forgetConsentsOf(Person.VIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-assistant", "orders-functions"})
    void what_is_taken_back_stops_the_next_message_and_what_is_allowed_again_works(String agent, Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC).choosesAgent(agent);
        assertEquals(VICS, Visitor.orderIds(vic.getsAnswerTo("List my orders")));

        vic.part("go-consents").click();
        assertThat(vic.grant(agent)).hasAttribute("data-state", "allowed");
        vic.grant(agent).getByTestId("grant-revoke").click();
        assertThat(vic.grant(agent)).hasAttribute("data-state", "revoked");
        int before = Store.callsFor(Person.VIC);
        vic.part("go-chat").click();
        vic.part("message-user").waitFor();
        vic.says("Show ORD-003");

        assertThat(vic.part("error-card")).hasAttribute("data-reason", "consent_revoked");
        vic.sees("error-card", "You have taken back what you allowed this agent; allow it again");
        assertEquals(before, Store.callsFor(Person.VIC), "the agent got to no tool");
        vic.part("to-access").click();
        vic.grant(agent).getByTestId("grant-allow").click();
        assertThat(vic.grant(agent)).hasAttribute("data-state", "allowed");
        vic.part("go-chat").click();
        vic.part("retry").click();

        assertEquals(Set.of("ORD-003"), Visitor.orderIds(vic.answer()));
        vic.seesNo("consent-card");
    }

    @Test
    void agents_that_may_not_be_used_are_listed_with_the_reason_and_cannot_be_chosen(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.part("agent-choice").click();

        assertThat(vic.part("agent-option")).hasCount(6);
        Map.of(
                        "night-agent", "This agent acts as itself and sees more than you may",
                        "legacy-agent", "Several agents share this identity",
                        "desktop-mcp-client", "This is a program of its own",
                        "orders-passthrough", "is switched off here")
                .forEach((agent, reason) -> {
                    Locator option = vic.agentOption(agent);
                    assertThat(option).hasAttribute("aria-disabled", "true");
                    assertThat(option).containsText("not available");
                    assertThat(option).containsText(reason);
                });
        for (String agent : Set.of("orders-assistant", "orders-functions")) {
            assertThat(vic.agentOption(agent)).hasAttribute("aria-disabled", "false");
        }
        vic.agentOption("night-agent").dispatchEvent("click");

        assertThat(vic.part("agent-choice")).hasAttribute("aria-expanded", "true");
        assertThat(vic.part("agent-name")).hasText("orders-assistant");
    }

    @Test
    void who_may_see_all_orders_may_talk_to_the_agent_that_sees_them_as_itself(Visitors visitors) {
        Visitor ana = visitors.comes().signsInAs(Person.ANA);
        ana.part("agent-choice").click();

        assertThat(ana.agentOption("night-agent")).hasAttribute("aria-disabled", "false");
        assertThat(ana.agentOption("legacy-agent")).hasAttribute("aria-disabled", "true");
    }
}
