package dev.throughline.in.fakes;

import dev.throughline.access.Caller;
import dev.throughline.in.events.EventLog;
import dev.throughline.in.events.EventMetrics;
import dev.throughline.in.events.SecurityEvents;
import dev.throughline.in.events.TokenIds;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.in.security.Challenges;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What operators were told: the lines of the log, each with its logger, and the counters. */
public final class Told implements EventLog, EventMetrics {
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, BooleanSupplier> alerts = new HashMap<>();

    /** Refusals of requests of this caller, of which these are told. */
    public Refusals refusals(Caller caller) {
        return new Refusals(
                new Challenges(URI.create("http://localhost/meta"), "api://x"),
                events(Clock.systemUTC()),
                new SignedIn(caller));
    }

    public SecurityEvents events(Clock clock) {
        return new SecurityEvents(new TokenIds(new byte[32]), this, this, clock);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    public boolean isOpen(String alert) {
        return alerts.get(alert).getAsBoolean();
    }

    @Override
    public void write(String logger, System.Logger.Level level, String line) {
        lines.add(logger + " " + level + " " + line);
    }

    @Override
    public void edgeRejected(String reason, String adapter) {
        counts.merge("edge " + reason + " " + adapter, 1, Integer::sum);
    }

    @Override
    public void authnRejected(String reason, String adapter) {
        counts.merge("authn " + reason + " " + adapter, 1, Integer::sum);
    }

    @Override
    public void authzDenied(String reason, String tool, String agentClass) {
        counts.merge("authz " + reason + " " + tool + " " + agentClass, 1, Integer::sum);
    }

    @Override
    public void rateLimited(String budget, String adapter) {
        counts.merge("limited " + budget + " " + adapter, 1, Integer::sum);
    }

    @Override
    public void alertRaised(String kind) {
        counts.merge("alert " + kind, 1, Integer::sum);
    }

    @Override
    public void watchAlert(String kind, BooleanSupplier open) {
        alerts.put(kind, open);
    }
}
