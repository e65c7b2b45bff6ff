package dev.throughline.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at pages as a tester of accessibility and layout does: WCAG 2.2 A and AA as far as axe can tell, nothing wider
 * than its window, and a picture for the eye. Collects what it finds, so that one run shows everything.
 */
final class Inspection {
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    /** Below this a page may scroll sideways (WCAG 1.4.10). */
    private static final int NARROWEST = 320;

    private final List<String> findings = new ArrayList<>();

    /** A state in all its looks; the page is left in the one it came in. */
    void of(String state, Page page) {
        for (Look look : Look.values()) {
            of(state, look, page);
        }
        page.setViewportSize(NARROWEST, 800);
        fits(state + " at its narrowest", page);
        Look.WIDE_LIGHT.on(page);
    }

    /** A state in one look. */
    void of(String state, Look look, Page page) {
        look.on(page);
        String name = state + "-" + look;
        Screenshots.of(page, name);
        fits(name, page);
        // Legacy mode runs in the page itself; the other one opens a page more for frames, of which there are none.
        for (Rule violation : new AxeBuilder(page)
                .withTags(WCAG)
                .setLegacyMode(true)
                .analyze()
                .getViolations()) {
            findings.add(name + ": " + violation.getHelp() + " " + violation.getNodes());
        }
    }

    private void fits(String name, Page page) {
        int excess = (int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        if (excess > 0) {
            findings.add(name + ": " + excess + " px wider than its window");
        }
    }

    /** What was found so far, in words for whoever mends it. */
    List<String> findings() {
        return List.copyOf(findings);
    }
}
