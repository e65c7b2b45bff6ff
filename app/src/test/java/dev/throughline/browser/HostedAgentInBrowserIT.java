package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import dev.throughline.local.responses.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a person lives through with a hosted agent: the same as with any other, by a consent of ours, while the agent's
 * program never holds a token.
 */
@ExtendWith(Browsers.class)
class HostedAgentInBrowserIT {
    private static final String AGENT = "orders-functions";
    private static final String API = "c0ffee00-0000-4000-8000-0000000000a1";
    private static final String WEB_CHAT = "c0ffee00-0000-4000-8000-0000000000a2";

    @BeforeEach
    @AfterEach
    void nobody_has_consented_or_approved() {
        for (Person person : List.of(Person.VIC, Person.PAT)) {
            Store.forgetConsentsOf(person);
            Store.forgetApprovalsOf(person);
        }
    }

    @Test
    void a_greeting_needs_no_permission_and_the_first_tool_needs_ours(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC).choosesAgent(AGENT);
        vic.says("Hello");
        assertThat(vic.answer()).containsText("order desk");
        vic.seesNo("consent-card");
        vic.seesNo("tool-call");
        int before = Store.callsFor(Person.VIC);

        vic.says("List my orders");
        Locator card = vic.part("consent-card");
        assertThat(card).hasAttribute("data-kind", "own");
        assertThat(card).containsText(AGENT + " asks for your permission");
        assertThat(card).containsText("read the orders that you may see");
        vic.seesNo("consent-link");
        assertEquals(before, Store.callsFor(Person.VIC), "no tool is used before it is allowed");
        vic.part("consent-allow").click();

        assertEquals(Set.of("ORD-001", "ORD-003", "ORD-005"), Visitor.orderIds(vic.answer()));
        Locator hop = vic.hop(AGENT, "functions");
        assertThat(hop).hasCount(1);
        assertThat(hop).hasAttribute("data-evidence", "verified");
        assertThat(hop).hasAttribute("data-user", Person.VIC.id);
        assertThat(hop).hasAttribute("data-audience", API);
        assertThat(hop)
                .hasAttribute(
                        "data-consent",
                        Store.find(
                                        "select id from consent where owner = ? and agent = ?",
                                        Store.idOf(Person.VIC),
                                        AGENT)
                                .get(0));
        assertEquals(
                String.join(" ", Person.VIC.id, AGENT, WEB_CHAT, API, "list-orders", "permit"),
                Store.callAfter(before, Person.VIC));
    }

    @Test
    void who_does_not_allow_it_gets_a_polite_end_and_no_tool_is_used(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC).choosesAgent(AGENT);
        int before = Store.callsFor(Person.VIC);
        vic.says("List my orders").part("consent-deny").click();

        Locator refused = vic.answer();

        assertEquals(Set.of(), Visitor.orderIds(refused));
        vic.seesNo("consent-card");
        vic.seesNo("error-card");
        assertEquals(before, Store.callsFor(Person.VIC));
        assertEquals(
                List.of("denied"),
                Store.find("select state from consent where owner = ? and agent = ?", Store.idOf(Person.VIC), AGENT));
    }

    @Test
    void the_same_persons_change_is_approved_and_recorded_while_no_token_reaches_the_agent(Visitors visitors) {
        Visitor pat = visitors.comes().signsInAs(Person.PAT).choosesAgent(AGENT);
        Instant begun = Instant.now();
        Set<String> tokens = new TreeSet<>();
        pat.context().onRequest(request -> {
            String header = request.headers().get("authorization");
            if (header != null) {
                tokens.add(header.substring("Bearer ".length()));
            }
        });
        int before = Store.callsFor(Person.PAT);
        try {
            Locator card = pat.isAskedToApprove("Change the quantity of ORD-007 to 6");
            assertThat(card).containsText(AGENT + " asks to change order ORD-007");
            String approval = card.getAttribute("data-approval");
            assertEquals("1 v1", Store.order(7));
            pat.part("approval-approve").click();

            assertThat(pat.answer()).containsText("ORD-007");
            assertEquals("6 v2", Store.order(7));
            assertThat(pat.page().locator("[data-testid=hop][data-approval='" + approval + "']"))
                    .hasAttribute("data-user", Person.PAT.id);
            assertEquals(
                    String.join(" ", Person.PAT.id, AGENT, WEB_CHAT, API, "update-order", "permit"),
                    Store.callAfter(before, Person.PAT));
            assertEquals(
                    List.of("used"),
                    Store.find(
                            "select state from approval where id = ?::uuid and owner = ?",
                            approval,
                            Store.idOf(Person.PAT)));
        } finally {
            Store.restore(7, 1);
        }

        List<ReceivedRequest> received = Running.stack().foundry().hostedRequests().stream()
                .filter(request -> request.at().isAfter(begun))
                .toList();
        assertFalse(received.isEmpty(), "the agent was asked");
        assertFalse(tokens.isEmpty(), "Pat's browser sent tokens to us");
        for (ReceivedRequest request : received) {
            assertFalse(request.headers().containsKey("authorization"), request.path());
            for (String token : tokens) {
                assertFalse(request.body().contains(token), "a token in the body");
                String signature = token.substring(token.lastIndexOf('.') + 1);
                assertFalse(request.body().contains(signature), "a part of a token in the body");
                assertTrue(
                        request.headers().values().stream().noneMatch(values -> values.contains(sha256(token))),
                        "a token in a header");
            }
        }
        assertEquals(List.of(), Running.stack().foundry().hostedViolations());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
