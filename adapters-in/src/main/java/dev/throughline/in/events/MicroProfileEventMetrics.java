package dev.throughline.in.events;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The counters at the server's {@code /metrics}. */
@ApplicationScoped
class MicroProfileEventMetrics implements EventMetrics {
    @Inject
    private MetricRegistry registry;

    @Override
    public void edgeRejected(String reason, String adapter) {
        registry.counter("edge_reject_total", new Tag("reason", reason), new Tag("adapter", adapter))
                .inc();
    }

    @Override
    public void authnRejected(String reason, String adapter) {
        registry.counter("authn_reject_total", new Tag("reason", reason), new Tag("adapter", adapter))
                .inc();
    }

    @Override
    public void authzDenied(String reason, String tool, String agentClass) {
        registry.counter(
                        "authz_deny_total",
                        new Tag("reason", reason),
                        new Tag("tool", tool),
                        new Tag("agent_class", agentClass))
                .inc();
    }

    @Override
    public void rateLimited(String budget, String adapter) {
        registry.counter("rate_limited_total", new Tag("budget", budget), new Tag("adapter", adapter))
                .inc();
    }

    @Override
    public void alertRaised(String kind) {
        registry.counter("security_alert_total", new Tag("kind", kind)).inc();
    }

    @Override
    public void watchAlert(String kind, BooleanSupplier open) {
        // There from the start: a counter that begins at one shows no increase.
        registry.counter("security_alert_total", new Tag("kind", kind));
        registry.gauge("security_alert_open", () -> open.getAsBoolean() ? 1 : 0, new Tag("kind", kind));
    }
}
