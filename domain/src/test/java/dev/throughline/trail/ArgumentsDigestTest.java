package dev.throughline.trail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsDigestTest {

    @Test
    void the_order_of_names_does_not_matter() {
        Map<String, Object> oneWay = new LinkedHashMap<>();
        oneWay.put("id", "ORD-001");
        oneWay.put("quantity", 4);
        Map<String, Object> theOther = new LinkedHashMap<>();
        theOther.put("quantity", 4);
        theOther.put("id", "ORD-001");

        assertEquals(ArgumentsDigest.of(oneWay), ArgumentsDigest.of(theOther));
    }

    @Test
    void the_spelling_of_a_number_does_not_matter() {
        assertEquals(
                ArgumentsDigest.of(Map.of("limit", 100)),
                ArgumentsDigest.of(Map.of("limit", new BigDecimal("1.00e2"))));
    }

    @Test
    void a_text_is_not_a_number() {
        assertNotEquals(ArgumentsDigest.of(Map.of("limit", 1)), ArgumentsDigest.of(Map.of("limit", "1")));
    }

    @Test
    void quotes_cannot_forge_another_argument() {
        assertNotEquals(
                ArgumentsDigest.of(Map.of("a", "x\",\"b\":\"y")), ArgumentsDigest.of(Map.of("a", "x", "b", "y")));
    }

    @Test
    void lists_keep_their_order() {
        assertNotEquals(ArgumentsDigest.of(Map.of("a", List.of(1, 2))), ArgumentsDigest.of(Map.of("a", List.of(2, 1))));
    }

    @Test
    void what_is_not_json_has_no_digest() {
        assertThrows(IllegalArgumentException.class, () -> ArgumentsDigest.of(Map.of("a", new Object())));
    }
}
