package dev.throughline.in.orders;

import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.order.AmendOrder;
import dev.throughline.order.Changes;
import dev.throughline.order.DeleteOrder;
import dev.throughline.order.FindOrder;
import dev.throughline.order.Keyed;
import dev.throughline.order.KeyedOrder;
import dev.throughline.order.ListOrders;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderOutcome;
import dev.throughline.order.OrderPage;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.PlaceOrder;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.OptionalLong;

/**
 * The use cases of the order desk, by the ids that callers send. A text that no order can have as its id is answered
 * like an unknown id, after the same decision.
 */
@Dependent
public class OrderDesk {
    /** An id that every order could have and none has. */
    private static final OrderId NOBODYS = new OrderId("ORD-000");

    private final ListOrders list;
    private final FindOrder find;
    private final PlaceOrder place;
    private final AmendOrder amend;
    private final DeleteOrder delete;

    @Inject
    public OrderDesk(ListOrders list, FindOrder find, PlaceOrder place, AmendOrder amend, DeleteOrder delete) {
        this.list = list;
        this.find = find;
        this.place = place;
        this.amend = amend;
        this.delete = delete;
    }

    public OrderOutcome<OrderPage> list(Caller caller, Door door, OrderQuery query) {
        return list.handle(caller, door, query);
    }

    public OrderOutcome<Order> find(Caller caller, Door door, String id) {
        return find.handle(caller, door, id(id));
    }

    public OrderOutcome<Order> place(Caller caller, Door door, NewOrder order) {
        return place.handle(caller, door, order);
    }

    /** Places an order once, however often it is asked for under the same key. */
    public Keyed<OrderOutcome<Order>> place(Caller caller, Door door, KeyedOrder order) {
        return place.handle(caller, door, order);
    }

    public OrderOutcome<Order> amend(
            Caller caller, Door door, String id, Changes changes, OptionalLong expectedVersion) {
        return amend.handle(caller, door, id(id), changes, expectedVersion);
    }

    public OrderOutcome<Order> delete(Caller caller, Door door, String id, OptionalLong expectedVersion) {
        return delete.handle(caller, door, id(id), expectedVersion);
    }

    /** Asks the person whether an agent may place an order, and does nothing else. */
    public OrderOutcome<Order> proposePlacing(Caller caller, Door door, NewOrder order) {
        return place.propose(caller, door, order);
    }

    /** Asks the person whether an agent may change an order, and does nothing else. */
    public OrderOutcome<Order> proposeAmending(Caller caller, Door door, String id, Changes changes) {
        return amend.propose(caller, door, id(id), changes);
    }

    /** Asks the person whether an agent may delete an order, and does nothing else. */
    public OrderOutcome<Order> proposeDeleting(Caller caller, Door door, String id) {
        return delete.propose(caller, door, id(id));
    }

    private static OrderId id(String text) {
        return OrderId.parse(text).orElse(NOBODYS);
    }
}
