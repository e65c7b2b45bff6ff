package dev.throughline.out.foundry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.out.foundry.Memory.Kind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {
    @ParameterizedTest
    @CsvSource({
        "resp_1, '', RESPONSE, resp_1",
        "conversation:conv_1, '', CONVERSATION, conv_1",
        "agent:orders-assistant:response:resp_1, orders-assistant, RESPONSE, resp_1",
        "agent:a%20b:conversation:conv_1, a%20b, CONVERSATION, conv_1"
    })
    void what_the_service_has_kept_is_written_down_and_read_again(String text, String agent, Kind kind, String id) {
        Memory memory = new Memory(agent.isEmpty() ? Optional.empty() : Optional.of(agent), kind, id);
        assertEquals(text, memory.text());
        assertEquals(Optional.of(memory), Memory.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/b",
                "../secrets",
                "resp_1?x=1",
                "resp_1#x",
                "resp 1",
                "resp_1\n",
                "conversation:",
                "conversation:a/b",
                "agent:..:response:resp_1",
                "agent:a/b:response:resp_1",
                "agent::response:resp_1",
                "elsewhere:resp_1"
            })
    void what_could_lead_elsewhere_is_not_read(String text) {
        assertEquals(Optional.empty(), Memory.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"RESPONSE, resp_2", "CONVERSATION, one"})
    void a_chain_goes_on_with_its_last_response_and_a_conversation_with_itself(Kind kind, String next) {
        assertEquals(
                new Memory(Optional.empty(), kind, next), new Memory(Optional.empty(), kind, "one").after("resp_2"));
    }
}
