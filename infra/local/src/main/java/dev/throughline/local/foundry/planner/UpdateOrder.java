package dev.throughline.local.foundry.planner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Changes an order. Only a command changes anything: "ORD-003 has shipped" is read as a question.
 *
 * @param id empty where the person has to say which
 * @param changes argument of the tool and its new value; empty where the person has to say what
 */
record UpdateOrder(Optional<String> id, Map<String, Object> changes) implements Intent {

    private static final String TOOL = "update-order";

    private static final Pattern ASKED = Pattern.compile(
            "^(?:change|set|update|modify|edit|amend|adjust|correct|rename|fix|mark|flag|move|switch|make|put|increase|decrease"
                    + "|raise|reduce|lower)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Map<String, Pattern> STATUS_VERBS = Map.of(
            "shipped", Pattern.compile("^(?:ship|dispatch|send|send out)\\b", Pattern.CASE_INSENSITIVE),
            "delivered", Pattern.compile("^deliver\\b", Pattern.CASE_INSENSITIVE),
            "cancelled", Pattern.compile("^(?:cancel|call off|abort)\\b", Pattern.CASE_INSENSITIVE),
            "pending", Pattern.compile("^(?:reopen|re-open)\\b", Pattern.CASE_INSENSITIVE));

    private static final Pattern NAMES_NO_ORDER = Pattern.compile("\\borders\\b", Pattern.CASE_INSENSITIVE);

    static Optional<Intent> read(Sentence sentence) {
        Optional<String> id = only(sentence.orderIds());
        for (Map.Entry<String, Pattern> verb : STATUS_VERBS.entrySet()) {
            if (sentence.has(verb.getValue())
                    && (id.isPresent() || sentence.lower().endsWith(" order"))) {
                return Optional.of(new UpdateOrder(id, Map.of("status", verb.getKey())));
            }
        }
        if (!sentence.has(ASKED)) {
            return Optional.empty();
        }
        Map<String, Object> changes = ChangesReader.read(sentence.withoutOrderIds());
        boolean aboutAnOrder =
                id.isPresent() || !changes.isEmpty() || sentence.lower().contains("order");
        return aboutAnOrder && !(id.isEmpty() && sentence.has(NAMES_NO_ORDER) && changes.isEmpty())
                ? Optional.of(new UpdateOrder(id, changes))
                : Optional.empty();
    }

    private static Optional<String> only(List<String> ids) {
        return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
    }

    @Override
    public boolean isOpen() {
        return id.isEmpty() || changes.isEmpty();
    }

    @Override
    public Optional<Intent> continuedBy(Sentence sentence, Optional<Intent> command) {
        if (command.isPresent() && !(command.get() instanceof UpdateOrder)) {
            return Optional.empty();
        }
        Optional<String> saidId = only(sentence.orderIds());
        if (command.isPresent() && saidId.isPresent() && id.isPresent()) {
            return Optional.empty();
        }
        Map<String, Object> said = new LinkedHashMap<>(changes);
        said.putAll(bareChanges(sentence));
        UpdateOrder continued = new UpdateOrder(id.or(() -> saidId), said);
        return continued.equals(this) ? Optional.empty() : Optional.of(continued);
    }

    /** In an answer, "4" is a quantity and "shipped" a status. */
    private static Map<String, Object> bareChanges(Sentence sentence) {
        Map<String, Object> changes = ChangesReader.read("to " + sentence.withoutOrderIds());
        return changes.isEmpty() ? ChangesReader.read(sentence.withoutOrderIds()) : changes;
    }

    @Override
    public Step next(Turn turn) {
        if (turn.tool(TOOL).isEmpty()) {
            return Replies.noTool("change orders");
        }
        if (id.isEmpty()) {
            return new Step.Answer("Which order shall I change? Name one by its id, such as ORD-005.");
        }
        if (changes.isEmpty()) {
            return new Step.Answer(
                    "What shall I change in " + id.get() + "? I can set its quantity, product, customer, or"
                            + " status (" + String.join(", ", Words.STATUSES) + ").");
        }
        return turn.results().isEmpty()
                ? new Step.Call(TOOL, arguments())
                : Replies.to(turn.results().get(0), "change " + id.get(), this::answer);
    }

    private Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("id", id.orElseThrow());
        arguments.putAll(changes);
        return arguments;
    }

    private String answer(JsonNode content) {
        return Order.from(content)
                .map(order -> "Done: I changed " + Markdown.escape(order.id()) + ". It is "
                        + Markdown.escape(order.status()) + " now, " + order.inWords() + ".\n\n"
                        + Order.table(List.of(order)))
                .orElseGet(() -> Replies.unexpected(content));
    }
}
