package dev.throughline.in.fakes;

import dev.throughline.Unavailable;
import dev.throughline.access.Action;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.order.CustomerName;
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
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Orders in a map, seen and touched only as far as the permit goes; a change uses its approval up. */
public final class InMemoryOrders implements Orders {
    private final InMemoryAudit audit = new InMemoryAudit();
    private final TreeMap<Long, Order> orders = new TreeMap<>();
    private final Map<Name, Kept> keys = new HashMap<>();
    private final InMemoryApprovals approvals = new InMemoryApprovals();
    private final Clock clock;
    private Optional<RuntimeException> fault = Optional.empty();

    public InMemoryOrders() {
        this(Clock.systemUTC());
    }

    /** @param clock tells whether an approval has expired */
    public InMemoryOrders(Clock clock) {
        this.clock = clock;
    }

    /** What was decided about the orders, but for changes. */
    public InMemoryAudit audit() {
        return audit;
    }

    /** What people were asked to approve, which is kept with the orders. */
    public InMemoryApprovals approvals() {
        return approvals;
    }

    /** All orders, by their numbers. */
    public List<Order> all() {
        return List.copyOf(orders.values());
    }

    /** Lets the next calls fail as a database that is gone. */
    public void disconnect() {
        fault = Optional.of(new Unavailable("database", new IllegalStateException("secret detail")));
    }

    /** Lets the next calls fail as nobody foresaw. */
    public void breakDown() {
        fault = Optional.of(new IllegalStateException("secret detail"));
    }

    /** Puts an order there that nobody had to be permitted to place. */
    public OrderId put(User owner, String product) {
        return store(owner, new NewOrder(new CustomerName("Zoe"), new Product(product), new Quantity(2)))
                .id();
    }

    @Override
    public OrderPage list(Permit permit, OrderQuery query) {
        permit.requireFor(Action.LIST_ORDERS);
        fail();
        List<Order> all = orders.values().stream()
                .filter(order -> covers(permit, order))
                .filter(order -> query.status().map(order.status()::equals).orElse(true))
                .filter(order -> query.after()
                        .map(after -> order.id().number() > after.number())
                        .orElse(true))
                .toList();
        List<Order> page = all.stream().limit(query.limit()).toList();
        return new OrderPage(
                page,
                all.size() > page.size() ? Optional.of(page.get(page.size() - 1).id()) : Optional.empty());
    }

    @Override
    public Optional<Order> find(Permit permit, OrderId id) {
        fail();
        return Optional.ofNullable(orders.get(id.number())).filter(order -> covers(permit, order));
    }

    @Override
    public Order add(Permit permit, NewOrder order) {
        fail();
        use(permit);
        return store(permit.user(), order);
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
        return find(permit, changed.id())
                .filter(order -> order.version() == changed.version())
                .map(order -> {
                    use(permit);
                    Order next = new Order(
                            order.id(),
                            order.tenant(),
                            order.owner(),
                            changed.customerName(),
                            changed.product(),
                            changed.quantity(),
                            changed.status(),
                            order.createdAt(),
                            order.version() + 1);
                    orders.put(order.id().number(), next);
                    return next;
                });
    }

    @Override
    public boolean remove(Permit permit, Order order) {
        return find(permit, order.id())
                .filter(known -> known.version() == order.version())
                .map(known -> {
                    use(permit);
                    return orders.remove(known.id().number()) != null;
                })
                .orElse(false);
    }

    private Order store(User owner, NewOrder order) {
        long number = orders.isEmpty() ? 1 : orders.lastKey() + 1;
        Order stored = new Order(
                OrderId.of(number),
                owner.tenant(),
                owner.id(),
                order.customerName(),
                order.product(),
                order.quantity(),
                OrderStatus.PENDING,
                Instant.parse("2026-11-01T08:00:00Z"),
                1);
        orders.put(number, stored);
        return stored;
    }

    private void use(Permit permit) {
        permit.approval().ifPresent(approval -> approvals.use(approval, clock.instant()));
    }

    private void fail() {
        fault.ifPresent(thrown -> {
            throw thrown;
        });
    }

    private static boolean covers(Permit permit, Order order) {
        return permit.rows().covers(order.tenant(), order.owner());
    }

    private record Name(TenantId tenant, UserId user, IdempotencyKey key) {}

    private record Kept(String digest, Order order) {}
}
