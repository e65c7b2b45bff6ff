package dev.throughline.in.mcp;

import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.Caller;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.in.http.Representation;
import dev.throughline.in.orders.InvalidCursorException;
import dev.throughline.in.orders.OrderDesk;
import dev.throughline.in.orders.OrderLists;
import dev.throughline.in.orders.WireOrder;
import dev.throughline.in.refusal.Refusals;
import dev.throughline.order.Changes;
import dev.throughline.order.CustomerName;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderOutcome;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
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
    private final Clock clock;

    @Inject
    OrderTools(OrderDesk desk, OrderLists lists, Clock clock) {
        this.desk = desk;
        this.lists = lists;
        this.clock = clock;
    }

    /** All tools, in the order in which they are listed. */
    List<OrderTool> all() {
        return List.of(
                new OrderTool(Action.LIST_ORDERS, ToolDefinitions.listOrders(), this::list),
                new OrderTool(Action.READ_ORDER, ToolDefinitions.getOrder(), this::find),
                new OrderTool(Action.CREATE_ORDER, ToolDefinitions.createOrder(), this::place),
                new OrderTool(Action.UPDATE_ORDER, ToolDefinitions.updateOrder(), this::amend),
                new OrderTool(Action.DELETE_ORDER, ToolDefinitions.deleteOrder(), this::delete),
                new OrderTool(Action.CHECK_HEALTH, ToolDefinitions.healthCheck(), this::health),
                new OrderTool(Action.WHO_AM_I, ToolDefinitions.whoAmI(), this::whoAmI));
    }

    private CallToolResult list(Caller caller, Arguments arguments) throws ToolErrorException {
        OrderQuery query = query(caller, arguments);
        return render(desk.list(caller, query), page -> lists.page(caller.user(), query, page));
    }

    private OrderQuery query(Caller caller, Arguments arguments) throws ToolErrorException {
        try {
            return lists.query(
                    caller.user(),
                    arguments.text("status").map(OrderStatus::parse),
                    arguments.text("cursor"),
                    arguments.integer("limit").orElse(OrderQuery.DEFAULT_LIMIT));
        } catch (InvalidCursorException e) {
            throw new ToolErrorException(InvalidCursorException.SENTENCE);
        }
    }

    private CallToolResult find(Caller caller, Arguments arguments) {
        return render(desk.find(caller, arguments.required("id")), WireOrder::of);
    }

    private CallToolResult place(Caller caller, Arguments arguments) {
        NewOrder order = new NewOrder(
                new CustomerName(arguments.required("customer_name")),
                new Product(arguments.required("product")),
                new Quantity(arguments.requiredInteger("quantity")));
        return render(desk.place(caller, order), WireOrder::of);
    }

    private CallToolResult amend(Caller caller, Arguments arguments) {
        Changes changes = new Changes(
                arguments.text("customer_name").map(CustomerName::new),
                arguments.text("product").map(Product::new),
                arguments.integer("quantity").map(Quantity::new),
                arguments.text("status").map(OrderStatus::parse));
        return render(desk.amend(caller, arguments.required("id"), changes, OptionalLong.empty()), WireOrder::of);
    }

    private CallToolResult delete(Caller caller, Arguments arguments) {
        return render(desk.delete(caller, arguments.required("id"), OptionalLong.empty()), Deleted::of);
    }

    private CallToolResult health(Caller caller, Arguments arguments) {
        return ToolResults.of(new Health("up", clock.instant().toString()));
    }

    private CallToolResult whoAmI(Caller caller, Arguments arguments) {
        return ToolResults.of(Identity.of(caller));
    }

    private static <T> CallToolResult render(OrderOutcome<T> outcome, Function<T, Representation> form) {
        return outcome.match(
                value -> ToolResults.of(form.apply(value)),
                ToolResults::notFound,
                ToolResults::changedMeanwhile,
                refusal -> ToolResults.error(Refusals.problem(refusal).detail()));
    }

    private record Deleted(WireOrder deleted) implements Representation {
        static Deleted of(Order order) {
            return new Deleted(WireOrder.of(order));
        }
    }

    private record Health(String status, String time) implements Representation {}

    private record Identity(
            String user,
            String tenant,
            List<String> roles,
            Optional<String> agent,
            String client,
            String audience,
            List<String> scopes)
            implements Representation {

        static Identity of(Caller caller) {
            return new Identity(
                    caller.user().id().toString(),
                    caller.user().tenant().toString(),
                    caller.user().roles().stream().sorted().map(Role::claim).toList(),
                    caller.actingAgent().map(Agent::name),
                    caller.client().value(),
                    caller.credential().audience(),
                    caller.scopes().stream().sorted().map(Scope::claim).toList());
        }
    }
}
