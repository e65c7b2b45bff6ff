package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import dev.throughline.local.foundry.Fault;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole way without a mouse. */
@ExtendWith(Browsers.class)
class KeyboardInBrowserIT {
    private static final int MOST_STOPS = 40;

    @Test
    void signing_in_asking_consenting_and_signing_out_need_no_mouse(Visitors visitors) {
        Running.stack().entra().forgetConsents();
        Running.stack().foundry().forgetConnectionTokens();
        Visitor vic = visitors.comes();
        Page page = vic.page();

        press(page, vic.part("sign-in"), "Tab");
        press(page, Visitor.button(page, Person.VIC.login), "Tab");
        assertThat(vic.part("composer")).isFocused();
        page.keyboard().type("List my orders");
        page.keyboard().press("Enter");

        vic.part("consent-card").waitFor();
        Page broker = vic.context().waitForPage(() -> press(page, vic.part("consent-link"), "Shift+Tab"));
        press(broker, Visitor.button(broker, "Accept"), "Tab");
        broker.getByText("You can close this window").waitFor();
        broker.close();
        assertEquals(Set.of("ORD-001", "ORD-003", "ORD-005"), Visitor.orderIds(vic.answer()));

        Locator tool = vic.part("tool-call").locator("summary");
        press(page, tool, "Shift+Tab");
        assertThat(vic.part("tool-call")).hasAttribute("open", "");
        press(page, vic.part("sign-out"), "Shift+Tab");
        assertThat(vic.part("sign-in")).isVisible();
    }

    @Test
    void escape_stops_an_answer_and_the_focus_goes_back_to_the_message_box(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("List my orders");
        Running.stack().foundry().failNext(new Fault.Slow(Duration.ofSeconds(8)));
        vic.part("composer").focus();
        vic.page().keyboard().type("Show ORD-003");
        vic.page().keyboard().press("Enter");
        assertThat(vic.part("stop")).isVisible();
        vic.reachesTheAgent();

        vic.page().keyboard().press("Escape");

        assertThat(vic.part("message-assistant").last()).hasAttribute("data-status", "stopped");
        assertThat(vic.part("composer")).isFocused();
        press(vic.page(), vic.part("retry"), "Shift+Tab");
        assertEquals(Set.of("ORD-003"), Visitor.orderIds(vic.answer()));
    }

    @Test
    void on_a_narrow_screen_the_trail_takes_the_focus_and_gives_it_back(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        Look.NARROW_LIGHT.on(vic.page());
        vic.getsAnswerTo("List my orders");

        press(vic.page(), vic.part("trail-toggle"), "Shift+Tab");
        assertThat(vic.part("trail").locator("h2")).isFocused();
        assertThat(vic.part("composer")).isHidden();
        vic.page().keyboard().press("Escape");

        assertThat(vic.part("trail")).isHidden();
        assertThat(vic.part("trail-toggle")).isFocused();
    }

    @Test
    void the_first_stop_leads_straight_to_the_message_box(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        press(vic.page(), vic.page().getByText("Skip to the message box"), "Shift+Tab");

        assertThat(vic.part("composer")).isFocused();
    }

    /** Moves the focus to something, which has to be seen to have it, and presses it. */
    private static void press(Page page, Locator target, String direction) {
        target.waitFor();
        for (int i = 0; i < MOST_STOPS && !hasFocus(target); i++) {
            page.keyboard().press(direction);
        }
        assertThat(target).isFocused();
        assertEquals(true, target.evaluate("element => element.matches(':focus-visible')"));
        page.keyboard().press("Enter");
    }

    private static boolean hasFocus(Locator target) {
        return (boolean) target.evaluate("element => element === document.activeElement");
    }
}
