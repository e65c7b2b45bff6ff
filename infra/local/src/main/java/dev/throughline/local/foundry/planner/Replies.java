package dev.throughline.local.foundry.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Sentences that several intents need. */
final class Replies {

    private static final int MAX_FACTS = 40;

    private Replies() {}

    /**
     * The answer to a tool's result: what {@code done} makes of its content, or why there is none. A tool that answers
     * with plain words has not said that it did anything, so its words are passed on and nothing is claimed.
     */
    static Step to(ToolResult result, String deed, Function<JsonNode, String> done) {
        if (result.outcome() instanceof ToolResult.Returned returned) {
            return new Step.Answer(
                    returned.content().isContainer()
                            ? done.apply(returned.content())
                            : saying(returned.content().asString("")));
        }
        if (result.outcome() instanceof ToolResult.Failed failed) {
            return new Step.Answer(failure(deed, failed));
        }
        return new Step.Answer("I did not " + deed + ", because you declined it. Nothing was done.");
    }

    static String failure(String deed, ToolResult.Failed failed) {
        return "I could not " + deed + ". " + saying(failed.reason());
    }

    /** An answer that does not have the form of what was asked for, without a claim about what it means. */
    static String unexpected(JsonNode content) {
        return "The order desk answers:\n\n" + facts(content);
    }

    /** What a tool answered about one of several things, where that is not the thing itself. */
    static String said(String about, JsonNode content) {
        return "About " + about + ": " + saying(content.isContainer() ? content.toString() : content.asString(""));
    }

    private static String saying(String words) {
        return words.isBlank()
                ? "The order desk does not say why."
                : "The order desk says: " + Markdown.sentences(words);
    }

    /** For this person the server lists no such tool. */
    static Step noTool(String deed) {
        return new Step.Answer("I cannot " + deed + ": the order desk gives me no tool for that.");
    }

    /** All facts of an answer whose form is the tool's own, as a table of names and values. */
    static String facts(JsonNode content) {
        List<List<String>> rows = new ArrayList<>();
        collect("", content, rows);
        return Markdown.table(List.of("What", "Value"), rows);
    }

    private static void collect(String name, JsonNode value, List<List<String>> rows) {
        if (rows.size() >= MAX_FACTS || value.isNull()) {
            return;
        }
        if (value.isObject()) {
            value.properties().forEach(it -> collect(join(name, it.getKey()), it.getValue(), rows));
        } else if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(part.isValueNode() ? part.asString() : part.toString()));
            rows.add(List.of(name, String.join(", ", parts)));
        } else {
            rows.add(List.of(name.isEmpty() ? "answer" : name, value.asString()));
        }
    }

    private static String join(String name, String part) {
        return (name.isEmpty() ? "" : name + " ") + part.replace('_', ' ');
    }
}
