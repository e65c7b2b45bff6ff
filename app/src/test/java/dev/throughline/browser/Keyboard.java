package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** A person without a mouse. */
final class Keyboard {
    private static final int MOST_STOPS = 60;

    private Keyboard() {}

    /** Moves the focus to something, which has to be seen to have it, and presses it. */
    static void press(Page page, Locator target, String direction) {
        reach(page, target, direction);
        page.keyboard().press("Enter");
    }

    /** Moves the focus to something, which has to be seen to have it. */
    static void reach(Page page, Locator target, String direction) {
        target.waitFor();
        for (int i = 0; i < MOST_STOPS && !hasFocus(target); i++) {
            page.keyboard().press(direction);
        }
        assertThat(target).isFocused();
        assertEquals(true, target.evaluate("element => element.matches(':focus-visible')"));
    }

    private static boolean hasFocus(Locator target) {
        return (boolean) target.evaluate("element => element === document.activeElement");
    }
}
