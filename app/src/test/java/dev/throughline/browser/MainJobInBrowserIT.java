package dev.throughline.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people ask the same agent the same question, each in a browser of their own. */
@ExtendWith(Browsers.class)
class MainJobInBrowserIT {
    @BeforeEach
    void nobody_has_consented() {
        Running.stack().entra().forgetConsents();
        Running.stack().foundry().forgetConnectionTokens();
    }

    @Test
    void vic_consents_once_and_sees_his_own_orders(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC).says("List my orders");
        vic.sees("consent-card", "orders-assistant");
        vic.consents();

        assertEquals(Set.of("ORD-001", "ORD-003", "ORD-005"), Visitor.orderIds(vic.answer()));
        vic.seesNo("consent-card");
        PlaywrightAssertions.assertThat(vic.part("mode-badge")).hasAttribute("data-mode", "guided");
    }
}
