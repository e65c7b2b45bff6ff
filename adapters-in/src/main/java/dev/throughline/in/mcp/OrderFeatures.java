package dev.throughline.in.mcp;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** What the order desk offers. */
@Dependent
class OrderFeatures implements McpFeatures {
    private final OrderTools tools;
    private final OrderResources resources;

    @Inject
    OrderFeatures(OrderTools tools, OrderResources resources) {
        this.tools = tools;
        this.resources = resources;
    }

    @Override
    public List<McpTool> tools() {
        return List.copyOf(tools.all());
    }

    @Override
    public List<McpResources> resources() {
        return List.of(resources);
    }

    @Override
    public List<McpPrompt> prompts() {
        return OrderPrompts.all();
    }
}
