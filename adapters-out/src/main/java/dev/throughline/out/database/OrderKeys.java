package dev.throughline.out.database;

import dev.throughline.access.User;
import dev.throughline.order.IdempotencyKey;
import dev.throughline.order.Keyed;
import dev.throughline.order.KeyedOrder;
import dev.throughline.order.Order;
import jakarta.persistence.EntityManager;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** One person's key, within the transaction that places an order under it. */
final class OrderKeys {
    private final EntityManager entities;
    private final User user;
    private final byte[] digest;

    OrderKeys(EntityManager entities, User user, IdempotencyKey key) {
        this.entities = entities;
        this.user = user;
        this.digest = digest(user.tenant() + "/" + user.id() + "/" + key.value());
    }

    /**
     * Whether no other transaction is at it with this key; if so, none will be before this one has ended. It is a lock
     * of PostgreSQL's that belongs to the transaction, so that nothing has to be cleared away after a crash, and the
     * next statement sees what the last holder has committed.
     */
    boolean take() {
        Object taken = entities.createNativeQuery("select pg_try_advisory_xact_lock(?1)")
                .setParameter(1, ByteBuffer.wrap(digest).getLong())
                .getSingleResult();
        return Boolean.TRUE.equals(taken);
    }

    /** What whoever comes with the key again is told; empty if it has not served. */
    Optional<Keyed<Order>> answer(KeyedOrder order) {
        return entities.createQuery(
                        "select k from OrderKeyRow k where k.keyDigest = :key and k.tenant = :tenant"
                                + " and k.owner = :owner",
                        OrderKeyRow.class)
                .setParameter("key", hex())
                .setParameter("tenant", user.tenant().value())
                .setParameter("owner", user.id().value())
                .getResultStream()
                .findFirst()
                .map(row -> row.answer(order));
    }

    void keep(KeyedOrder order, Order placed) {
        entities.persist(OrderKeyRow.of(hex(), order, placed));
    }

    static int forgetBefore(EntityManager entities, Instant moment) {
        return entities.createQuery("delete from OrderKeyRow k where k.createdAt < :moment")
                .setParameter("moment", Storable.moment(moment))
                .executeUpdate();
    }

    private String hex() {
        return HexFormat.of().formatHex(digest);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
