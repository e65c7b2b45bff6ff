package dev.throughline.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running Chromium, headless and told not to talk to anybody but the pages that the tests open. */
final class Chromium implements AutoCloseable {
    private static final List<String> QUIETLY = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Machine machine = new ThisMachine();
        LaunchOptions options = new LaunchOptions()
                .setExecutablePath(new BrowserFinder(machine).find())
                .setArgs(arguments(machine.isRoot()));
        Playwright playwright = Playwright.create(withoutDownloads());
        try {
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    Browser browser() {
        return browser;
    }

    /** Playwright would otherwise fetch three browsers before anybody asks for one. */
    static Playwright.CreateOptions withoutDownloads() {
        return new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    }

    /** Chromium's own sandbox does not start for root, as in a build container; anybody else keeps it. */
    private static List<String> arguments(boolean root) {
        List<String> arguments = new ArrayList<>(QUIETLY);
        if (root) {
            arguments.add("--no-sandbox");
        }
        return arguments;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
