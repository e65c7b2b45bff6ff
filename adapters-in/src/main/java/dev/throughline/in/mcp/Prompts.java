package dev.throughline.in.mcp;

import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Shows and fills in prompts. They hold nobody's data, so that every caller whom the gate lets in may have them. */
final class Prompts {
    private final Map<String, McpPrompt> prompts;

    Prompts(Map<String, McpPrompt> prompts) {
        this.prompts = prompts;
    }

    List<Prompt> definitions() {
        return prompts.values().stream().map(McpPrompt::definition).toList();
    }

    Optional<McpPrompt> named(String name) {
        return Optional.ofNullable(prompts.get(name));
    }

    GetPromptResult get(Message message, Era era, ToolContext context) throws RpcException, InputRequiredException {
        McpPrompt prompt = message.text("name")
                .flatMap(this::named)
                .orElseThrow(() -> invalid(message, "There is no prompt of this name; list the prompts."));
        Map<String, String> arguments = arguments(message, era);
        requireDeclared(prompt.definition(), arguments, message);
        try {
            return prompt.messages(context, arguments);
        } catch (ToolErrorException e) {
            throw invalid(message, e.getMessage());
        }
    }

    private static Map<String, String> arguments(Message message, Era era) throws RpcException {
        JsonNode sent = message.params().path("arguments");
        Map<String, String> arguments = new LinkedHashMap<>();
        boolean texts = sent.isObject() || sent.isMissingNode();
        for (var argument : sent.properties()) {
            texts &= argument.getValue().isString();
            arguments.put(argument.getKey(), argument.getValue().asString(""));
        }
        if (!texts) {
            throw message.malformed(era, "The arguments of a prompt must be an object of strings.");
        }
        return arguments;
    }

    private static void requireDeclared(Prompt prompt, Map<String, String> arguments, Message message)
            throws RpcException {
        List<PromptArgument> declared = prompt.arguments() == null ? List.of() : prompt.arguments();
        List<String> names = declared.stream().map(PromptArgument::name).toList();
        if (!names.containsAll(arguments.keySet())) {
            throw invalid(message, "This prompt takes no other arguments than %s.".formatted(String.join(", ", names)));
        }
        for (PromptArgument argument : declared) {
            if (Boolean.TRUE.equals(argument.required()) && !arguments.containsKey(argument.name())) {
                throw invalid(message, argument.name() + " is required.");
            }
        }
    }

    private static RpcException invalid(Message message, String sentence) {
        return message.fault(200, RpcError.of(RpcError.INVALID_PARAMS, sentence));
    }
}
