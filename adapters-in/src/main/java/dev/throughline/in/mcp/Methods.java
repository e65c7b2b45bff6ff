package dev.throughline.in.mcp;

import io.modelcontextprotocol.spec.McpSchema.ListPromptsResult;
import io.modelcontextprotocol.spec.McpSchema.ListResourceTemplatesResult;
import java.util.Optional;

/**
 * The methods that are answered alike in both eras, without the SDK: its lists of resources are the same for every
 * caller, and ours must not be.
 */
final class Methods {
    static final String DISCOVER = "server/discover";
    static final String INITIALIZE = "initialize";
    static final String LIST_TOOLS = "tools/list";
    static final String CALL_TOOL = "tools/call";
    static final String LIST_RESOURCES = "resources/list";
    static final String LIST_TEMPLATES = "resources/templates/list";
    static final String READ_RESOURCE = "resources/read";
    static final String LIST_PROMPTS = "prompts/list";
    static final String GET_PROMPT = "prompts/get";
    static final String COMPLETE = "completion/complete";

    private final Resources resources;
    private final Prompts prompts;
    private final Completions completions;

    Methods(Resources resources, Prompts prompts, Completions completions) {
        this.resources = resources;
        this.prompts = prompts;
        this.completions = completions;
    }

    /**
     * The result of a request, as the SDK's type for it; empty if the method is none of these.
     *
     * @throws RpcException with what is wrong with the request, or a refusal that no scope can mend
     */
    Optional<Object> result(Message message, Era era, ToolContext context) throws RpcException, InputRequiredException {
        return switch (message.method()) {
            case LIST_RESOURCES -> Optional.of(resources.list(message, era, context));
            case LIST_TEMPLATES -> {
                requireFirstPage(message, era);
                yield Optional.of(ListResourceTemplatesResult.builder(resources.templates(context))
                        .build());
            }
            case READ_RESOURCE -> Optional.of(resources.read(message, era, context));
            case LIST_PROMPTS -> {
                requireFirstPage(message, era);
                yield Optional.of(
                        ListPromptsResult.builder(prompts.definitions()).build());
            }
            case GET_PROMPT -> Optional.of(prompts.get(message, era, context));
            case COMPLETE -> Optional.of(completions.result(message, era, context));
            default -> Optional.empty();
        };
    }

    /** These lists have one page, so that no cursor can be one of ours. */
    static void requireFirstPage(Message message, Era era) throws RpcException {
        if (message.params().has("cursor")) {
            throw message.malformed(era, "This list has one page; ask for it without a cursor.");
        }
    }
}
