package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.throughline.browser.Keyboard.press;
import static dev.throughline.browser.Keyboard.reach;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import dev.throughline.local.foundry.Fault;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole way without a mouse. */
@ExtendWith(Browsers.class)
class KeyboardInBrowserIT {
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

    @Test
    void choosing_an_agent_consenting_and_approving_need_no_mouse(Visitors visitors) {
        Store.forgetConsentsOf(Person.PAT);
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        Page page = pat.page();
        try {
            press(page, pat.part("agent-choice"), "Shift+Tab");
            assertThat(pat.part("agent-choice")).hasAttribute("aria-expanded", "true");
            page.keyboard().press("End");
            assertThat(pat.agentOption("orders-passthrough")).hasClass(Pattern.compile("active"));
            page.keyboard().press("Enter");
            assertThat(pat.part("agent-name")).hasText("orders-assistant");
            page.keyboard().press("ArrowUp");
            page.keyboard().press("Enter");
            assertThat(pat.part("agent-name")).hasText("orders-functions");
            assertThat(pat.part("agent-choice")).isFocused();

            reach(page, pat.part("composer"), "Tab");
            page.keyboard().type("Change the quantity of ORD-007 to 3");
            page.keyboard().press("Enter");
            assertThat(pat.part("consent-card").locator("h3")).isFocused();
            press(page, pat.part("consent-allow"), "Tab");
            assertThat(pat.part("approval-card").locator("h3")).isFocused();
            press(page, pat.part("approval-approve"), "Tab");

            assertThat(pat.answer()).containsText("ORD-007");
            assertEquals("3 v2", Store.order(7));
            assertThat(pat.part("composer")).isFocused();
        } finally {
            Store.restore(7, 1);
            Store.forgetConsentsOf(Person.PAT);
            Store.forgetApprovalsOf(Person.PAT);
        }
    }

    @Test
    void a_conversation_is_found_and_deleted_without_a_mouse(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        Page page = vic.page();
        vic.getsAnswerTo("Show ORD-001");
        vic.part("new-chat").click();
        vic.getsAnswerTo("Show ORD-003");
        Locator first = vic.part("conversation").first();
        Locator second = vic.part("conversation").nth(1);
        assertThat(first).containsText("Show ORD-003");
        String gone = second.getAttribute("data-conversation");
        String kept = first.getAttribute("data-conversation");

        reach(page, first.getByTestId("conversation-open"), "Shift+Tab");
        page.keyboard().press("ArrowDown");
        assertThat(second.getByTestId("conversation-open")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(vic.part("conversation-keep")).isFocused();
        page.keyboard().press("Escape");
        assertThat(second.getByTestId("conversation-remove")).isFocused();
        page.keyboard().press("Enter");
        press(page, vic.part("conversation-delete"), "Tab");

        assertThat(page.locator("[data-conversation='" + gone + "']")).hasCount(0);
        assertThat(page.locator("[data-conversation='" + kept + "']")).hasCount(1);
        assertEquals(
                true,
                page.evaluate("() => document.querySelector('.conversations').contains(document.activeElement)"),
                "the focus stays in the list");
    }
}
