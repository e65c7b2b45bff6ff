package dev.throughline.out.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example/token",
                "http://localhost:9180/token",
                "http://127.0.0.1/",
                "http://[::1]/"
            })
    void an_address_that_nobody_can_listen_in_on_is_accepted(String address) {
        assertDoesNotThrow(() -> SafeAddress.require("It", URI.create(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example/token",
                "http://localhost.login.example/token",
                "https://user@login.example/token",
                "ftp://localhost/token",
                "https:///token",
                "/token"
            })
    void any_other_address_is_refused(String address) {
        assertThrows(IllegalArgumentException.class, () -> SafeAddress.require("It", URI.create(address)));
    }
}
