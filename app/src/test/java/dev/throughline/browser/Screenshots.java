package dev.throughline.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;

/** Pictures of the pages, kept with the build's output for people to look at. */
final class Screenshots {
    private Screenshots() {}

    static void of(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(folder().resolve(name + ".png")));
    }

    /** What was to be seen when a test failed. */
    static void ofFailure(BrowserContext context, String test) {
        List<Page> pages = context.pages();
        for (int i = 0; i < pages.size(); i++) {
            of(pages.get(i), "failed-" + test.replaceAll("\\W+", "") + "-" + i);
        }
    }

    private static Path folder() {
        return Path.of(System.getProperty("throughline.output"), "screenshots");
    }
}
