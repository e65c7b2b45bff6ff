package dev.throughline.local.foundry.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lists orders: all that the server lets this person see, page by page, and of these the ones asked for.
 *
 * @param filter the ones asked for
 */
record ListOrders(OrderFilter filter) implements Intent {

    private static final String TOOL = "list-orders";
    private static final String DEED = "list the orders";
    private static final int PAGE = 50;
    private static final int MAX_PAGES = 5;

    private static final Pattern ORDERS =
            Pattern.compile("\\b(?:orders|everything|all of (?:it|them)|the lot)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUESTION = Pattern.compile(
            "^(?:list|show|display|view|see|find|search|give|get|fetch|print|tell|what|what's|which|how many|count|any|anything"
                    + "|is there|are there|is anything|who|do i|do we|have i|have we)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE_LIST = Pattern.compile(
            "^(?:list|show|list (?:them|all)|show (?:me )?(?:them|all)|all|overview|give me an overview)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ORDER = Pattern.compile("\\border(?:s|ed)?\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern OWN =
            Pattern.compile("\\b(?:mine|i own|belong\\w* to me|my own)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHO_ORDERED = Pattern.compile(
            "^(?:who|what) (?:has |have |did )?.*\\b(?:order|ordered|bought|buy)\\b", Pattern.CASE_INSENSITIVE);

    static Optional<Intent> read(Sentence sentence) {
        if (!sentence.orderIds().isEmpty()) {
            return Optional.empty();
        }
        OrderFilter filter = OrderFilter.from(sentence);
        boolean aboutOrders = sentence.has(ORDERS)
                || sentence.has(BARE_LIST)
                || sentence.has(WHO_ORDERED)
                || (sentence.has(QUESTION) && (!filter.statuses().isEmpty() || sentence.has(OWN)))
                || (sentence.has(ORDER) && !filter.words().isEmpty());
        return aboutOrders ? Optional.of(new ListOrders(filter)) : Optional.empty();
    }

    /** Just a status, or just "mine". */
    static Optional<Intent> mention(Sentence sentence) {
        boolean few = sentence.text().split(" ").length <= 3;
        OrderFilter filter = OrderFilter.from(sentence);
        return few && sentence.orderIds().isEmpty() && (!filter.statuses().isEmpty() || sentence.has(OWN))
                ? Optional.of(new ListOrders(filter))
                : Optional.empty();
    }

    @Override
    public Step next(Turn turn) {
        Optional<Tool> list = turn.tool(TOOL);
        if (list.isEmpty()) {
            return Replies.noTool(DEED);
        }
        if (filter.ownOnly()
                && turn.resultsOf(WhoAmI.TOOL).isEmpty()
                && turn.tool(WhoAmI.TOOL).isPresent()) {
            return new Step.Call(WhoAmI.TOOL, Map.of());
        }
        List<ToolResult> pages = turn.resultsOf(TOOL);
        if (pages.isEmpty()) {
            return new Step.Call(TOOL, arguments(list.get(), ""));
        }
        ToolResult last = pages.get(pages.size() - 1);
        if (!(last.outcome() instanceof ToolResult.Returned returned)
                || !returned.content().isContainer()) {
            return Replies.to(last, DEED, content -> "");
        }
        String cursor = returned.content().path("next_cursor").stringValue("");
        if (!cursor.isEmpty() && pages.size() < MAX_PAGES) {
            return new Step.Call(TOOL, arguments(list.get(), cursor));
        }
        return answer(turn, pages, !cursor.isEmpty());
    }

    private Map<String, Object> arguments(Tool list, String cursor) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (filter.statuses().size() == 1 && list.accepts("status")) {
            arguments.put("status", filter.statuses().iterator().next());
        }
        if (list.accepts("limit")) {
            arguments.put("limit", list.atMost("limit", PAGE));
        }
        if (!cursor.isEmpty()) {
            arguments.put("cursor", cursor);
        }
        return arguments;
    }

    private Step answer(Turn turn, List<ToolResult> pages, boolean more) {
        Optional<String> person = turn.resultsOf(WhoAmI.TOOL).stream()
                .flatMap(result -> result.returned().stream())
                .flatMap(content -> WhoAmI.objectId(content).stream())
                .findFirst();
        if (filter.ownOnly() && person.isEmpty()) {
            return new Step.Answer("I cannot tell which orders are yours, because the order desk does not say who you"
                    + " are. Ask me to \"list my orders\" for all that you can see.");
        }
        List<Order> orders = new ArrayList<>();
        for (ToolResult page : pages) {
            page.returned()
                    .ifPresent(content -> Order.listFrom(content).stream()
                            .filter(order -> filter.accepts(order, person.orElse("")))
                            .forEach(orders::add));
        }
        String table = orders.isEmpty() ? "" : "\n\n" + Order.table(orders);
        String rest = more ? "\n\nThere are more: I stopped after " + pages.size() + " pages of the list." : "";
        return new Step.Answer(filter.sentence(orders.size()) + table + rest);
    }
}
