package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import dev.throughline.e2e.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every state of the page of the audit log that an administrator may meet, by a log that is brought into it. */
@ExtendWith(Browsers.class)
class AuditStatesInBrowserIT {
    private final Inspection inspection = new Inspection();

    @AfterEach
    void nothing_was_found() {
        assertEquals(List.of(), inspection.findings());
    }

    @Test
    void records_and_a_chain_that_holds(Visitors visitors) {
        Visitor ada = ada(visitors, new ScriptedLog());
        ada.part("go-audit").click();

        assertThat(ada.part("audit-verdict")).hasAttribute("data-state", "holds");
        assertThat(ada.part("audit-record")).hasCount(4);
        inspection.of("24-audit", ada.page());
        ada.part("audit-details").first().click();
        ada.part("audit-details").last().click();
        assertThat(ada.part("audit-conversation")).hasCount(1);
        ada.sees("audit-foreign", "Only its own person can open this conversation");
        ada.part("audit-key").locator("summary").click();
        ada.sees("audit-command", "java -jar audit-verifier.jar");
        inspection.of("25-audit-open", ada.page());
    }

    @Test
    void a_chain_that_does_not_hold_and_one_that_does_so_far(Visitors visitors) {
        ScriptedLog log = new ScriptedLog().verifiedAs(ScriptedLog.BROKEN);
        Visitor ada = ada(visitors, log);
        ada.part("go-audit").click();

        assertThat(ada.part("audit-verdict")).hasAttribute("data-state", "broken");
        ada.sees("audit-verdict", "The chain does not hold. A record is not the one that was put into it.");
        assertThat(ada.part("audit-verdict").getByText("The chain does not hold."))
                .isVisible();
        inspection.of("26-audit-broken", ada.page());

        log.verifiedAs(ScriptedLog.HOLDS_PARTLY);
        ada.part("audit-refresh").click();
        assertThat(ada.part("audit-verdict")).hasAttribute("data-state", "partly");
        ada.sees("audit-verdict", "The chain holds for 3 records; one more is too new");
        inspection.of("27-audit-partly", ada.page());
    }

    @Test
    void an_empty_log_and_a_broken_answer(Visitors visitors) {
        ScriptedLog log = new ScriptedLog().telling("{\"items\":[],\"next_cursor\":null}");
        Visitor ada = ada(visitors, log);
        ada.part("go-audit").click();
        ada.sees("audit-count", "There are no such records.");
        inspection.of("28-audit-empty", Look.NARROW_LIGHT, ada.page());

        log.telling("{\"items\":[{}],\"next_cursor\":null}").verifiedAs("{\"records\":1}");
        ada.part("audit-refresh").click();
        assertThat(ada.part("error-card")).hasAttribute("data-reason", "answer_unknown");
        ada.seesNo("audit-verdict");
        inspection.of("29-audit-error", Look.WIDE_DARK, ada.page());
    }

    @Test
    void filters_are_filled_in_and_mended_without_a_mouse(Visitors visitors) {
        Visitor ada = ada(visitors, new ScriptedLog());
        Page page = ada.page();
        Keyboard.press(page, ada.part("go-audit"), "Shift+Tab");
        assertThat(ada.part("audit-page").locator("h2")).isFocused();
        Keyboard.press(page, ada.part("audit-filter").locator("summary"), "Tab");
        Locator order = page.getByLabel("Order", new Page.GetByLabelOptions().setExact(true));
        Keyboard.reach(page, order, "Tab");
        page.keyboard().type("five");
        page.keyboard().press("Enter");

        assertThat(order).isFocused();
        assertThat(order).hasAttribute("aria-invalid", "true");
        assertThat(order).hasAccessibleDescription("An order's number looks like ORD-001.");
        inspection.of("30-audit-filter-wrong", Look.NARROW_DARK, page);
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type("ord-005");
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("#/audit\\?order=ORD-005$"));
        assertThat(ada.part("audit-results")).isFocused();
        assertThat(ada.part("audit-results")).hasText("Records of ORD-005, newest first");
        Keyboard.press(page, ada.part("audit-details").first(), "Tab");
        assertThat(ada.part("audit-everything")).isVisible();
        Keyboard.press(page, ada.part("audit-filter").locator("summary"), "Shift+Tab");
        Keyboard.press(page, ada.part("audit-clear"), "Tab");
        assertThat(ada.part("audit-results")).isFocused();
        assertThat(ada.part("audit-results")).hasText("All records, newest first");
    }

    @Test
    void a_long_download_says_how_far_it_is_can_be_cancelled_and_is_a_file_in_the_end(Visitors visitors)
            throws IOException {
        ScriptedLog log = new ScriptedLog();
        Visitor ada = ada(visitors, log);
        ada.part("go-audit").click();
        ada.part("audit-download").click();
        assertThat(ada.part("audit-download-said")).containsText("under way");
        assertThat(ada.part("audit-download-said"))
                .containsText("MB so far", new ContainsTextOptions().setTimeout(20_000));
        inspection.of("31-audit-download", Look.WIDE_LIGHT, ada.page());
        ada.part("audit-cancel").click();
        ada.sees("audit-download-said", "Download cancelled.");
        assertThat(ada.part("audit-download")).isFocused();
        log.answerExport("{}\n");

        Download download = ada.page().waitForDownload(() -> {
            ada.part("audit-download").click();
            ada.page().waitForTimeout(500);
            log.answerExport("{\"log\":\"throughline-audit-1\"}\n");
        });

        assertTrue(download.suggestedFilename().matches("audit-\\d{4}-\\d\\d-\\d\\d\\.ndjson"));
        assertEquals("{\"log\":\"throughline-audit-1\"}\n", Files.readString(download.path(), StandardCharsets.UTF_8));
        ada.sees("audit-download-said", "Saved");
    }

    @Test
    void the_log_is_asked_with_a_token_for_it_alone_and_the_chat_with_none_for_it(Visitors visitors) {
        ScriptedLog log = new ScriptedLog();
        Visitor ada = visitors.comes();
        log.on(ada.page());
        Set<String> scopesOfChat = new java.util.TreeSet<>();
        ada.page().onRequest(request -> {
            String token = request.headers().get("authorization");
            if (token != null && request.url().contains("/api/v1/conversations")) {
                scopesOfChat.add(scopes(token));
            }
        });
        ada.signsInAs(Person.ADA);
        ada.part("go-audit").click();
        ada.part("audit-record").first().waitFor();
        ada.part("go-chat").click();
        ada.getsAnswerTo("Show ORD-005");

        assertEquals(
                Set.of("Orders.Audit"),
                log.tokens().stream().map(AuditStatesInBrowserIT::scopes).collect(Collectors.toSet()));
        assertEquals(Set.of("Orders.Read Orders.Write"), scopesOfChat);
    }

    private static Visitor ada(Visitors visitors, ScriptedLog log) {
        Visitor ada = visitors.comes();
        log.on(ada.page());
        return ada.signsInAs(Person.ADA);
    }

    private static String scopes(String token) {
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        return claims.replaceAll("(?s).*\"scp\":\"([^\"]*)\".*", "$1");
    }
}
