package dev.throughline.in.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.DoubleSupplier;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The gate's metrics at the server's {@code /metrics}. */
@ApplicationScoped
class MicroProfileGateMetrics implements GateMetrics {
    @Inject
    private MetricRegistry registry;

    @Override
    public void keysRefreshed(String result) {
        registry.counter("jwks_refresh_total", new Tag("result", result)).inc();
    }

    @Override
    public void keyRejected(String fault) {
        registry.counter("jwks_key_rejected_total", new Tag("fault", fault)).inc();
    }

    @Override
    public void watchKeyAge(String issuer, DoubleSupplier seconds) {
        registry.gauge("jwks_age_seconds", seconds::getAsDouble, new Tag("issuer", issuer));
    }
}
