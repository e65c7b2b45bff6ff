package dev.throughline.order;

import dev.throughline.trail.ArgumentsDigest;
import java.util.Map;

/**
 * An order that somebody wants placed once, however often they ask for it under the same key.
 *
 * @param key names it
 * @param order what is wanted
 */
public record KeyedOrder(IdempotencyKey key, NewOrder order) {

    /**
     * By which the same request is known again, however it is spelled. The key is in it, so that nobody who has the
     * digest can find out a customer's name by trying names.
     */
    public String digest() {
        return ArgumentsDigest.of(Map.of("key", key.value(), "order", PlaceOrder.arguments(order)));
    }
}
