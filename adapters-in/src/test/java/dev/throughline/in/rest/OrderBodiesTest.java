package dev.throughline.in.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.in.http.ProblemException;
import dev.throughline.order.Changes;
import dev.throughline.order.CustomerName;
import dev.throughline.order.InvalidValueException;
import dev.throughline.order.NewOrder;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBodiesTest {
    private static final String NEW = "{\"customer_name\":\"Zoe\",\"product\":\"Lamp\",\"quantity\":2}";

    @Test
    void a_new_order_names_customer_product_and_quantity() throws IOException {
        assertEquals(
                new NewOrder(new CustomerName("Zoe"), new Product("Lamp"), new Quantity(2)),
                OrderBodies.newOrder(body(NEW), json()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customer_name | {\"product\":\"Lamp\",\"quantity\":2}",
                "product       | {\"customer_name\":\"Zoe\",\"quantity\":2}",
                "quantity      | {\"customer_name\":\"Zoe\",\"product\":\"Lamp\"}"
            })
    void a_new_order_without_one_of_them_is_refused(String field, String body) {
        ProblemException refused = assertThrows(ProblemException.class, () -> OrderBodies.newOrder(body(body), json()));
        assertEquals(Optional.of(field), refused.problem().field());
        assertEquals("value_missing", refused.problem().reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "id", "status", "tenant", "version", "created_at"})
    void a_new_order_cannot_say_whose_it_is_or_how_far_it_has_come(String member) {
        String body = NEW.replace("}", ",\"" + member + "\":\"pending\"}");
        ProblemException refused = assertThrows(ProblemException.class, () -> OrderBodies.newOrder(body(body), json()));
        assertEquals("property_unknown", refused.problem().reason());
    }

    @Test
    void a_change_names_only_what_changes() throws IOException {
        Changes changes = OrderBodies.changes(body("{\"status\":\"shipped\"}"), json());

        assertEquals(Optional.of(OrderStatus.SHIPPED), changes.status());
        assertEquals(Optional.empty(), changes.quantity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\":\"lost\"}", "{\"quantity\":0}", "{\"product\":\" \"}"})
    void a_change_to_nothing_or_to_the_impossible_is_refused(String body) {
        assertThrows(InvalidValueException.class, () -> OrderBodies.changes(body(body), json()));
    }

    @Test
    void a_list_without_parameters_has_the_default_limit() {
        assertEquals(
                new ListParameters(Optional.empty(), Optional.empty(), OrderQuery.DEFAULT_LIMIT),
                ListParameters.of(Map.of()));
    }

    @Test
    void a_list_takes_limit_cursor_and_status() {
        assertEquals(
                new ListParameters(Optional.of(OrderStatus.PENDING), Optional.of("c"), 5),
                ListParameters.of(Map.of("limit", List.of("5"), "cursor", List.of("c"), "status", List.of("pending"))));
    }

    @Test
    void a_list_takes_no_other_parameter_and_none_twice() {
        assertThrows(ProblemException.class, () -> ListParameters.of(Map.of("owner", List.of("me"))));
        assertThrows(ProblemException.class, () -> ListParameters.of(Map.of("limit", List.of("5", "6"))));
        assertThrows(InvalidValueException.class, () -> ListParameters.of(Map.of("status", List.of("Pending"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "+5", "-1", "5.0", "99999999999", "٥"})
    void a_limit_that_is_no_number_is_out_of_bounds(String limit) {
        ListParameters parameters = ListParameters.of(Map.of("limit", List.of(limit)));

        assertThrows(
                InvalidValueException.class,
                () -> new OrderQuery(parameters.status(), Optional.empty(), parameters.limit()));
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> json() {
        return Optional.of("application/json");
    }
}
