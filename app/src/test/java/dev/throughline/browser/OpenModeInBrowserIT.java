package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import dev.throughline.e2e.Running;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What anybody sees where authentication is off. */
@ExtendWith(Browsers.class)
class OpenModeInBrowserIT {
    private static final String OFF = "Authentication is off on this server";

    private final Inspection inspection = new Inspection();

    @Test
    void the_page_says_what_it_is_and_nothing_takes_that_away(Visitors visitors) {
        Visitor anybody = visitors.comesTo(Running.open().web());
        Locator banner = anybody.part("open-banner");

        assertThat(banner).containsText("Proof of concept: authentication is off.");
        assertThat(banner.locator("button, a, input")).hasCount(0);
        anybody.seesNo("sign-in");
        anybody.seesNo("who");
        anybody.sees("chat-off", "The chat is off here");
        inspection.of("14-open-mode", anybody.page());

        anybody.page().keyboard().press("Escape");
        anybody.part("new-chat").click();
        Look.NARROW_LIGHT.on(anybody.page());
        anybody.part("trail-toggle").click();
        assertThat(banner).isVisible();
        inspection.of("14-open-mode-trail", Look.NARROW_LIGHT, anybody.page());
        anybody.page().reload();
        assertThat(banner).isVisible();
        assertEquals(List.of(), inspection.findings());
    }

    @Test
    void a_message_is_answered_by_one_sentence_and_no_offer_that_cannot_help(Visitors visitors) {
        Visitor anybody = visitors.comesTo(Running.open().web());

        anybody.says("List my orders");

        assertThat(anybody.part("error-card")).hasAttribute("data-reason", "authentication_off");
        anybody.sees("error-card", OFF);
        anybody.seesNo("retry");
        anybody.seesNo("sign-in-again");
        assertThat(anybody.part("open-banner")).isVisible();
        inspection.of("15-open-mode-answer", anybody.page());
        assertEquals(List.of(), inspection.findings());
        anybody.expectComplaint(complaint -> complaint.contains("503"));
    }
}
