package dev.throughline.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The people at their browsers in one test: each has a context of their own, as on machines of their own. */
final class Visitors {
    private final Browser browser;
    private final URI web;
    private final String test;
    private final List<Visitor> all = new ArrayList<>();

    Visitors(Browser browser, URI web, String test) {
        this.browser = browser;
        this.web = web;
        this.test = test;
    }

    /** Somebody with a fresh browser, in front of the chat's address. */
    Visitor comes() {
        return comesTo(web);
    }

    /** The same at another server. */
    Visitor comesTo(URI web) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(web.toString())
                .setLocale("en-GB")
                .setViewportSize(Look.WIDE_LIGHT.width(), Look.WIDE_LIGHT.height()));
        context.setDefaultTimeout(20_000);
        Visitor visitor = new Visitor(context);
        all.add(visitor);
        visitor.page().navigate("/");
        return visitor;
    }

    /** Ends the test: pictures where it failed, and nobody's console may have complained where it did not. */
    void leave(boolean failed) {
        List<String> complaints = new ArrayList<>();
        for (Visitor visitor : all) {
            if (failed) {
                Screenshots.ofFailure(visitor.context(), test, visitor.complaints());
            }
            complaints.addAll(visitor.complaints());
            visitor.context().close();
        }
        if (!failed) {
            assertEquals(List.of(), complaints, "what the browser's console complained about");
        }
    }
}
