package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose pages may never be allowed, whatever an operator writes. */
class CorsOriginsTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://desk.example", "https://desk.example:8443", "https://[2001:db8::1]"})
    void an_https_origin_may_be_listed(String origin) {
        assertDoesNotThrow(() -> CorsOrigins.require(origin, false));
        assertDoesNotThrow(() -> CorsOrigins.require(origin, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*",
                "https://*.example",
                "desk.example",
                "//desk.example",
                "https://desk.example/",
                "https://desk.example/chat",
                "https://desk.example?a",
                "https://desk.example#a",
                "https://ada@desk.example",
                "https://DESK.example",
                "https://desk.example:443",
                "https://desk.example:",
                "http://desk.example",
                "http://localhost.evil.example",
                "http://127.0.0.2",
                "ftp://desk.example",
                "file://",
                "https://desk.example evil.example",
                "https://"
            })
    void anything_else_may_not(String origin) {
        for (boolean loopback : new boolean[] {true, false}) {
            InvalidSettingException thrown =
                    assertThrows(InvalidSettingException.class, () -> CorsOrigins.require(origin, loopback));
            assertTrue(thrown.getMessage().contains("CORS_ALLOWED_ORIGINS"), thrown.getMessage());
        }
    }

    @Test
    void this_machine_may_be_listed_where_developers_work_and_nowhere_else() {
        for (String origin :
                new String[] {"http://localhost:3000", "https://localhost", "http://127.0.0.1:1", "http://[::1]"}) {
            assertDoesNotThrow(() -> CorsOrigins.require(origin, true));
            assertThrows(InvalidSettingException.class, () -> CorsOrigins.require(origin, false));
        }
    }
}
