package dev.throughline.order;

import dev.throughline.access.Decision.Permit;
import java.util.Optional;

/**
 * Port: where orders are kept. Every call needs the permit for it, and sees and touches only the rows that the permit
 * covers. Each call is one transaction; what it answers is on disk. Where a change's permit was given by an approval,
 * the change uses it up in the same transaction, or fails with {@link dev.throughline.access.ApprovalSpentException}
 * and changes nothing.
 */
public interface Orders {

    /** A page of the orders covered by a permit to list, in the order of their ids. */
    OrderPage list(Permit permit, OrderQuery query);

    /** The order of this id, if the permit to read, update or delete covers it. */
    Optional<Order> find(Permit permit, OrderId id);

    /** Adds a pending order of the permit's user under the next free number. */
    Order add(Permit permit, NewOrder order);

    /**
     * The same, once: under a key of the permit's user that has served before nothing is added, and the order need not
     * be there any more to be answered as it was. While one call with a key is at it, another does not wait for it.
     */
    Keyed<Order> add(Permit permit, KeyedOrder order);

    /**
     * What {@link #add(Permit, KeyedOrder)} would answer of the past, by a permit to read: {@link Keyed.Again} or
     * {@link Keyed.KeyReused}; empty where the key has not served.
     */
    Optional<Keyed<Order>> placedBefore(Permit permit, KeyedOrder order);

    /**
     * Replaces an order, if it still has the version that {@code changed} was made from.
     *
     * @return the order with its new version; empty if somebody else was faster, or it is gone
     */
    Optional<Order> replace(Permit permit, Order changed);

    /**
     * Removes an order, if it still has that version.
     *
     * @return false if somebody else was faster, or it is gone
     */
    boolean remove(Permit permit, Order order);
}
