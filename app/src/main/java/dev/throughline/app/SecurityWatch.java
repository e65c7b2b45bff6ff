package dev.throughline.app;

import dev.throughline.in.events.EventLog;
import dev.throughline.in.events.EventMetrics;
import dev.throughline.in.events.SecurityEvents;
import dev.throughline.in.events.TokenIds;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells operators of refusals, and looks for spikes of them from the start on. */
@ApplicationScoped
class SecurityWatch {
    private static final System.Logger LOG = System.getLogger(SecurityWatch.class.getName());
    private static final int SECONDS = 10;

    @Resource
    private @Nullable ManagedScheduledExecutorService scheduler;

    private @Nullable Future<?> looking;

    @Produces
    @Singleton
    static TokenIds tokenIds(Settings settings) {
        return new TokenIds(settings.stateKey().bytes());
    }

    @Produces
    @Singleton
    static SecurityEvents events(TokenIds tokens, EventMetrics metrics, Clock clock) {
        return new SecurityEvents(tokens, metrics, EventLog.ofServer(), clock);
    }

    void start(@Observes Startup event, SecurityEvents events) {
        looking = Objects.requireNonNull(scheduler)
                .scheduleAtFixedRate(() -> look(events), SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** What failed once must not keep later looks from being taken. */
    private static void look(SecurityEvents events) {
        try {
            events.lookForSpikes();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "spikes_not_watched", e);
        }
    }

    @PreDestroy
    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }
}
