package dev.throughline.browser;

import dev.throughline.e2e.Running;
import dev.throughline.local.run.LocalStack;
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
        LocalStack stack = Running.stack();
        Visitors visitors = new Visitors(chromium(test).browser(), stack.web(), test.getDisplayName());
        test.getStore(OURS).put(Visitors.class, visitors);
        return visitors;
    }

    /** Kept by the root, so that it is closed once, when all tests are over. */
    private static Chromium chromium(ExtensionContext test) {
        Store store = test.getRoot().getStore(OURS);
        return store.computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Optional.ofNullable(test.getStore(OURS).remove(Visitors.class, Visitors.class))
                .ifPresent(
                        visitors -> visitors.leave(test.getExecutionException().isPresent()));
    }
}
