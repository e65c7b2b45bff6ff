package dev.throughline.in.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All that the endpoint offers, in the order in which it is listed. */
record Offer(Map<String, McpTool> tools, List<McpResources> resources, Map<String, McpPrompt> prompts) {

    /**
     * What these features offer together.
     *
     * @throws IllegalStateException if two of them have the same name
     */
    static Offer of(List<McpFeatures> features) {
        return new Offer(
                named(
                        features.stream().flatMap(one -> one.tools().stream()).toList(),
                        tool -> tool.definition().name()),
                features.stream().flatMap(one -> one.resources().stream()).toList(),
                named(
                        features.stream().flatMap(one -> one.prompts().stream()).toList(),
                        prompt -> prompt.definition().name()));
    }

    private static <T> Map<String, T> named(List<T> all, Function<T, String> name) {
        Map<String, T> named = new LinkedHashMap<>();
        all.forEach(one -> {
            if (named.put(name.apply(one), one) != null) {
                throw new IllegalStateException("Two features are called " + name.apply(one));
            }
        });
        return named;
    }
}
