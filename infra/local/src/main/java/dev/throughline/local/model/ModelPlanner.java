package dev.throughline.local.model;

import dev.throughline.local.foundry.planner.Planner;
import dev.throughline.local.foundry.planner.Step;
import dev.throughline.local.foundry.planner.Tool;
import dev.throughline.local.foundry.planner.ToolResult;
import dev.throughline.local.foundry.planner.Turn;
import dev.throughline.local.responses.Json;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lets a language model decide on the next step. Of several calls at once the first is made, and it is asked again. */
public final class ModelPlanner implements Planner {

    private static final int MAX_CALLS = 8;
    private static final int LONGEST_TEXT = 16_000;
    private static final int LONGEST_RESULT = 64_000;

    private final ChatCompletions completions;
    private final String model;
    private final String instructions;

    /** @param instructions the system message */
    public ModelPlanner(ModelSettings settings, String instructions) {
        this(settings, instructions, Duration.ofSeconds(60));
    }

    ModelPlanner(ModelSettings settings, String instructions, Duration timeout) {
        this.completions = new ChatCompletions(settings, timeout);
        this.model = settings.model();
        this.instructions = instructions;
    }

    @Override
    public int maxCalls() {
        return MAX_CALLS;
    }

    @Override
    public Step exhausted() {
        return new Step.Failure("model_error", "The model asked for more tool calls than one answer may take.");
    }

    @Override
    public Step next(Turn turn) {
        if (turn.results().size() >= MAX_CALLS) {
            return exhausted();
        }
        try {
            return step(turn, completions.ask(request(turn)));
        } catch (ModelException e) {
            return e.asStep();
        }
    }

    private static Step step(Turn turn, JsonNode message) throws ModelException {
        JsonNode call = message.at("/tool_calls/0/function");
        if (call.isObject()) {
            String name = Json.text(call, "name");
            Tool tool = turn.tools().stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> ModelException.nonsense("The model called a tool that does not exist."));
            return new Step.Call(name, Arguments.of(tool, Json.text(call, "arguments")));
        }
        String text = Json.text(message, "content").strip();
        if (text.isEmpty()) {
            throw ModelException.nonsense("The model said nothing.");
        }
        return new Step.Answer(bounded(text, LONGEST_TEXT));
    }

    private ObjectNode request(Turn turn) {
        ObjectNode body = Json.object().put("model", model).put("stream", false);
        ArrayNode messages = body.putArray("messages");
        say(messages, "system", instructions);
        turn.dialogue().forEach(said -> say(messages, said.byPerson() ? "user" : "assistant", said.text()));
        say(messages, "user", turn.message());
        int number = 0;
        for (ToolResult result : turn.results()) {
            tell(messages, "call_" + number++, result);
        }
        turn.tools().forEach(tool -> {
            ObjectNode function =
                    body.withArray("tools").addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).put("description", tool.description());
            function.set("parameters", tool.inputSchema());
        });
        return body;
    }

    private static void say(ArrayNode messages, String role, String text) {
        messages.addObject().put("role", role).put("content", text);
    }

    private static void tell(ArrayNode messages, String id, ToolResult result) {
        ObjectNode call = messages.addObject()
                .put("role", "assistant")
                .putNull("content")
                .putArray("tool_calls")
                .addObject();
        call.put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", result.tool())
                .put("arguments", Json.MAPPER.writeValueAsString(result.arguments()));
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", id)
                .put("content", bounded(words(result), LONGEST_RESULT));
    }

    private static String words(ToolResult result) {
        if (result.outcome() instanceof ToolResult.Returned returned) {
            return returned.content().toString();
        }
        if (result.outcome() instanceof ToolResult.Failed failed) {
            return "This did not work. The tool says: " + failed.reason();
        }
        return "The person declined this call. It was not made, and nothing was done.";
    }

    private static String bounded(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) + "\u2026" : text;
    }
}
