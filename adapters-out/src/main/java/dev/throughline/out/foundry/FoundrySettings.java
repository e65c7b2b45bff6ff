package dev.throughline.out.foundry;

import dev.throughline.out.http.SafeAddress;
import java.net.URI;
import java.time.Duration;

/**
 * Which project to call, and how patiently.
 *
 * @param projectEndpoint such as {@code https://{account}.services.ai.azure.com/api/projects/{project}}
 * @param firstByte how long an answer may take to begin
 * @param turn how long a turn may take as a whole
 */
public record FoundrySettings(URI projectEndpoint, Duration firstByte, Duration turn) {
    public FoundrySettings {
        SafeAddress.require("The project endpoint", projectEndpoint);
        if (projectEndpoint.getRawQuery() != null || projectEndpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("The project endpoint must have neither a query nor a fragment.");
        }
    }

    /** With the time-outs that suit people who wait. */
    public FoundrySettings(URI projectEndpoint) {
        this(projectEndpoint, Duration.ofSeconds(30), Duration.ofSeconds(120));
    }

    /** Where responses are made; this path has no api-version. */
    URI responses() {
        String project = projectEndpoint.toString();
        return URI.create((project.endsWith("/") ? project : project + "/") + "openai/v1/responses");
    }
}
