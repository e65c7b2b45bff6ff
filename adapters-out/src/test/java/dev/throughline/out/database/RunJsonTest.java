package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunJsonTest {
    private static final String HOPS = "[{\"from\":\"orders-assistant\",\"to\":\"mcp\",\"user\":\"vic\","
            + "\"agent\":\"orders-assistant\",\"client\":\"c\",\"audience\":\"a\",\"scopes\":[\"Orders.Read\"],"
            + "\"obtained\":\"presented\",\"evidence\":\"verified\",\"decision\":\"permit\",\"rule\":\"own_rows\","
            + "\"approval\":\"c0ffee00-0000-4000-8000-00000000000a\","
            + "\"consent\":\"c0ffee00-0000-4000-8000-00000000000c\"},"
            + "{\"from\":\"foundry\",\"to\":\"orders-assistant\",\"scopes\":[],\"evidence\":\"reported\"}]";
    private static final String TOOLS = "[{\"name\":\"get-order\",\"status\":\"completed\"}]";

    private final RunJson json = new RunJson(new StoredJson());

    @Test
    void what_versions_before_this_one_have_written_is_still_read_and_written_alike() {
        assertEquals(HOPS, json.hops(json.hops(HOPS)));
        assertEquals(TOOLS, json.tools(json.tools(TOOLS)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"from\":\"foundry\", | '' | no from that can be read",
                "\"scopes\":[], | '' | no scopes that can be read",
                "[\"Orders.Read\"] | [7] | no scopes that can be read",
                "\"verified\" | \"VERIFIED\" | no evidence that can be read",
                "\"verified\" | \"certain\" | no evidence that can be read",
                "\"rule\":\"own_rows\" | \"rule\":null | no rule that can be read",
                "0000000a | 000000a | no approval that can be read",
                "0000000c | 0000000C | no consent that can be read",
                "\"user\" | \"person\" | a member that is not known"
            })
    void a_hop_that_this_version_did_not_write_is_an_error_of_ours(String part, String other, String complaint) {
        assertDoesNotThrow(() -> json.hops(HOPS));
        assertTrue(HOPS.contains(part), part);
        String message = assertThrows(IllegalStateException.class, () -> json.hops(HOPS.replace(part, other)))
                .getMessage();
        assertTrue(message.contains(complaint), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"completed\" | true | no status that can be read",
                "\"name\" | \"tool\" | a member that is not known",
                "[{ | {\"a\":{ | is broken"
            })
    void a_tool_that_this_version_did_not_write_is_an_error_of_ours(String part, String other, String complaint) {
        assertDoesNotThrow(() -> json.tools(TOOLS));
        String message = assertThrows(IllegalStateException.class, () -> json.tools(TOOLS.replace(part, other)))
                .getMessage();
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void text_that_is_no_list_is_an_error_of_ours() {
        assertThrows(IllegalStateException.class, () -> json.hops("{}"));
        assertThrows(IllegalStateException.class, () -> json.tools("{}"));
    }
}
