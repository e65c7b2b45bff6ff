package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.throughline.e2e.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From an answer in the chat to what is on record of it, to the order's whole history, and back. */
@ExtendWith(Browsers.class)
class AuditInBrowserIT {
    /** The longest until what happened is in the chain and signed. */
    private static final Duration SIGNED_WITHIN = Duration.ofSeconds(40);

    @Test
    void an_administrator_follows_an_answer_to_its_records_and_the_order_and_comes_back(Visitors visitors) {
        Visitor ada = visitors.comes().signsInAs(Person.ADA);
        Page page = ada.page();
        ada.getsAnswerTo("Show ORD-005");

        page.getByText("Records of this conversation").click();

        assertThat(page).hasURL(Pattern.compile("#/audit\\?conversation=[0-9a-f-]{36}$"));
        String ofConversation = page.url();
        Locator call = record(ada, "get-order", "ORD-005");
        awaitsTheChain(ada);
        assertThat(call).hasAttribute("data-user", Person.ADA.id);
        assertThat(call).hasAttribute("data-decision", "permit");
        assertThat(call).containsText("You");
        assertThat(call).containsText("through orders-assistant");
        assertThat(call).containsText("may reach all orders of the organisation");
        assertTrue(Objects.requireNonNull(call.getAttribute("data-seq")).matches("[1-9]\\d*"));
        String id = call.getAttribute("data-id");

        call.getByTestId("audit-order").click();

        assertThat(ada.part("audit-results")).hasText("Records of ORD-005, newest first");
        Locator same = page.locator("[data-testid=audit-record][data-id='" + id + "']");
        same.waitFor();
        // By which conversation the call was made is on record, too: it leads from the order back to the answer.
        assertThat(page.locator("[data-testid=audit-record]:not([data-resource=ORD-005])"
                        + ":not([data-action=tool-call-joined])"))
                .hasCount(0);

        page.goBack();

        assertThat(page).hasURL(ofConversation);
        same.waitFor();
        Locator told = record(ada, "chat", null).first();
        told.getByTestId("audit-details").click();
        ada.part("audit-conversation").first().click();
        ada.sees("message-user", "Show ORD-005");
        assertThat(ada.hop("browser", "chat").first()).isVisible();
    }

    @Test
    void the_records_of_one_answer_are_not_those_of_another(Visitors visitors) {
        Visitor ada = visitors.comes().signsInAs(Person.ADA);
        ada.getsAnswerTo("Show ORD-006");
        ada.getsAnswerTo("Show ORD-007");

        ada.part("trail-records").first().click();

        assertThat(ada.page()).hasURL(Pattern.compile("#/audit\\?run=[0-9a-f-]{36}$"));
        awaitsTheChain(ada);
        assertThat(record(ada, "get-order", "ORD-007")).hasCount(1);
        assertThat(record(ada, "get-order", "ORD-006")).hasCount(0);
    }

    @Test
    void another_persons_doing_is_on_record_and_their_conversation_stays_their_own(Visitors visitors) {
        visitors.comes().signsInAs(Person.VIC).getsAnswerTo("Show ORD-003");
        Visitor ada = visitors.comes().signsInAs(Person.ADA);
        ada.goesTo("#/audit?user=" + Person.VIC.id);

        Locator told = record(ada, "chat", null).first();
        assertThat(told).hasAttribute("data-user", Person.VIC.id);
        told.getByTestId("audit-details").click();

        ada.sees("audit-foreign", "Only its own person can open this conversation");
        ada.seesNo("audit-conversation");
        assertThat(ada.page().locator("[data-testid=audit-record]:not([data-user='" + Person.VIC.id + "'])"))
                .hasCount(0);
    }

    @Test
    void who_is_no_administrator_sees_no_way_there_and_is_told_politely(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("Show ORD-003");
        vic.part("go-consents").waitFor();
        vic.seesNo("go-audit");
        vic.seesNo("trail-records");

        vic.goesTo("#/audit?order=ORD-003");

        vic.sees("audit-closed", "The audit log is for administrators of the order desk.");
        vic.seesNo("audit-record");
        vic.seesNo("error-card");
    }

    @Test
    void the_way_from_the_answer_to_the_order_needs_no_mouse(Visitors visitors) {
        Visitor ada = visitors.comes().signsInAs(Person.ADA);
        Page page = ada.page();
        ada.getsAnswerTo("Show ORD-005");

        Keyboard.press(page, ada.part("trail-records").last(), "Tab");
        assertThat(ada.part("audit-page").locator("h2")).isFocused();
        Keyboard.press(page, record(ada, "get-order", "ORD-005").getByTestId("audit-order"), "Tab");

        assertThat(ada.part("audit-results")).isFocused();
        assertThat(ada.part("audit-results")).hasText("Records of ORD-005, newest first");
        Inspection inspection = new Inspection();
        inspection.of("32-audit-of-an-order", page);
        assertEquals(List.of(), inspection.findings());
    }

    @Test
    void the_log_is_taken_away_with_the_key_to_verify_it(Visitors visitors) throws IOException {
        Visitor ada = visitors.comes().signsInAs(Person.ADA);
        ada.goesTo("#/audit");
        awaitsTheChain(ada);

        Download download =
                ada.page().waitForDownload(() -> ada.part("audit-download").click());

        List<String> lines = Files.readAllLines(download.path());
        assertTrue(lines.get(0).startsWith("{\"log\":\"throughline-audit-1\",\"checkpoint\":\""), lines.get(0));
        assertTrue(lines.get(1).startsWith("{\"seq\":1,"), lines.get(1));
        ada.part("audit-key").locator("summary").click();
        String key = ada.part("audit-key-text").innerText();
        assertTrue(key.matches("throughline-audit/[0-9a-f-]{36}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+=*"), key);
        ada.sees("audit-command", key);
    }

    /** The records are in the chain within a second, and signed a little later: a person loads them again. */
    private static void awaitsTheChain(Visitor ada) {
        Instant end = Instant.now().plus(SIGNED_WITHIN);
        Locator verdict = ada.part("audit-verdict");
        Locator settled =
                ada.page().locator("[data-testid=audit-verdict]:not([data-state=checking]):not([data-state=unknown])");
        settled.waitFor();
        while (!"holds".equals(verdict.getAttribute("data-state"))
                && Instant.now().isBefore(end)) {
            ada.page().waitForTimeout(1_000);
            ada.part("audit-refresh").click();
            settled.waitFor();
        }
        assertThat(verdict).hasAttribute("data-state", "holds");
        ada.sees("audit-signed", "Newest signed checkpoint");
    }

    private static Locator record(Visitor ada, String action, String resource) {
        return ada.page()
                .locator("[data-testid=audit-record][data-action='" + action + "']"
                        + (resource == null ? "" : "[data-resource='" + resource + "']"));
    }
}
