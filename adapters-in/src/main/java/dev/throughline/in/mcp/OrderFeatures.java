package dev.throughline.in.mcp;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** What the order desk offers. */
@Dependent
class OrderFeatures implements McpFeatures {
    private final OrderTools tools;

    @Inject
    OrderFeatures(OrderTools tools) {
        this.tools = tools;
    }

    @Override
    public List<McpTool> tools() {
        return List.copyOf(tools.all());
    }
}
