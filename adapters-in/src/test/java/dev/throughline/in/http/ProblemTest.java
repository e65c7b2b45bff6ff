package dev.throughline.in.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.throughline.in.fakes.Exchange;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

    @Test
    void a_problem_tells_its_stable_type_and_the_correlation_id() throws IOException {
        Exchange exchange = Exchange.of("GET", "/", new byte[0]).with("X-Correlation-ID", "abc-1");

        Problem.of(404, "order_not_found", "There is no such order.").writeTo(exchange.request(), exchange.response());

        assertEquals(404, exchange.status());
        assertEquals(Optional.of("application/problem+json"), exchange.header("Content-Type"));
        assertEquals(Optional.of("no-store"), exchange.header("Cache-Control"));
        assertEquals(Optional.of("abc-1"), exchange.header("X-Correlation-ID"));
        assertEquals(
                "{\"type\":\"urn:throughline:problem:order_not_found\",\"title\":\"Order not found\",\"status\":404,"
                        + "\"detail\":\"There is no such order.\",\"reason\":\"order_not_found\","
                        + "\"correlation_id\":\"abc-1\"}",
                exchange.text());
    }

    @Test
    void a_problem_of_a_field_names_it() {
        Problem.Document document =
                Problem.ofField("value_invalid", "limit", "limit is wrong.").document("c");

        assertEquals(
                "{\"type\":\"urn:throughline:problem:value_invalid\",\"title\":\"Value invalid\",\"status\":400,"
                        + "\"detail\":\"limit is wrong.\",\"reason\":\"value_invalid\",\"field\":\"limit\","
                        + "\"correlation_id\":\"c\"}",
                Json.text(document));
    }

    @Test
    void a_request_keeps_the_id_that_it_got() {
        Exchange exchange = Exchange.of("GET", "/", new byte[0]);

        assertEquals(CorrelationId.of(exchange.request()), CorrelationId.of(exchange.request()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\nb",
                "ä",
                "<x>",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void an_id_that_is_no_name_is_replaced(String sent) {
        Exchange exchange = Exchange.of("GET", "/", new byte[0]).with("X-Correlation-ID", sent);

        assertNotEquals(sent, CorrelationId.of(exchange.request()));
    }
}
