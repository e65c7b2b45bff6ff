package dev.throughline.in.mcp;

import java.util.List;

/**
 * What the endpoint offers, in every revision of the protocol alike: the order desk's is one, and a deployment may
 * bring others as beans. The endpoint asks once, when it starts; names and addresses must differ between all of them.
 */
public interface McpFeatures {

    /** Tools, in the order in which they are listed. */
    default List<McpTool> tools() {
        return List.of();
    }

    /** Sets of resources, in the order in which they are listed. */
    default List<McpResources> resources() {
        return List.of();
    }

    /** Prompts, in the order in which they are listed. */
    default List<McpPrompt> prompts() {
        return List.of();
    }
}
