package dev.throughline.order;

import dev.throughline.access.Action;
import dev.throughline.access.BookOfApprovals;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.TenantId;
import dev.throughline.access.TestCallers;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.order.Keyed.Again;
import dev.throughline.order.Keyed.First;
import dev.throughline.order.Keyed.KeyReused;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Orders in memory, for tests of the rules; a change uses its approval up, or is not made. */
final class DeskOfOrders implements Orders {
    private final TreeMap<Long, Order> orders = new TreeMap<>();
    private final Map<Name, Kept> keys = new HashMap<>();
    private final BookOfApprovals approvals;
    private final Clock clock;
    int racesToLose;
    boolean forgetsItsFilter;

    /** What others do just before a change is made. */
    Runnable beforeTheChange = () -> {};

    DeskOfOrders(BookOfApprovals approvals, Clock clock) {
        this.approvals = approvals;
        this.clock = clock;
    }

    /** All orders, by their numbers. */
    Map<Long, Order> all() {
        return Map.copyOf(orders);
    }

    Order put(long number, UserId owner) {
        Order order = new Order(
                OrderId.of(number),
                TestCallers.TENANT,
                owner,
                new CustomerName("Carol Lee"),
                new Product("Monitor Stand"),
                new Quantity(1),
                OrderStatus.PENDING,
                Instant.EPOCH,
                1);
        orders.put(number, order);
        return order;
    }

    @Override
    public OrderPage list(Permit permit, OrderQuery query) {
        permit.requireFor(Action.LIST_ORDERS);
        return new OrderPage(
                orders.values().stream()
                        .filter(order -> permit.rows().covers(order.tenant(), order.owner()))
                        .limit(query.limit())
                        .toList(),
                Optional.empty());
    }

    @Override
    public Optional<Order> find(Permit permit, OrderId id) {
        if (!Set.of(Action.READ_ORDER, Action.UPDATE_ORDER, Action.DELETE_ORDER).contains(permit.action())) {
            throw new IllegalArgumentException("Not a permit to read");
        }
        return Optional.ofNullable(orders.get(id.number()))
                .filter(order -> forgetsItsFilter || permit.rows().covers(order.tenant(), order.owner()));
    }

    @Override
    public Order add(Permit permit, NewOrder order) {
        permit.requireFor(Action.CREATE_ORDER);
        othersGoFirst();
        use(permit);
        Order added = new Order(
                OrderId.of(orders.lastKey() + 1),
                permit.rows().tenant(),
                permit.user().id(),
                order.customerName(),
                order.product(),
                order.quantity(),
                OrderStatus.PENDING,
                Instant.EPOCH,
                1);
        orders.put(added.id().number(), added);
        return added;
    }

    @Override
    public Keyed<Order> add(Permit permit, KeyedOrder order) {
        return placedBefore(permit.user(), order).orElseGet(() -> {
            Order added = add(permit, order.order());
            keys.put(name(permit.user(), order), new Kept(order.digest(), added));
            return new First<>(added);
        });
    }

    @Override
    public Optional<Keyed<Order>> placedBefore(Permit permit, KeyedOrder order) {
        permit.requireFor(Action.READ_ORDER);
        return placedBefore(permit.user(), order);
    }

    private Optional<Keyed<Order>> placedBefore(User user, KeyedOrder order) {
        return Optional.ofNullable(keys.get(name(user, order)))
                .map(kept -> kept.digest().equals(order.digest()) ? new Again<>(kept.order()) : new KeyReused<>());
    }

    private static Name name(User user, KeyedOrder order) {
        return new Name(user.tenant(), user.id(), order.key());
    }

    @Override
    public Optional<Order> replace(Permit permit, Order changed) {
        permit.requireFor(Action.UPDATE_ORDER);
        othersGoFirst();
        Order current = orders.get(changed.id().number());
        if (current == null) {
            return Optional.empty();
        }
        if (racesToLose > 0) {
            racesToLose--;
            orders.put(changed.id().number(), withVersion(current, current.version() + 1));
            return Optional.empty();
        }
        if (current.version() != changed.version()) {
            return Optional.empty();
        }
        use(permit);
        Order replaced = withVersion(changed, changed.version() + 1);
        orders.put(changed.id().number(), replaced);
        return Optional.of(replaced);
    }

    @Override
    public boolean remove(Permit permit, Order order) {
        permit.requireFor(Action.DELETE_ORDER);
        othersGoFirst();
        Order current = orders.get(order.id().number());
        if (current == null || current.version() != order.version()) {
            return false;
        }
        use(permit);
        orders.remove(order.id().number());
        return true;
    }

    private void othersGoFirst() {
        Runnable others = beforeTheChange;
        beforeTheChange = () -> {};
        others.run();
    }

    private void use(Permit permit) {
        permit.approval().ifPresent(id -> approvals.use(id, clock.instant()));
    }

    private static Order withVersion(Order order, long version) {
        return new Order(
                order.id(),
                order.tenant(),
                order.owner(),
                order.customerName(),
                order.product(),
                order.quantity(),
                order.status(),
                order.createdAt(),
                version);
    }

    private record Name(TenantId tenant, UserId user, IdempotencyKey key) {}

    private record Kept(String digest, Order order) {}
}
