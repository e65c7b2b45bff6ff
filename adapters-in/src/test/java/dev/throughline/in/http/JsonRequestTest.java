package dev.throughline.in.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request body may be; every refused one differs in one thing from the one that is accepted. */
class JsonRequestTest {
    private static final String GOOD = "{\"product\":\"Lamp\",\"quantity\":2,\"gift\":true}";
    private static final Optional<String> JSON = Optional.of("application/json");

    @Test
    void a_body_of_known_members_is_read() throws IOException {
        JsonRequest request = read(GOOD, JSON);

        assertEquals(Optional.of("Lamp"), request.text("product"));
        assertEquals(Optional.of(2), request.integer("quantity"));
        assertEquals(Optional.of(true), request.flag("gift"));
        assertEquals(Optional.empty(), request.text("status"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "property_unknown | price    | {\"product\":\"Lamp\",\"quantity\":2,\"gift\":true,\"price\":1}",
                "body_invalid     |          | {\"product\":\"Lamp\",\"quantity\":2,\"quantity\":2,\"gift\":true}",
                "body_invalid     |          | {\"product\":\"Lamp\",\"quantity\":2,\"gift\":true}}",
                "body_invalid     |          | {\"product\":\"Lamp\",\"quantity\":2,\"gift\":true",
                "body_invalid     |          | [{\"product\":\"Lamp\",\"quantity\":2,\"gift\":true}]",
                "body_invalid     |          | {'product':\"Lamp\",\"quantity\":2,\"gift\":true}",
                "value_invalid    | quantity | {\"product\":\"Lamp\",\"quantity\":\"2\",\"gift\":true}",
                "value_invalid    | quantity | {\"product\":\"Lamp\",\"quantity\":2.0,\"gift\":true}",
                "value_invalid    | quantity | {\"product\":\"Lamp\",\"quantity\":null,\"gift\":true}",
                "value_invalid    | quantity | {\"product\":\"Lamp\",\"quantity\":20000000000,\"gift\":true}",
                "value_invalid    | product  | {\"product\":5,\"quantity\":2,\"gift\":true}",
                "value_invalid    | product  | {\"product\":null,\"quantity\":2,\"gift\":true}",
                "value_invalid    | product  | {\"product\":[\"Lamp\"],\"quantity\":2,\"gift\":true}",
                "value_invalid    | gift     | {\"product\":\"Lamp\",\"quantity\":2,\"gift\":1}",
                "value_invalid    | gift     | {\"product\":\"Lamp\",\"quantity\":2,\"gift\":\"true\"}",
            })
    void a_body_with_one_thing_wrong_is_refused_and_the_field_is_named(String reason, String field, String body) {
        Problem problem = problem(body, JSON);

        assertEquals(400, problem.status());
        assertEquals(reason, problem.reason());
        assertEquals(Optional.ofNullable(field), problem.field());
    }

    @Test
    void nesting_and_digits_are_bounded() {
        String deep = "[".repeat(40) + "]".repeat(40);
        assertEquals("body_invalid", problem(GOOD.replace("true", deep), JSON).reason());
        assertEquals(
                "body_invalid",
                problem(GOOD.replace("2", "1".repeat(100)), JSON).reason());
        assertEquals(
                "value_invalid",
                problem(GOOD.replace("2", "1e2147483647"), JSON).reason());
        assertEquals(
                "body_invalid",
                problem(GOOD.replace("2", "1e99999999999"), JSON).reason());
    }

    @Test
    void a_body_in_another_encoding_is_refused() {
        assertEquals(
                "body_invalid", problem(GOOD, JSON, StandardCharsets.UTF_16BE).reason());
        assertEquals(
                "body_invalid",
                problem(GOOD.replace("Lamp", "Lämp"), JSON, StandardCharsets.ISO_8859_1)
                        .reason());
    }

    @Test
    void a_body_may_have_64_KiB_and_not_a_byte_more() throws IOException {
        String filling = " ".repeat(64 * 1024 - GOOD.length());
        assertEquals(Optional.of("Lamp"), read(GOOD + filling, JSON).text("product"));
        assertEquals(413, problem(GOOD + filling + " ", JSON).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "application/json;charset=\"UTF-8\"", "Application/JSON"})
    void json_may_be_announced_in_its_usual_spellings(String contentType) throws IOException {
        assertEquals(Optional.of(2), read(GOOD, Optional.of(contentType)).integer("quantity"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text/plain", "application/jsonp", "application/json; charset=utf-16", "text/json", "*/*"})
    void anything_else_is_not_supported(String contentType) {
        assertEquals(415, problem(GOOD, Optional.of(contentType)).status());
        assertEquals(415, problem(GOOD, Optional.empty()).status());
    }

    @Test
    void a_strange_name_is_not_repeated() {
        assertEquals(
                Optional.of("that"),
                problem(GOOD.replace("product", "<b>"), JSON).field());
    }

    private static Problem problem(String body, Optional<String> contentType) {
        return problem(body, contentType, StandardCharsets.UTF_8);
    }

    private static Problem problem(String body, Optional<String> contentType, Charset charset) {
        return assertThrows(ProblemException.class, () -> {
                    JsonRequest request = read(body, contentType, charset);
                    request.text("product");
                    request.integer("quantity");
                    request.flag("gift");
                })
                .problem();
    }

    private static JsonRequest read(String body, Optional<String> contentType) throws IOException {
        return read(body, contentType, StandardCharsets.UTF_8);
    }

    private static JsonRequest read(String body, Optional<String> contentType, Charset charset) throws IOException {
        return JsonRequest.read(
                new ByteArrayInputStream(body.getBytes(charset)),
                contentType,
                Set.of("product", "quantity", "gift", "status"));
    }
}
