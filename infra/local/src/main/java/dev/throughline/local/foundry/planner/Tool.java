package dev.throughline.local.foundry.planner;

import tools.jackson.databind.JsonNode;

/**
 * A tool as its server describes it.
 *
 * @param name its name
 * @param description what it does, for a language model
 * @param inputSchema the JSON schema of its arguments
 */
public record Tool(String name, String description, JsonNode inputSchema) {

    /** Whether the schema has a property of this name. */
    boolean accepts(String argument) {
        return inputSchema.path("properties").has(argument);
    }

    /** The greatest number that the schema allows for a property, but not more than {@code wanted}. */
    int atMost(String argument, int wanted) {
        return Math.min(
                wanted,
                inputSchema.path("properties").path(argument).path("maximum").asInt(wanted));
    }
}
