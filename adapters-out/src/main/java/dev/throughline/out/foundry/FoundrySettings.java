package dev.throughline.out.foundry;

import dev.throughline.out.http.SafeAddress;
import java.net.URI;
import java.time.Duration;

/**
 * Which project to call, how, and how patiently.
 *
 * @param projectEndpoint such as {@code https://{account}.services.ai.azure.com/api/projects/{project}}
 * @param endpoint where new conversations begin
 * @param conversations whether new conversations are kept by the service as such, rather than as a chain of responses
 * @param firstByte how long an answer may take to begin
 * @param silence how long nothing may be heard within an answer; longer than the service lets a tool take (100 s)
 * @param turn how long a turn may take as a whole
 */
public record FoundrySettings(
        URI projectEndpoint,
        Endpoint endpoint,
        boolean conversations,
        Duration firstByte,
        Duration silence,
        Duration turn) {

    /** The two places where the service offers the same. */
    public enum Endpoint {
        /** The project's, where each request names the agent. */
        PROJECT,
        /** The agent's own. */
        AGENT
    }

    public FoundrySettings {
        SafeAddress.require("The project endpoint", projectEndpoint);
        if (projectEndpoint.getRawQuery() != null || projectEndpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("The project endpoint must have neither a query nor a fragment.");
        }
    }

    /** With the time-outs that suit people who wait. */
    public FoundrySettings(URI projectEndpoint, Endpoint endpoint, boolean conversations) {
        this(
                projectEndpoint,
                endpoint,
                conversations,
                Duration.ofSeconds(30),
                Duration.ofSeconds(110),
                Duration.ofSeconds(140));
    }
}
