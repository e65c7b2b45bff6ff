package dev.throughline.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that were sealed and signed as they are; nothing but their form is wrong. */
class RecordFormTest {
    private static final String START = "{\"id\":\"" + Bodies.id(9_999) + "\",\"at\":\"2026-11-26T12:00:00.123456Z\"";

    static Stream<Arguments> forms() {
        return Stream.of(
                        Map.entry("\"user\":\"u\"", "\"name\":\"u\""),
                        Map.entry("\"user\":\"u\"", "\"user\":\"u\",\"user\":\"u\""),
                        Map.entry("\"user\":\"u\",\"agent\":\"a\"", "\"agent\":\"a\",\"user\":\"u\""),
                        Map.entry("\"user\":\"u\"", "\"user\": \"u\""),
                        Map.entry("\"user\":\"u\"", " \"user\":\"u\""),
                        Map.entry("\"user\":\"u\"", "\"user\":\"u\" "),
                        Map.entry("\"user\":\"u\"", "\"user\":\"u\","),
                        Map.entry("\"user\":\"u\"", "\"user\":\"u\"}"),
                        Map.entry("\"user\":\"u\"", "\"user\":\"u"),
                        Map.entry("\"user\":\"u\"", "\"user\":\"u\\"),
                        Map.entry("\"user\":\"u\"", "\"user\""),
                        Map.entry("\"user\":\"u\"", "\"user\":"),
                        Map.entry("\"user\":\"u\"", ""),
                        Map.entry("\"user\":\"u\"", "\"user\":null"),
                        Map.entry("\"user\":\"u\"", "\"user\":{}"),
                        Map.entry("\"user\":\"u\"", "\"user\":[\"u\"]"),
                        Map.entry("\"user\":\"u\"", "'user':'u'"),
                        Map.entry("\"user\":\"u\"", "\"us\\u0065r\":\"u\""),
                        Map.entry("\"user\":\"\\u00e9\"", "\"user\":\"\u00e9\""),
                        Map.entry("\"user\":\"\\u00e9\"", "\"user\":\"\\u00g9\""),
                        Map.entry("\"user\":\"\\u00e9\"", "\"user\":\"\\u00e\""),
                        Map.entry("\"user\":\"\\t\"", "\"user\":\"\t\""),
                        Map.entry("\"user\":\"\\t\"", "\"user\":\"\\x\""),
                        Map.entry("\"user\":\"~\"", "\"user\":\"\u007f\""),
                        Map.entry("\"version\":1", "\"version\":\"1\""),
                        Map.entry("\"version\":0", "\"version\":00"),
                        Map.entry("\"version\":10", "\"version\":01"),
                        Map.entry("\"version\":10", "\"version\":-1"),
                        Map.entry("\"version\":10", "\"version\":1.0"),
                        Map.entry("\"version\":10", "\"version\":1e1"),
                        Map.entry("\"version\":10", "\"version\":"),
                        Map.entry("\"version\":999999999999999999", "\"version\":1000000000000000000"),
                        Map.entry("\"authentication_off\":true", "\"authentication_off\":false"),
                        Map.entry("\"authentication_off\":true", "\"authentication_off\":\"true\""),
                        Map.entry("\"authentication_off\":true", "\"authentication_off\":tru"))
                .map(form -> Arguments.of(START + "," + form.getKey() + "}", START + "," + form.getValue() + "}"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_record_of_another_form_does_not_hold(String good, String bad) {
        Verdicts.holds(20, Verdicts.of(logWith(good)));
        assertEquals(
                12, Verdicts.broken(Fault.NO_RECORD, Verdicts.of(logWith(bad))).line());
    }

    static Stream<Arguments> starts() {
        String id = Bodies.id(9_999);
        return Stream.of(
                Arguments.of(id, id.toUpperCase(java.util.Locale.ROOT)),
                Arguments.of("-7", "-4"),
                Arguments.of("-7", "-0"),
                Arguments.of("-8", "-c"),
                Arguments.of("-8", "-7"),
                Arguments.of("\"id\":\"" + id + "\",", ""),
                Arguments.of("\"id\":\"" + id + "\",\"at\"", "\"at\""),
                Arguments.of("\"id\":\"" + id, "\"id\":\"" + id + "0"),
                Arguments.of("\"id\":\"" + id, "\"id\":\"" + id.substring(1)),
                Arguments.of(",\"at\":\"2026-11-26T12:00:00.123456Z\"", ""),
                Arguments.of(".123456Z", ".123Z"),
                Arguments.of(".123456Z", ".1234567Z"),
                Arguments.of(".123456Z", "Z"),
                Arguments.of(".123456Z", ".123456+00:00"),
                Arguments.of("T12", " 12"),
                Arguments.of("12:00", "1a:00"),
                Arguments.of("2026-11-26", "26-11-2026"));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void a_record_that_does_not_say_which_and_when_does_not_hold(String good, String bad) {
        String changed = START.replaceFirst(java.util.regex.Pattern.quote(good), bad);
        assertNotEquals(START, changed);

        Verdicts.holds(20, Verdicts.of(logWith(START + "}")));
        assertEquals(
                12,
                Verdicts.broken(Fault.NO_RECORD, Verdicts.of(logWith(changed + "}")))
                        .line());
    }

    @Test
    void a_record_may_have_all_fields() {
        StringBuilder all = new StringBuilder(START);
        for (String field : List.of(
                "instance",
                "tenant",
                "subject",
                "user",
                "agent_object",
                "agent",
                "client",
                "door",
                "action",
                "resource")) {
            all.append(",\"").append(field).append("\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\"");
        }
        all.append(",\"version\":7");
        for (String field : List.of(
                "digest",
                "decision",
                "rule",
                "outcome",
                "policy",
                "approval",
                "consent",
                "conversation",
                "run",
                "joins",
                "request",
                "correlation",
                "trace",
                "token",
                "token_issued",
                "token_expires",
                "auth_strength",
                "source")) {
            all.append(",\"").append(field).append("\":\"\"");
        }
        Verdicts.holds(20, Verdicts.of(logWith(all + ",\"authentication_off\":true}")));
    }

    private static byte[] logWith(String body) {
        List<String> bodies = new ArrayList<>(Bodies.of(20));
        bodies.set(10, body);
        return WrittenLog.of(LogKey.OURS, bodies, seq -> false).export();
    }
}
