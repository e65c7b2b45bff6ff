package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.ApprovalSpentException;
import dev.throughline.access.AuditEntry;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.RowFilter;
import dev.throughline.access.UserId;
import dev.throughline.order.Keyed;
import dev.throughline.order.Keyed.First;
import dev.throughline.order.Keyed.StillRunning;
import dev.throughline.order.KeyedOrder;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderPage;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.Orders;
import dev.throughline.order.RememberedKeys;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Orders in PostgreSQL. Every statement says whose rows it may touch. A change that needed an approval uses it up in
 * its own transaction, so that there is never the one without the other.
 */
@Dependent
class JpaOrders implements Orders, RememberedKeys {
    private static final Set<Action> FINDING = Set.of(Action.READ_ORDER, Action.UPDATE_ORDER, Action.DELETE_ORDER);
    private static final String OWN = " and o.owner = :owner";

    private final Database database;
    private final AuditTable audit;
    private final Clock clock;

    @Inject
    JpaOrders(Database database, AuditTable audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public OrderPage list(Permit permit, OrderQuery query) {
        RowFilter rows = permit.requireFor(Action.LIST_ORDERS).rows();
        List<Order> found = database.transaction(
                RowIdentity.of(permit.caller()),
                entities -> behind(entities, rows, query)
                        .getResultStream()
                        .map(OrderRow::toOrder)
                        .toList());
        if (found.size() <= query.limit()) {
            return new OrderPage(found, Optional.empty());
        }
        List<Order> page = found.subList(0, query.limit());
        return new OrderPage(page, Optional.of(page.get(page.size() - 1).id()));
    }

    /** A page and one more, by which to tell whether there is another page. */
    private static TypedQuery<OrderRow> behind(EntityManager entities, RowFilter rows, OrderQuery query) {
        String status = query.status().isPresent() ? " and o.status = :status" : "";
        TypedQuery<OrderRow> page = entities.createQuery(
                        "select o from OrderRow o where o.tenant = :tenant and o.number > :after" + own(rows) + status
                                + " order by o.number",
                        OrderRow.class)
                .setParameter("after", query.after().map(OrderId::number).orElse(0L))
                .setMaxResults(query.limit() + 1);
        query.status().ifPresent(wanted -> page.setParameter("status", wanted.wire()));
        return within(rows, page);
    }

    @Override
    public Optional<Order> find(Permit permit, OrderId id) {
        RowFilter rows = permit.requireFor(FINDING.contains(permit.action()) ? permit.action() : Action.READ_ORDER)
                .rows();
        return database.transaction(
                RowIdentity.of(permit.caller()),
                entities -> within(
                                rows,
                                entities.createQuery(
                                        "select o from OrderRow o where o.number = :number and o.tenant = :tenant"
                                                + own(rows),
                                        OrderRow.class))
                        .setParameter("number", id.number())
                        .getResultStream()
                        .findFirst()
                        .map(OrderRow::toOrder));
    }

    @Override
    public Order add(Permit permit, NewOrder order) {
        permit.requireFor(Action.CREATE_ORDER);
        return database.transaction(RowIdentity.of(permit.caller()), entities -> insert(entities, permit, order));
    }

    @Override
    public Keyed<Order> add(Permit permit, KeyedOrder order) {
        permit.requireFor(Action.CREATE_ORDER);
        return database.transaction(RowIdentity.of(permit.caller()), entities -> {
            OrderKeys keys = new OrderKeys(entities, permit.user(), order.key());
            return keys.take()
                    ? keys.answer(order).orElseGet(() -> insert(entities, permit, order, keys))
                    : new StillRunning<>();
        });
    }

    private Keyed<Order> insert(EntityManager entities, Permit permit, KeyedOrder order, OrderKeys keys) {
        Order placed = insert(entities, permit, order.order());
        keys.keep(order, placed);
        return new First<>(placed);
    }

    private Order insert(EntityManager entities, Permit permit, NewOrder order) {
        spend(entities, permit, OptionalLong.empty());
        OrderRow row = OrderRow.of(permit.caller(), order, clock.instant());
        entities.persist(row);
        Order added = row.toOrder();
        audit.add(entities, done(permit, added.id(), added.version()));
        return added;
    }

    @Override
    public Optional<Keyed<Order>> placedBefore(Permit permit, KeyedOrder order) {
        permit.requireFor(Action.READ_ORDER);
        return database.transaction(
                RowIdentity.of(permit.caller()),
                entities -> new OrderKeys(entities, permit.user(), order.key()).answer(order));
    }

    @Override
    public void forgetBefore(Instant moment) {
        database.transaction(RowIdentity.system(), entities -> OrderKeys.forgetBefore(entities, moment));
    }

    @Override
    public Optional<Order> replace(Permit permit, Order changed) {
        boolean done = change(
                permit,
                Action.UPDATE_ORDER,
                changed,
                changed.version() + 1,
                "update orders set customer_name = ?, product = ?, quantity = ?, status = ?, version = version + 1",
                changed.customerName().value(),
                changed.product().value(),
                changed.quantity().value(),
                changed.status().wire());
        return done ? Optional.of(nextVersion(changed)) : Optional.empty();
    }

    @Override
    public boolean remove(Permit permit, Order order) {
        return change(permit, Action.DELETE_ORDER, order, order.version(), "delete from orders");
    }

    /** Makes a change of one row, uses up its approval and records it, or does none of it. */
    private boolean change(
            Permit permit, Action action, Order order, long version, String change, Object... changedTo) {
        RowFilter rows = permit.requireFor(action).rows();
        String only = " where number = ? and version = ? and tenant = ?"
                + (rows.owner().isPresent() ? " and owner = ?" : "");
        List<Object> values = new ArrayList<>(List.of(changedTo));
        values.addAll(
                List.of(order.id().number(), order.version(), rows.tenant().value()));
        rows.owner().map(UserId::value).ifPresent(values::add);
        try {
            return database.transaction(RowIdentity.of(permit.caller()), entities -> {
                spend(entities, permit, OptionalLong.of(order.version()));
                if (!audit.change(entities, change + only, values, done(permit, order.id(), version))) {
                    throw new NothingChanged();
                }
                return true;
            });
        } catch (NothingChanged nobodyLostAnything) {
            return false;
        }
    }

    /**
     * Uses up the approval that a permit was given by, if it was. Of several who try at once, one goes on when it has
     * committed, and finds the approval used. That the approval is this person's, agent's and row's has been decided
     * before; here it is part of the condition, so that no mistake made there can spend another's.
     *
     * @throws ApprovalSpentException if it is not there to be used any more
     */
    private void spend(EntityManager entities, Permit permit, OptionalLong version) {
        if (permit.approval().isEmpty()) {
            return;
        }
        Query spending = entities.createQuery(
                        "update ApprovalRow a set a.state = 'used' where a.id = :id and a.state = 'approved'"
                                + " and a.tenant = :tenant and a.owner = :owner and a.agent = :agent"
                                + " and a.action = :action and a.expiresAt > :now and "
                                + (version.isPresent() ? "a.version = :version" : "a.version is null"))
                .setParameter("id", permit.approval().get().value())
                .setParameter("tenant", permit.caller().tenant().value())
                .setParameter("owner", permit.user().id().value())
                .setParameter(
                        "agent", permit.caller().actingAgent().map(Agent::name).orElse(""))
                .setParameter("action", permit.action().tool())
                .setParameter("now", Storable.moment(clock.instant()));
        version.ifPresent(seen -> spending.setParameter("version", seen));
        if (spending.executeUpdate() != 1) {
            throw new ApprovalSpentException();
        }
    }

    private static AuditEntry done(Permit permit, OrderId id, long version) {
        return AuditEntry.of(permit, AuditEntry.DONE).about(id.toString(), version);
    }

    private static String own(RowFilter rows) {
        return rows.owner().isPresent() ? OWN : "";
    }

    private static <Q extends Query> Q within(RowFilter rows, Q query) {
        query.setParameter("tenant", rows.tenant().value());
        rows.owner().ifPresent(owner -> query.setParameter("owner", owner.value()));
        return query;
    }

    private static Order nextVersion(Order order) {
        return new Order(
                order.id(),
                order.tenant(),
                order.owner(),
                order.customerName(),
                order.product(),
                order.quantity(),
                order.status(),
                order.createdAt(),
                order.version() + 1);
    }

    /** Rolls the transaction back: the row is no longer what it was, so that the approval stays unused. */
    private static final class NothingChanged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NothingChanged() {
            super("Nothing changed", null, false, false);
        }
    }
}
