package dev.throughline.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void a_status_is_one_of_four() {
        assertEquals(OrderStatus.SHIPPED, OrderStatus.parse("shipped"));
        assertThrows(InvalidValueException.class, () -> OrderStatus.parse("SHIPPED"));
    }
}
