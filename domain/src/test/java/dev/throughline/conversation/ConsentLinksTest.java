package dev.throughline.conversation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rows as in the web chat's consent-link.test.ts: a link that the server passes on is one the page offers. */
class ConsentLinksTest {
    private final ConsentLinks cloud = new ConsentLinks(Set.of("Login.Example", "*.Consent.example"), false);
    private final ConsentLinks local = new ConsentLinks(Set.of("localhost"), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example/x?data=1",
                "https://LOGIN.example/x",
                "https://login.example:8443/x",
                "https://eu-1.consent.example/",
                "https://a.eu-1.consent.example/"
            })
    void a_listed_host_is_allowed_over_https(URI link) {
        assertTrue(cloud.allows(link));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://login.example.evil.example/",
                "https://evillogin.example/",
                "https://sub.login.example/",
                "https://consent.example/",
                "https://evilconsent.example/",
                "http://login.example/",
                "https://login.example@evil.example/",
                "https://a:b@login.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "login.example"
            })
    void anything_else_is_refused(URI link) {
        assertFalse(cloud.allows(link));
    }

    @Test
    void plain_http_will_do_on_this_machine_only_where_that_is_agreed() {
        URI link = URI.create("http://localhost:9181/x");

        assertTrue(local.allows(link));
        assertFalse(new ConsentLinks(Set.of("localhost"), false).allows(link));
        assertFalse(local.allows(URI.create("http://127.0.0.1:9181/x")), "not listed");
        assertFalse(local.allows(URI.create("http://login.example/x")), "not this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.example:8443", "*", "*.", "https://login.example", ""})
    void an_entry_that_is_no_host_allows_nothing(String entry) {
        ConsentLinks links = new ConsentLinks(Set.of(entry), true);

        assertFalse(links.allows(URI.create("https://login.example:8443/")));
        assertFalse(links.allows(URI.create("https://login.example./")));
    }
}
