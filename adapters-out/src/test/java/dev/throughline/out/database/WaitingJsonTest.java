package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.conversation.Waiting;
import dev.throughline.conversation.Waiting.ForFunctions;
import dev.throughline.conversation.Waiting.FunctionCall;
import dev.throughline.trail.ArgumentsDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WaitingJsonTest {
    private static final String APPROVAL = "\"approval\":\"c0ffee00-0000-4000-8000-00000000000a\"";
    private static final String CONSENT_ELSEWHERE =
            "{\"kind\":\"consent-elsewhere\",\"response\":\"resp_1\",\"message\":\"secret words\",\"id\":\"oauthreq_1\","
                    + "\"link\":\"https://consent.example/\"}";
    private static final String SERVICE_CALLS =
            "{\"kind\":\"service-calls\",\"response\":\"resp_1\",\"calls\":[{\"id\":\"mcpr_1\"," + APPROVAL + "}]}";
    private static final String FUNCTIONS =
            "{\"kind\":\"functions\",\"response\":\"resp_1\",\"calls\":[{\"id\":\"call_1\",\"tool\":\"get-order\","
                    + "\"arguments\":{\"id\":\"ORD-001\"}," + APPROVAL
                    + ",\"output\":{\"text\":\"{}\",\"success\":true}}],"
                    + "\"consent\":\"c0ffee00-0000-4000-8000-00000000000c\"}";

    private final WaitingJson json = new WaitingJson(new StoredJson());

    static Stream<Waiting> whateverATurnCanWaitFor() {
        return Waitings.all();
    }

    @ParameterizedTest
    @MethodSource("whateverATurnCanWaitFor")
    void what_was_written_is_read_as_it_was(Waiting waiting) {
        assertEquals(waiting, json.read(json.write(waiting)));
    }

    @Test
    void arguments_keep_their_order_and_so_does_what_is_approved_by_their_digest() {
        Map<String, @Nullable Object> written = argumentsOf(Waitings.functions());
        Map<String, @Nullable Object> read = argumentsOf(json.read(json.write(Waitings.functions())));
        assertEquals(List.copyOf(written.keySet()), List.copyOf(read.keySet()));
        assertEquals(ArgumentsDigest.of(written), ArgumentsDigest.of(read));
    }

    @Test
    void what_versions_before_this_one_have_written_is_still_read_and_written_alike() {
        for (String stored : List.of(CONSENT_ELSEWHERE, SERVICE_CALLS, FUNCTIONS)) {
            assertEquals(stored, json.write(json.read(stored)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"consent-elsewhere\" | \"consent-somewhere\" | of a kind that is not known",
                "\"consent-elsewhere\" | 7 | of a kind that is not known",
                "\"consent-elsewhere\" | \"functions\" | a member that is not known",
                "\"response\":\"resp_1\", | '' | no response that can be read",
                "\"resp_1\" | null | no response that can be read",
                "\"secret words\" | [\"secret words\"] | no message that can be read",
                "https://consent.example/ | https://a b | no link that can be read",
                "\"id\": | \"ids\": | a member that is not known",
                "\"id\": | \"response\": | is broken",
                "} | '' | is broken"
            })
    void a_consent_that_this_version_did_not_write_is_an_error_of_ours(String part, String other, String complaint) {
        refuses(CONSENT_ELSEWHERE, part, other, complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "[{\"id\" | [7,{\"id\" | no object",
                "\"mcpr_1\" | true | no id that can be read",
                "0000000a | 0000000A | no approval that can be read",
                "\"approval\" | \"approved\" | a member that is not known"
            })
    void service_calls_that_this_version_did_not_write_are_an_error_of_ours(
            String part, String other, String complaint) {
        refuses(SERVICE_CALLS, part, other, complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"tool\":\"get-order\", | '' | no tool that can be read",
                "{\"id\":\"ORD-001\"} | [\"ORD-001\"] | no arguments that can be read",
                "{\"text\":\"{}\",\"success\":true} | \"{}\" | no output that can be read",
                "\"success\":true | \"success\":\"true\" | no success that can be read",
                "\"success\":true | \"success\":true,\"more\":1 | a member that is not known",
                "0000000c | 0000000 | no consent that can be read"
            })
    void functions_that_this_version_did_not_write_are_an_error_of_ours(String part, String other, String complaint) {
        refuses(FUNCTIONS, part, other, complaint);
    }

    @Test
    void what_could_not_be_read_again_is_not_written() {
        assertDoesNotThrow(() -> json.write(nested(100)));
        assertThrows(IllegalStateException.class, () -> json.write(nested(1_000)));
    }

    private static Waiting nested(int depth) {
        Map<String, @Nullable Object> arguments = Map.of();
        for (int i = 0; i < depth; i++) {
            arguments = Map.of("a", arguments);
        }
        FunctionCall call = new FunctionCall("call_1", "get-order", arguments, Optional.empty(), Optional.empty());
        return new ForFunctions("resp_1", List.of(call), Optional.empty());
    }

    @Test
    void text_that_is_no_object_is_an_error_of_ours() {
        for (String text : List.of("[]", "7", "", "list my orders")) {
            assertThrows(IllegalStateException.class, () -> json.read(text));
        }
    }

    private void refuses(String control, String part, String other, String complaint) {
        assertDoesNotThrow(() -> json.read(control));
        assertTrue(control.contains(part), part);
        String message = assertThrows(IllegalStateException.class, () -> json.read(control.replace(part, other)))
                .getMessage();
        assertTrue(message.contains(complaint), message);
        assertFalse(message.contains("secret"), message);
    }

    private static Map<String, @Nullable Object> argumentsOf(Waiting waiting) {
        return ((ForFunctions) waiting).calls().get(0).arguments();
    }
}
