package dev.throughline.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.throughline.e2e.Running;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test its {@link Visitors}. All tests share one Chromium, which is started for the first of them and closed
 * after the last; each has browser contexts of its own, so that nobody is signed in yet. A test whose pages complained
 * in the console has failed.
 */
final class Browsers implements ParameterResolver, AfterEachCallback {
    private static final Namespace OURS = Namespace.create(Browsers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Visitors.class;
    }

    @Override
    public Visitors resolveParameter(ParameterContext parameter, ExtensionContext test) {
        // First the browser: where there is none, that is known before anything else is started.
        Browser browser = chromium(test).browser();
        Visitors visitors = new Visitors(browser, Running.stack().web(), test.getDisplayName());
        test.getStore(OURS).put(Visitors.class, visitors);
        return visitors;
    }

    /** Kept by the root, so that it is closed once, when all tests are over. */
    private static Chromium chromium(ExtensionContext test) {
        Store store = test.getRoot().getStore(OURS);
        return store.computeIfAbsent(Start.class, key -> new Start(), Start.class)
                .chromium();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Optional.ofNullable(test.getStore(OURS).remove(Visitors.class, Visitors.class))
                .ifPresent(
                        visitors -> visitors.leave(test.getExecutionException().isPresent()));
    }

    /** The one attempt to start Chromium: where it failed, no other test installs and downloads once more. */
    private static final class Start implements AutoCloseable {
        private Chromium chromium;
        private RuntimeException failure;

        Start() {
            // A busy machine may take its time; what does not come at all still fails.
            PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
            try {
                chromium = Chromium.start();
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        Chromium chromium() {
            if (failure != null) {
                throw failure;
            }
            return chromium;
        }

        @Override
        public void close() {
            if (chromium != null) {
                chromium.close();
            }
        }
    }
}
