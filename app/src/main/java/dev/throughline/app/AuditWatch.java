package dev.throughline.app;

import dev.throughline.out.audit.SealedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Tells operators how the audit log is. */
@ApplicationScoped
class AuditWatch {
    private static final double MILLIS = 1_000;

    void start(@Observes Startup event, MetricRegistry registry, SealedLog log) {
        registry.gauge("audit_lag_seconds", () -> log.lag().toMillis() / MILLIS);
        registry.gauge("audit_chain_ok", () -> log.holds() ? 1 : 0);
    }
}
