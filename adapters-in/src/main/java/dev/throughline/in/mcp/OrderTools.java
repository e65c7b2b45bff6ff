package dev.throughline.in.mcp;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.in.http.Representation;
import dev.throughline.in.mcp.McpTool.Operation;
import dev.throughline.in.mcp.ToolOutcome.Awaits;
import dev.throughline.in.mcp.ToolOutcome.Ran;
import dev.throughline.in.mcp.ToolOutcome.Refused;
import dev.throughline.in.orders.OrderDesk;
import dev.throughline.in.orders.OrderLists;
import dev.throughline.in.orders.StatusMoves;
import dev.throughline.in.orders.WireOrder;
import dev.throughline.in.wire.InvalidCursorException;
import dev.throughline.order.Changes;
import dev.throughline.order.CustomerName;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderOutcome;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The tools of the order desk: each parses, calls its use case and renders. */
@Dependent
class OrderTools {
    private final OrderDesk desk;
    private final OrderLists lists;
    private final WhoAmI whoAmI;
    private final Clock clock;

    @Inject
    OrderTools(OrderDesk desk, OrderLists lists, AccessPolicy policy, Clock clock) {
        this.desk = desk;
        this.lists = lists;
        this.whoAmI = new WhoAmI(policy, clock);
        this.clock = clock;
    }

    /** All tools, in the order in which they are listed. */
    List<OrderTool> all() {
        return List.of(
                ToolDefinitions.listOrders(this::list),
                ToolDefinitions.getOrder(this::find),
                ToolDefinitions.createOrder(this::place),
                ToolDefinitions.updateOrder(this::amend),
                ToolDefinitions.deleteOrder(this::delete),
                ToolDefinitions.healthCheck(this::health),
                ToolDefinitions.whoAmI(this::whoAmI));
    }

    private Operation list(Arguments arguments) {
        Optional<OrderStatus> status = arguments.text("status").map(OrderStatus::parse);
        Optional<String> cursor = arguments.text("cursor");
        int limit = arguments.integer("limit").orElse(OrderQuery.DEFAULT_LIMIT);
        return context -> {
            Caller caller = context.caller();
            OrderQuery query = query(caller, status, cursor, limit);
            return render(
                    desk.list(caller, Door.MCP, query), page -> lists.page(caller, query, page), OrderTexts::page);
        };
    }

    private OrderQuery query(Caller caller, Optional<OrderStatus> status, Optional<String> cursor, int limit)
            throws ToolErrorException {
        try {
            return lists.query(caller, status, cursor, limit);
        } catch (InvalidCursorException e) {
            throw new ToolErrorException(InvalidCursorException.SENTENCE);
        }
    }

    private Operation find(Arguments arguments) {
        String id = arguments.required("id");
        return context -> render(desk.find(context.caller(), Door.MCP, id), WireOrder::of, OrderTexts::order);
    }

    private Operation place(Arguments arguments) {
        NewOrder order = new NewOrder(
                new CustomerName(arguments.required("customer_name")),
                new Product(arguments.required("product")),
                new Quantity(arguments.requiredInteger("quantity")));
        return change(
                caller -> desk.place(caller, Door.MCP, order),
                caller -> desk.proposePlacing(caller, Door.MCP, order),
                WireOrder::of,
                placed -> "Placed " + OrderTexts.order(placed));
    }

    private Operation amend(Arguments arguments) {
        String id = arguments.required("id");
        Changes changes = new Changes(
                arguments.text("customer_name").map(CustomerName::new),
                arguments.text("product").map(Product::new),
                arguments.integer("quantity").map(Quantity::new),
                arguments.text("status").map(OrderStatus::parse));
        return change(
                caller -> desk.amend(caller, Door.MCP, id, changes, OptionalLong.empty()),
                caller -> desk.proposeAmending(caller, Door.MCP, id, changes),
                WireOrder::of,
                changed -> "Changed " + OrderTexts.order(changed));
    }

    private Operation delete(Arguments arguments) {
        String id = arguments.required("id");
        return change(
                caller -> desk.delete(caller, Door.MCP, id, OptionalLong.empty()),
                caller -> desk.proposeDeleting(caller, Door.MCP, id),
                Deleted::of,
                gone -> "Deleted " + OrderTexts.order(gone.deleted()));
    }

    private Operation health(Arguments arguments) {
        return context -> {
            String time = clock.instant().toString();
            return new Ran(ToolResults.of(new Health("up", time), "The order desk answers; its time is " + time + "."));
        };
    }

    private Operation whoAmI(Arguments arguments) {
        return context -> {
            WhoAmI.Identity identity = whoAmI.identity(context.caller());
            return new Ran(ToolResults.of(identity, identity.text()));
        };
    }

    /** A tool that changes an order, or asks whether it may. */
    private static <R extends Representation> Operation change(
            Function<Caller, OrderOutcome<Order>> make,
            Function<Caller, OrderOutcome<Order>> propose,
            Function<Order, R> form,
            Function<R, String> words) {
        return new Operation() {
            @Override
            public ToolOutcome run(ToolContext context) {
                return render(make.apply(context.caller()), form, words);
            }

            @Override
            public Optional<ToolOutcome> propose(ToolContext context) {
                return Optional.of(render(propose.apply(context.caller()), form, words));
            }
        };
    }

    private static <T, R extends Representation> ToolOutcome render(
            OrderOutcome<T> outcome, Function<T, R> form, Function<R, String> words) {
        return outcome.match(
                done -> {
                    R shown = form.apply(done.value());
                    return new Ran(ToolResults.of(shown, words.apply(shown)), done.approved());
                },
                () -> new Ran(ToolResults.notFound()),
                () -> new Ran(ToolResults.changedMeanwhile()),
                status -> new Ran(ToolResults.error(StatusMoves.sentence(status))),
                Awaits::new,
                Refused::new);
    }

    private record Deleted(WireOrder deleted) implements Representation {
        static Deleted of(Order order) {
            return new Deleted(WireOrder.of(order));
        }
    }

    private record Health(String status, String time) implements Representation {}
}
