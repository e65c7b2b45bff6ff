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
    /** The narrowest window in which nothing may scroll sideways (WCAG 1.4.10), and one between narrow and wide. */
    private static final int[] MORE_WIDTHS = {320, 768};

    private final List<String> findings = new ArrayList<>();

    /**
     * A state in all its looks; axe sees both layouts and both colour schemes, in pairs. The page is wide afterwards.
     */
    void of(String state, Page page) {
        for (Look look : Look.values()) {
            look.on(page);
            Screenshots.of(page, state + "-" + look);
            fits(state + "-" + look, page);
            if (look == Look.WIDE_LIGHT || look == Look.NARROW_DARK) {
                accessible(state + "-" + look, page);
            }
        }
        for (int width : MORE_WIDTHS) {
            page.setViewportSize(width, 800);
            fits(state + "-" + width, page);
        }
        Look.WIDE_LIGHT.on(page);
    }

    /** A state in one look. */
    void of(String state, Look look, Page page) {
        look.on(page);
        Screenshots.of(page, state + "-" + look);
        fits(state + "-" + look, page);
        accessible(state + "-" + look, page);
    }

    /** Legacy mode runs in the page itself; the other one opens a page more for frames, of which there are none. */
    private void accessible(String name, Page page) {
        for (Rule violation : new AxeBuilder(page)
                .withTags(WCAG)
                .setLegacyMode(true)
                .analyze()
                .getViolations()) {
            findings.add(name + ": " + violation.getHelp() + " " + violation.getNodes());
        }
    }

    /** Neither does the page scroll sideways, nor does its header lose its margin. */
    private void fits(String name, Page page) {
        int excess = (int) page.evaluate("""
                () => Math.ceil(Math.max(
                    document.documentElement.scrollWidth,
                    ...[...document.querySelectorAll("header > *, header button")]
                        .map(part => part.getBoundingClientRect().right + 4)) - window.innerWidth)
                """);
        if (excess > 0) {
            findings.add(name + ": " + excess + " px wider than its window");
        }
    }

    /** What was found so far, in words for whoever mends it. */
    List<String> findings() {
        return List.copyOf(findings);
    }
}
