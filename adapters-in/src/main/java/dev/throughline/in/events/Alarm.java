package dev.throughline.in.events;

import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Tells spikes of refusals: one event when one begins and one when it is over. 401 and 403 are watched apart. */
final class Alarm {
    private static final String ALERT = "dev.throughline.alert";

    private final EventMetrics metrics;
    private final EventLog log;
    private final Clock clock;
    private final Map<Integer, SpikeWatch> watches = new TreeMap<>();

    Alarm(EventMetrics metrics, EventLog log, Clock clock) {
        this.metrics = metrics;
        this.log = log;
        this.clock = clock;
        watch(401);
        watch(403);
    }

    private void watch(int status) {
        SpikeWatch watch = new SpikeWatch(clock);
        watches.put(status, watch);
        metrics.watchAlert(kind(status), watch::isOpen);
    }

    /** Counts a refusal; one of another status is nothing to watch. */
    void count(int status, String reason) {
        SpikeWatch watch = watches.get(status);
        if (watch != null) {
            watch.count(reason);
        }
    }

    void look() {
        watches.forEach((status, watch) -> watch.look().ifPresent(spike -> tell(kind(status), spike)));
    }

    private void tell(String kind, Spike spike) {
        boolean over = spike.end().isPresent();
        if (!over) {
            metrics.alertRaised(kind);
        }
        EventLine line = new EventLine(over ? "alert_over" : "alert_raised", clock.instant())
                .with("kind", kind)
                .with("start", spike.start())
                .with("end", spike.end())
                .with("count", spike.count())
                .with("limit", rounded(spike.limit()))
                .with("baseline", rounded(spike.baseline()))
                .with("reasons", spike.reasons());
        log.write(ALERT, over ? Level.INFO : Level.WARNING, line.toString());
    }

    private static BigDecimal rounded(double number) {
        return BigDecimal.valueOf(number).setScale(1, RoundingMode.HALF_UP);
    }

    private static String kind(int status) {
        return "spike_" + status;
    }
}
