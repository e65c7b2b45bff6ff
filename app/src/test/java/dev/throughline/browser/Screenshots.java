package dev.throughline.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Pictures of the pages, kept with the build's output for people to look at. */
final class Screenshots {
    private Screenshots() {}

    static void of(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(folder().resolve(name + ".png")));
    }

    /** What was to be seen when a test failed, and what the browser had complained about. */
    static void ofFailure(BrowserContext context, String test, List<String> complaints) {
        String name = "failed-" + test.replaceAll("\\W+", "");
        try {
            Files.createDirectories(folder());
            Files.write(folder().resolve(name + ".txt"), complaints);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Page> pages = context.pages();
        for (int i = 0; i < pages.size(); i++) {
            of(pages.get(i), name + "-" + i);
        }
    }

    private static Path folder() {
        return Path.of(System.getProperty("throughline.output"), "screenshots");
    }
}
