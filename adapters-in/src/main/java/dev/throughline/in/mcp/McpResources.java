package dev.throughline.in.mcp;

import dev.throughline.access.Action;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import java.util.List;
import java.util.Optional;

/** A set of resources that are decided alike. */
public interface McpResources {

    /** What the policy is asked for before {@link #page} runs. */
    Action listing();

    /** What the policy is asked for before {@link #read} runs. */
    Action reading();

    /** The forms of their addresses; may be empty. */
    List<ResourceTemplate> templates();

    /** Whether an address is of a form that these resources have, whether or not there is such a resource. */
    boolean covers(String uri);

    /**
     * A page of those that the caller may see.
     *
     * @param cursor a {@link Page#next} of the same caller; empty for the first page
     * @throws ToolErrorException if the cursor is not good; its message goes to the client
     */
    Page page(ToolContext context, Optional<String> cursor) throws ToolErrorException;

    /**
     * The contents of one; empty if there is none that the caller may see.
     *
     * @param uri an address that is covered
     * @throws InputRequiredException if the client must be asked for something first
     */
    List<ResourceContents> read(ToolContext context, String uri) throws InputRequiredException;

    /**
     * A page of a list.
     *
     * @param items the resources
     * @param next what to ask for the next page with; empty on the last
     */
    record Page(List<Resource> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
