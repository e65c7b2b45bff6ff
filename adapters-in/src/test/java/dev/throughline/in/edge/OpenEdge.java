package dev.throughline.in.edge;

import dev.throughline.in.events.SecurityEvents;
import java.net.URI;
import java.util.Set;

/** The edge of a local installation, for tests of what lies behind it. */
public final class OpenEdge {
    private OpenEdge() {}

    public static Edge of(SecurityEvents events) {
        return new Edge(
                new EdgeSettings(
                        URI.create("http://localhost:9080"), Set.of(), URI.create("http://localhost:9180"), true, true),
                events);
    }
}
