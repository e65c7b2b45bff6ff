package dev.throughline.in.rest;

import dev.throughline.in.security.CurrentCaller;
import dev.throughline.in.security.RateLimits;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Counts attempts to change orders before their bodies are read. Every method that is not known to be safe is counted,
 * so that none can be forgotten. With injected fields, because Jakarta REST makes it before there is a request.
 */
@Provider
@CountedWrites
@Dependent
public class WriteLimitFilter implements ContainerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    private RateLimits limits;

    @Inject
    private CurrentCaller current;

    @Override
    public void filter(ContainerRequestContext context) {
        if (!SAFE.contains(context.getMethod())) {
            limits.write(current.caller(), current.occasion());
        }
    }
}
