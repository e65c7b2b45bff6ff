package dev.throughline.in.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.order.OrderStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusMovesTest {

    @ParameterizedTest
    @CsvSource({
        "PENDING, An order that is pending can only become shipped or cancelled.",
        "SHIPPED, An order that is shipped can only become delivered.",
        "DELIVERED, An order that is delivered stays delivered.",
        "CANCELLED, An order that is cancelled stays cancelled."
    })
    void one_sentence_names_the_moves_that_are_possible(OrderStatus status, String sentence) {
        assertEquals(sentence, StatusMoves.sentence(status));
    }
}
