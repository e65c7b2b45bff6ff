package dev.throughline.local.foundry.planner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Creates an order. What is missing is asked for, one thing at a time.
 *
 * @param customer who it is for
 * @param product what
 * @param quantity how many
 */
record CreateOrder(Optional<String> customer, Optional<String> product, Optional<Integer> quantity) implements Intent {

    private static final String TOOL = "create-order";
    private static final String DEED = "create the order";

    private static final Pattern WITH_VERB = Pattern.compile(
            "^(?:(?:create|make|place|add|enter|open|start|submit|put in|register|book|take)(?: me| us)?"
                    + "(?: an?| another| one| the)?(?: new)? order|new order)\\b(?!s)(.*)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BY_ORDERING = Pattern.compile(
            "^(?:order|buy)\\s+(" + Words.NUMBER + "\\s*(?:x|\u00d7)?\\s+(?!details?\\b|status\\b|info).+)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BY_NEED = Pattern.compile(
            "^(?:i|we) (?:need|want|would like|order)\\s+(" + Words.PLAIN_NUMBER + "\\s+(?!orders?\\b).+)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BY_SOMEBODYS_NEED = Pattern.compile(
            "^(?!(?:i|we|who|what|which|how|he|she|they)\\b)([\\p{L}.'-]+(?: [\\p{L}.'-]+){0,3}) (?:wants|needs|would like)(?: to order| to buy)?"
                    + "\\s+(" + Words.NUMBER + "\\s+.+)$",
            Pattern.CASE_INSENSITIVE);

    static Optional<Intent> read(Sentence sentence) {
        Matcher verb = WITH_VERB.matcher(sentence.text());
        if (verb.find()) {
            return Optional.of(NewOrderReader.read(verb.group(1)));
        }
        Matcher ordering = BY_ORDERING.matcher(sentence.text());
        if (ordering.find()) {
            return Optional.of(NewOrderReader.read(ordering.group(1)));
        }
        Matcher need = BY_NEED.matcher(sentence.text());
        if (need.find()) {
            return Optional.of(NewOrderReader.read(need.group(1)));
        }
        Matcher somebody = BY_SOMEBODYS_NEED.matcher(sentence.text());
        return somebody.find()
                ? Optional.of(NewOrderReader.things(somebody.group(2)).withCustomer(Optional.of(somebody.group(1))))
                : Optional.empty();
    }

    CreateOrder withCustomer(Optional<String> other) {
        return new CreateOrder(other, product, quantity);
    }

    @Override
    public boolean isOpen() {
        return customer.isEmpty() || product.isEmpty() || quantity.isEmpty();
    }

    @Override
    public Optional<Intent> continuedBy(Sentence sentence, Optional<Intent> command) {
        if (command.isPresent()) {
            return Optional.empty();
        }
        CreateOrder said = NewOrderReader.read(sentence.text());
        if (said.customer().isPresent()) {
            return Optional.of(with(said));
        }
        return customer.isEmpty() && said.quantity().isEmpty()
                ? Optional.of(withCustomer(NewOrderReader.clean(sentence.text())))
                : Optional.of(with(said));
    }

    /** What was said now wins only where nothing was known. */
    private CreateOrder with(CreateOrder said) {
        return new CreateOrder(customer.or(said::customer), product.or(said::product), quantity.or(said::quantity));
    }

    @Override
    public Step next(Turn turn) {
        if (turn.tool(TOOL).isEmpty()) {
            return Replies.noTool("create orders");
        }
        if (customer.isEmpty()) {
            return new Step.Answer("Who is the order for? Tell me the customer's name.");
        }
        if (product.isEmpty()) {
            return new Step.Answer(
                    "What does " + Markdown.escape(customer.get()) + " order? Tell me product and quantity.");
        }
        if (quantity.isEmpty()) {
            return new Step.Answer("How many of \"" + Markdown.escape(product.get()) + "\"? Tell me a number.");
        }
        return turn.results().isEmpty()
                ? new Step.Call(TOOL, arguments())
                : Replies.to(turn.results().get(0), DEED, CreateOrder::answer);
    }

    private Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("customer_name", customer.orElseThrow());
        arguments.put("product", product.orElseThrow());
        arguments.put("quantity", quantity.orElseThrow());
        return arguments;
    }

    private static String answer(JsonNode content) {
        return Order.from(content)
                .map(order -> "Done: I created " + Markdown.escape(order.id()) + ", " + order.inWords() + ".\n\n"
                        + Order.table(List.of(order)))
                .orElseGet(() -> Replies.unexpected(content));
    }
}
