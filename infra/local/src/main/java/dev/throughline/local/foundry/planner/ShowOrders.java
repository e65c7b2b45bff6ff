package dev.throughline.local.foundry.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Shows orders that the person names.
 *
 * @param ids which, at most {@value #MAX}; empty where the person has to say which
 */
record ShowOrders(List<String> ids) implements Intent {

    static final int MAX = 5;

    private static final String TOOL = "get-order";
    private static final Pattern ASKED_WITHOUT_ID = Pattern.compile(
            "^(?:(?:show|display|open|view|get|give|find|see)(?: me)?|details(?: of| for)?|where is|what about)"
                    + "(?: (?:the|an?|my|one|this|that|single|details of|the details of))*"
                    + " (?:order|order details)$|^(?:details|order details|which order)$",
            Pattern.CASE_INSENSITIVE);

    static Optional<Intent> read(Sentence sentence) {
        return sentence.has(ASKED_WITHOUT_ID) ? Optional.of(new ShowOrders(List.of())) : Optional.empty();
    }

    /** Whatever else was said of an order, showing it does no harm. */
    static Optional<Intent> mention(Sentence sentence) {
        List<String> ids = sentence.orderIds();
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of(new ShowOrders(ids.subList(0, Math.min(MAX, ids.size()))));
    }

    @Override
    public boolean isOpen() {
        return ids.isEmpty();
    }

    @Override
    public Optional<Intent> continuedBy(Sentence sentence, Optional<Intent> command) {
        return command.isPresent() ? Optional.empty() : mention(sentence).or(() -> number(sentence));
    }

    /** "3" as an answer to "which one?". */
    private static Optional<Intent> number(Sentence sentence) {
        return sentence.text().matches("\\d{1,9}") ? mention(new Sentence("#" + sentence.text())) : Optional.empty();
    }

    @Override
    public Step next(Turn turn) {
        if (turn.tool(TOOL).isEmpty()) {
            return Replies.noTool("show single orders");
        }
        if (ids.isEmpty()) {
            return new Step.Answer("Which order do you want to see? Name it by its id, such as ORD-003.");
        }
        int shown = turn.results().size();
        return shown < ids.size() ? new Step.Call(TOOL, Map.of("id", ids.get(shown))) : answer(turn.results());
    }

    private Step answer(List<ToolResult> results) {
        if (results.size() == 1) {
            return Replies.to(
                    results.get(0),
                    "show " + ids.get(0),
                    content -> Order.from(content)
                            .map(order -> Markdown.escape(order.id()) + " is " + Markdown.escape(order.status()) + ": "
                                    + order.inWords() + ".\n\n" + Order.table(List.of(order)))
                            .orElseGet(() -> Replies.facts(content)));
        }
        List<Order> orders = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            int index = i;
            if (results.get(i).outcome() instanceof ToolResult.Returned returned) {
                Order.from(returned.content())
                        .ifPresentOrElse(
                                orders::add, () -> failures.add(Replies.said(ids.get(index), returned.content())));
            } else if (results.get(i).outcome() instanceof ToolResult.Failed failed) {
                failures.add(Replies.failure("show " + ids.get(i), failed));
            }
        }
        String found = orders.isEmpty() ? "" : "These are the orders you named:\n\n" + Order.table(orders);
        return new Step.Answer((found + "\n\n" + String.join("\n\n", failures)).strip());
    }
}
