package dev.throughline.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"ORD-001", "ORD-999", "ORD-1000"})
    void an_id_is_what_it_reads(String text) {
        assertEquals(text, OrderId.of(new OrderId(text).number()).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ORD-1", "ORD-0001", "ord-001", "ORD-001 ", "", "ORD-12345678901", "ORD-\u0661\u0662\u0663"})
    void what_no_order_can_be_called_names_none(String text) {
        assertEquals(Optional.empty(), OrderId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void a_quantity_is_between_one_and_ten_thousand(int pieces) {
        assertThrows(InvalidValueException.class, () -> new Quantity(pieces));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "bell\u0007", "half \ud83d"})
    void a_name_is_one_line_that_says_something(String text) {
        assertEquals(
                "customer_name",
                assertThrows(InvalidValueException.class, () -> new CustomerName(text))
                        .field());
    }

    @Test
    void a_name_may_fill_its_column_but_not_more() {
        assertEquals(200, new Product("x".repeat(200)).value().length());
        assertEquals(400, new Product("\ud83d\ude00".repeat(200)).value().length());
        assertThrows(InvalidValueException.class, () -> new Product("x".repeat(201)));
    }

    @Test
    void a_change_must_change_something() {
        assertThrows(
                InvalidValueException.class,
                () -> new Changes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, SHIPPED CANCELLED",
        "SHIPPED, DELIVERED",
        "DELIVERED, ''",
        "CANCELLED, ''",
    })
    void an_order_goes_forwards_or_stays(OrderStatus from, String next) {
        Set<String> possible = Set.of((from + " " + next).strip().split(" "));
        for (OrderStatus to : OrderStatus.values()) {
            assertEquals(possible.contains(to.name()), from.canBecome(to), from + " to " + to);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "8e03978e-40d5-43dd-bc93-6894a57f9324", "!~", "a\"b,c\\d"})
    void a_key_is_whatever_is_visible(String text) {
        assertEquals(text, new IdempotencyKey(text).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "tab\t", "line\n", "caf\u00e9", "\u007f"})
    void a_key_is_nothing_else(String text) {
        assertEquals(
                "Idempotency-Key",
                assertThrows(InvalidValueException.class, () -> new IdempotencyKey(text))
                        .field());
    }

    @Test
    void a_key_has_255_characters_at_most() {
        assertEquals(255, new IdempotencyKey("k".repeat(255)).value().length());
        assertThrows(InvalidValueException.class, () -> new IdempotencyKey("k".repeat(256)));
    }

    @Test
    void the_digest_of_a_keyed_order_is_of_the_key_and_of_each_part_of_the_order() {
        Set<String> digests = new HashSet<>();
        for (String key : List.of("key", "other")) {
            for (String customer : List.of("Zoe", "Yan")) {
                for (String product : List.of("Desk Lamp", "Stool")) {
                    for (int pieces : List.of(1, 2)) {
                        digests.add(keyed(key, customer, product, pieces).digest());
                    }
                }
            }
        }
        assertEquals(16, digests.size());
        assertTrue(digests.contains(keyed("key", " Zoe ", "Desk Lamp", 2).digest()));
    }

    private static KeyedOrder keyed(String key, String customer, String product, int pieces) {
        return new KeyedOrder(
                new IdempotencyKey(key),
                new NewOrder(new CustomerName(customer), new Product(product), new Quantity(pieces)));
    }

    @Test
    void a_status_is_one_of_four() {
        assertEquals(OrderStatus.SHIPPED, OrderStatus.parse("shipped"));
        assertThrows(InvalidValueException.class, () -> OrderStatus.parse("SHIPPED"));
    }
}
