package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MisspellingsTest {

    @Test
    void names_that_are_ours_are_not_told_of() {
        assertEquals(
                Optional.empty(),
                lineOf(Sample.prod()
                        .with("AUTH_AUDIENCES", Sample.API)
                        .with("AUTH_REQUIRED", "true")
                        .with("CORS_ALLOWED_ORIGINS", "https://a.example")
                        .with("HOSTNAME", "orders-1")
                        .with("AUDIENCE", "x")));
    }

    @Test
    void names_that_look_like_ours_are_told_of_in_one_line_with_what_may_be_meant() {
        assertEquals(
                Optional.of("settings_unknown These variables set nothing here: AUTH_AUDIENCE (did you mean"
                        + " AUTH_AUDIENCES?), AUTH_PORT_8080_TCP, CORS_ALLOWED_ORIGIN (did you mean"
                        + " CORS_ALLOWED_ORIGINS?), RATE_LIMIT_OF_NOBODY."),
                lineOf(Sample.prod()
                        .with("AUTH_AUDIENCE", Sample.API)
                        .with("AUTH_PORT_8080_TCP", "tcp://10.0.0.1:8080")
                        .with("CORS_ALLOWED_ORIGIN", "https://a.example")
                        .with("RATE_LIMIT_OF_NOBODY", "1")));
    }

    private static Optional<String> lineOf(Sample sample) {
        Variables variables = new Variables(sample.config());
        Settings.read(variables);
        return Misspellings.of(variables);
    }
}
