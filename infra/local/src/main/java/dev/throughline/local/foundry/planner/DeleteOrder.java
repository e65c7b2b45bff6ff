package dev.throughline.local.foundry.planner;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Deletes an order. One at a time, so that each is meant.
 *
 * @param id empty where the person has to say which
 */
record DeleteOrder(Optional<String> id) implements Intent {

    private static final String TOOL = "delete-order";
    private static final Pattern ASKED = Pattern.compile(
            "^(?:delete|remove|erase|drop|destroy|bin|trash|discard|get rid of|throw away|throw out)\\b",
            Pattern.CASE_INSENSITIVE);

    static Optional<Intent> read(Sentence sentence) {
        return sentence.has(ASKED) ? Optional.of(new DeleteOrder(only(sentence.orderIds()))) : Optional.empty();
    }

    private static Optional<String> only(List<String> ids) {
        return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
    }

    @Override
    public boolean isOpen() {
        return id.isEmpty();
    }

    @Override
    public Optional<Intent> continuedBy(Sentence sentence, Optional<Intent> command) {
        return command.isPresent() || sentence.orderIds().size() != 1
                ? Optional.empty()
                : Optional.of(new DeleteOrder(only(sentence.orderIds())));
    }

    @Override
    public Step next(Turn turn) {
        String deed = "delete " + id.orElse("orders");
        if (turn.tool(TOOL).isEmpty()) {
            return Replies.noTool(deed);
        }
        if (id.isEmpty()) {
            return new Step.Answer(
                    "Which order shall I delete? Name one by its id, such as ORD-008; I delete one at a" + " time.");
        }
        return turn.results().isEmpty()
                ? new Step.Call(TOOL, Map.of("id", id.get()))
                : Replies.to(turn.results().get(0), deed, this::answer);
    }

    private String answer(JsonNode content) {
        if (!content.has("deleted")) {
            return Replies.unexpected(content);
        }
        return "Done: I deleted " + id.orElseThrow()
                + Order.from(content.path("deleted"))
                        .map(order -> ", " + order.inWords() + ".")
                        .orElse(".");
    }
}
