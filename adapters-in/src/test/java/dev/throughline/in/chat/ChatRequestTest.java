package dev.throughline.in.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.conversation.Ask;
import dev.throughline.conversation.ConversationId;
import dev.throughline.in.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestTest {
    private static final String ID = "c0ffee00-0000-4000-8000-0000000000ff";
    private static final ConversationId CONVERSATION = new ConversationId(UUID.fromString(ID));

    @Test
    void something_can_be_said_in_a_new_or_an_old_conversation() throws IOException {
        assertEquals(new Ask.Say("hi", Optional.empty(), Optional.empty()), read("{\"message\":\"hi\"}"));
        assertEquals(
                new Ask.Say("hi", Optional.of(CONVERSATION), Optional.of("orders-assistant")),
                read("{\"message\":\"hi\",\"conversation_id\":\"" + ID + "\",\"agent\":\"orders-assistant\"}"));
    }

    @Test
    void what_waits_can_be_resumed_or_declined() throws IOException {
        assertEquals(new Ask.Resume(CONVERSATION), read("{\"conversation_id\":\"" + ID + "\",\"resume\":true}"));
        assertEquals(new Ask.Decline(CONVERSATION), read("{\"conversation_id\":\"" + ID + "\",\"decline\":true}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | value_invalid          | {}",
                "400 | value_invalid          | {\"message\":\"\"}",
                "400 | value_invalid          | {\"message\":\" \"}",
                "400 | value_invalid          | {\"message\":5}",
                "400 | value_invalid          | {\"message\":\"hi\",\"resume\":true}",
                "400 | value_invalid          | {\"conversation_id\":\"ID\"}",
                "400 | value_invalid          | {\"conversation_id\":\"ID\",\"resume\":true,\"decline\":true}",
                "400 | value_invalid          | {\"conversation_id\":\"ID\",\"resume\":false}",
                "400 | value_invalid          | {\"conversation_id\":\"ID\",\"resume\":\"true\"}",
                "400 | value_invalid          | {\"conversation_id\":\"ID\",\"resume\":true,\"agent\":\"a\"}",
                "400 | value_missing          | {\"resume\":true}",
                "400 | value_missing          | {\"decline\":true}",
                "400 | property_unknown       | {\"message\":\"hi\",\"access_token\":\"x\"}",
                "404 | conversation_not_found | {\"message\":\"hi\",\"conversation_id\":\"1\"}",
                "404 | conversation_not_found | {\"conversation_id\":\"C0FFEE00-0000-4000-8000-0000000000FF\",\"resume\":true}",
                "404 | agent_not_found        | {\"message\":\"hi\",\"agent\":\"../x\"}"
            })
    void anything_else_is_refused(int status, String reason, String body) {
        ProblemException refused = assertThrows(ProblemException.class, () -> read(body.replace("ID", ID)));

        assertEquals(status, refused.problem().status());
        assertEquals(reason, refused.problem().reason());
    }

    @Test
    void a_message_may_have_8000_characters_and_not_one_more() throws IOException {
        String longest = "a".repeat(Ask.Say.MAX_LENGTH);

        assertEquals(
                new Ask.Say(longest, Optional.empty(), Optional.empty()), read("{\"message\":\"" + longest + "\"}"));
        assertThrows(ProblemException.class, () -> read("{\"message\":\"" + longest + "a\"}"));
    }

    private static Ask read(String body) throws IOException {
        return ChatRequest.read(
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), Optional.of("application/json"));
    }
}
