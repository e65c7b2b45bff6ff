package dev.throughline.in.mcp;

import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Completes what a person types as an argument of a prompt. The addresses of resources are not completed: that would be
 * a second way to list orders.
 */
final class Completions {
    private static final int MOST = 100;

    private final Prompts prompts;
    private final Resources resources;

    Completions(Prompts prompts, Resources resources) {
        this.prompts = prompts;
        this.resources = resources;
    }

    CompleteResult result(Message message, Era era, ToolContext context) throws RpcException {
        JsonNode ref = message.params().path("ref");
        String argument = text(message, era, message.params().at("/argument/name"));
        String value = text(message, era, message.params().at("/argument/value"));
        List<String> values = switch (text(message, era, ref.path("type"))) {
            case "ref/prompt" -> ofPrompt(message, text(message, era, ref.path("name")), argument, value);
            case "ref/resource" -> ofTemplate(message, context, text(message, era, ref.path("uri")));
            default -> throw message.malformed(era, "Only prompts and resource templates can be completed.");
        };
        List<String> shown = values.stream().limit(MOST).toList();
        return new CompleteResult(new CompleteCompletion(shown, values.size(), values.size() > shown.size()));
    }

    private List<String> ofPrompt(Message message, String name, String argument, String value) throws RpcException {
        Optional<McpPrompt> prompt = prompts.named(name)
                .filter(one -> one.definition().arguments() != null
                        && one.definition().arguments().stream()
                                .map(PromptArgument::name)
                                .anyMatch(argument::equals));
        if (prompt.isEmpty()) {
            throw message.fault(
                    200, RpcError.of(RpcError.INVALID_PARAMS, "There is no prompt that has this argument."));
        }
        return prompt.get().completions(argument, value);
    }

    private List<String> ofTemplate(Message message, ToolContext context, String uri) throws RpcException {
        if (resources.templates(context).stream()
                .noneMatch(template -> template.uriTemplate().equals(uri))) {
            throw message.fault(
                    200, RpcError.of(RpcError.INVALID_PARAMS, "There is no resource template of this form."));
        }
        return List.of();
    }

    private static String text(Message message, Era era, JsonNode value) throws RpcException {
        if (!value.isString()) {
            throw message.malformed(era, "A completion needs a reference, and an argument with name and value.");
        }
        return value.stringValue();
    }
}
