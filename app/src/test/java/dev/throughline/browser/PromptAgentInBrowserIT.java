package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a person lives through with an agent that brings tokens of its own: they are asked for nothing until a tool is
 * needed, then once, and what arrives at the order desk names them and is made for it.
 */
@ExtendWith(Browsers.class)
class PromptAgentInBrowserIT {
    private static final String AGENT = "orders-assistant";
    private static final String API = "c0ffee00-0000-4000-8000-0000000000a1";
    private static final String CLIENT = "c0ffee00-0000-4000-8000-0000000000a3";

    @BeforeEach
    void vic_has_consented_to_nothing() {
        Store.forgetConsentsOf(Person.VIC);
    }

    @Test
    void the_chat_opens_after_the_sign_in_without_another_one_and_asks_for_nothing(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        List<String> signIns = new ArrayList<>();
        vic.context().onRequest(request -> {
            if (request.url().contains("/authorize")) {
                signIns.add(request.url());
            }
        });
        Instant opened = Instant.now();
        vic.page().reload();

        vic.sees("who", Person.VIC.login);
        assertThat(vic.part("composer")).isFocused();
        vic.part("agent-choice").waitFor();

        vic.seesNo("consent-card");
        vic.seesNo("sign-in");
        assertEquals(List.of(), signIns);
        assertEquals(1, vic.context().pages().size(), "no window was opened");
        assertTrue(
                Running.stack().entra().requests().stream()
                        .noneMatch(request -> request.at().isAfter(opened)
                                && request.grantType().endsWith("jwt-bearer")),
                "no token was exchanged in Vic's name");
    }

    @Test
    void a_tool_is_used_once_it_is_allowed_by_a_token_that_names_the_person_and_is_made_for_us(Visitors visitors)
            throws IOException {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        int before = Store.callsFor(Person.VIC);

        vic.says("List my orders");
        Locator card = vic.part("consent-card");
        assertThat(card).containsText(AGENT + " asks for your permission");
        assertThat(vic.part("consent-link")).isVisible();
        vic.seesNo("tool-call");
        assertEquals(before, Store.callsFor(Person.VIC), "no tool is used before it is allowed");
        Locator answer = vic.getsOn();

        assertEquals(Set.of("ORD-001", "ORD-003", "ORD-005"), Visitor.orderIds(answer));
        vic.seesNo("consent-card");
        Locator hop = vic.hop(AGENT, "mcp");
        assertThat(hop).hasCount(1);
        assertThat(hop).hasAttribute("data-evidence", "verified");
        assertThat(hop).hasAttribute("data-user", Person.VIC.id);
        assertThat(hop).hasAttribute("data-audience", API);
        assertThat(hop).hasAttribute("data-client", CLIENT);
        assertEquals(
                String.join(" ", Person.VIC.id, AGENT, CLIENT, API, "list-orders", "permit"),
                Store.callAfter(before, Person.VIC));
        assertEquals(before + 1, Store.callsFor(Person.VIC));

        Download trail =
                vic.page().waitForDownload(() -> vic.part("trail-download").click());
        String exported = Files.readString(trail.path()).replaceAll("\\s", "");
        assertTrue(exported.contains("\"user\":\"" + Person.VIC.id + "\""), exported);
        assertTrue(exported.contains("\"audience\":\"" + API + "\""), exported);
    }

    @Test
    void who_has_allowed_it_once_is_not_asked_again(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("List my orders");

        vic.part("new-chat").click();
        vic.says("Show ORD-003");

        assertEquals(Set.of("ORD-003"), Visitor.orderIds(vic.answer()));
    }
}
