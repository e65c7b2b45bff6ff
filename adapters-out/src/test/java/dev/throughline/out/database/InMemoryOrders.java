package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.order.IdempotencyKey;
import dev.throughline.order.Keyed;
import dev.throughline.order.Keyed.Again;
import dev.throughline.order.Keyed.First;
import dev.throughline.order.Keyed.KeyReused;
import dev.throughline.order.KeyedOrder;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderPage;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Orders;
import dev.throughline.order.RememberedKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Orders that are forgotten with the test. */
final class InMemoryOrders implements Orders, RememberedKeys {
    private final TreeMap<Long, Order> orders = new TreeMap<>();
    private final Map<Name, Kept> keys = new HashMap<>();
    private final InMemoryApprovals approvals;
    private final Clock clock;
    private long lastNumber;

    InMemoryOrders(InMemoryApprovals approvals, Clock clock) {
        this.approvals = approvals;
        this.clock = clock;
    }

    @Override
    public synchronized OrderPage list(Permit permit, OrderQuery query) {
        permit.requireFor(Action.LIST_ORDERS);
        List<Order> found = orders.tailMap(query.after().map(OrderId::number).orElse(0L), false).values().stream()
                .filter(order -> covers(permit, order)
                        && query.status().map(order.status()::equals).orElse(true))
                .limit(query.limit() + 1L)
                .toList();
        return found.size() <= query.limit()
                ? new OrderPage(found, Optional.empty())
                : new OrderPage(
                        found.subList(0, query.limit()),
                        Optional.of(found.get(query.limit() - 1).id()));
    }

    @Override
    public synchronized Optional<Order> find(Permit permit, OrderId id) {
        if (permit.action() != Action.UPDATE_ORDER && permit.action() != Action.DELETE_ORDER) {
            permit.requireFor(Action.READ_ORDER);
        }
        return Optional.ofNullable(orders.get(id.number())).filter(order -> covers(permit, order));
    }

    @Override
    public synchronized Order add(Permit permit, NewOrder order) {
        permit.requireFor(Action.CREATE_ORDER);
        return approvals
                .spending(permit, OptionalLong.empty(), clock.instant(), () -> Optional.of(added(permit.user(), order)))
                .orElseThrow();
    }

    private Order added(User user, NewOrder order) {
        Order added = new Order(
                OrderId.of(++lastNumber),
                user.tenant(),
                user.id(),
                order.customerName(),
                order.product(),
                order.quantity(),
                OrderStatus.PENDING,
                clock.instant(),
                1);
        orders.put(lastNumber, added);
        return added;
    }

    @Override
    public synchronized Keyed<Order> add(Permit permit, KeyedOrder order) {
        return placedBefore(permit.user(), order).orElseGet(() -> {
            Order added = add(permit, order.order());
            keys.put(name(permit.user(), order), new Kept(order.digest(), added));
            return new First<>(added);
        });
    }

    @Override
    public synchronized Optional<Keyed<Order>> placedBefore(Permit permit, KeyedOrder order) {
        permit.requireFor(Action.READ_ORDER);
        return placedBefore(permit.user(), order);
    }

    private Optional<Keyed<Order>> placedBefore(User user, KeyedOrder order) {
        return Optional.ofNullable(keys.get(name(user, order)))
                .map(kept -> kept.digest().equals(order.digest()) ? new Again<>(kept.order()) : new KeyReused<>());
    }

    @Override
    public synchronized void forgetBefore(Instant moment) {
        keys.values().removeIf(kept -> kept.order().createdAt().isBefore(moment));
    }

    private static Name name(User user, KeyedOrder order) {
        return new Name(user.tenant(), user.id(), order.key());
    }

    @Override
    public synchronized Optional<Order> replace(Permit permit, Order changed) {
        permit.requireFor(Action.UPDATE_ORDER);
        return change(permit, changed, before -> {
            Order after = new Order(
                    before.id(),
                    before.tenant(),
                    before.owner(),
                    changed.customerName(),
                    changed.product(),
                    changed.quantity(),
                    changed.status(),
                    before.createdAt(),
                    before.version() + 1);
            orders.put(after.id().number(), after);
            return after;
        });
    }

    @Override
    public synchronized boolean remove(Permit permit, Order order) {
        permit.requireFor(Action.DELETE_ORDER);
        return change(permit, order, found -> orders.remove(found.id().number()))
                .isPresent();
    }

    private Optional<Order> change(Permit permit, Order order, UnaryOperator<Order> change) {
        return approvals.spending(
                permit,
                OptionalLong.of(order.version()),
                clock.instant(),
                () -> current(permit, order).map(change));
    }

    private Optional<Order> current(Permit permit, Order order) {
        return Optional.ofNullable(orders.get(order.id().number()))
                .filter(found -> covers(permit, found) && found.version() == order.version());
    }

    private static boolean covers(Permit permit, Order order) {
        return permit.rows().covers(order.tenant(), order.owner());
    }

    private record Name(TenantId tenant, UserId user, IdempotencyKey key) {}

    private record Kept(String digest, Order order) {}
}
