package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import dev.throughline.local.foundry.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every state that people meet, in wide and narrow windows, light and dark: accessible, and kept as pictures. */
@ExtendWith(Browsers.class)
class LooksInBrowserIT {
    private final Inspection inspection = new Inspection();

    @AfterEach
    void nothing_was_found() {
        assertEquals(List.of(), inspection.findings());
    }

    @Test
    void the_inspection_finds_what_is_wrong_with_a_page(Visitors visitors) {
        Visitor somebody = visitors.comes();
        somebody.part("sign-in").waitFor();
        Inspection control = new Inspection();
        control.of("control", Look.NARROW_DARK, somebody.page());
        assertEquals(List.of(), control.findings());
        somebody.page().evaluate("""
                () => {
                  const picture = document.createElement("img");
                  picture.width = 900;
                  document.querySelector("main").append(picture);
                  document.querySelector("h1").style.color = "#333";
                }
                """);

        control.of("control", Look.NARROW_DARK, somebody.page());

        String findings = control.findings().toString();
        assertTrue(findings.contains("alternative text"), findings);
        assertTrue(findings.contains("contrast"), findings);
        assertTrue(findings.contains("wider than its window"), findings);
    }

    @Test
    void signing_in_and_consenting(Visitors visitors) {
        Running.stack().entra().forgetConsents();
        Running.stack().foundry().forgetConnectionTokens();
        Visitor vic = visitors.comes();
        vic.part("sign-in").waitFor();
        inspection.of("01-signed-out", vic.page());

        vic.part("sign-in").click();
        Visitor.button(vic.page(), Person.VIC.login).waitFor();
        inspection.of("02-sign-in-page", vic.page());
        Visitor.button(vic.page(), Person.VIC.login).click();

        vic.part("composer").waitFor();
        inspection.of("03-empty-chat", vic.page());
        vic.says("List my orders").part("consent-card").waitFor();
        inspection.of("04-consent-card", vic.page());

        Page broker = vic.opensConsent();
        inspection.of("05-consent-page", broker);
        inspection.of("06-consent-card-waiting", vic.page());
        Visitor.button(broker, "Accept").click();
        broker.getByText("You can close this window").waitFor();
        inspection.of("07-consent-given", broker);
    }

    @Test
    void answers_and_their_trail(Visitors visitors) {
        Visitor ana = visitors.comes().signsInAs(Person.ANA);
        ana.getsAnswerTo("List my orders");
        inspection.of("08-answer", ana.page());
        ana.part("tool-call").locator("summary").click();
        inspection.of("09-tool-call-open", ana.page());
        for (Look look : Look.values()) {
            if (look.isNarrow()) {
                look.on(ana.page());
                ana.part("trail-toggle").click();
                inspection.of("10-trail-open", look, ana.page());
                ana.page().keyboard().press("Escape");
            }
        }
    }

    @Test
    void what_did_not_work(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("Show ORD-003");
        Running.stack().foundry().failNext(new Fault.Slow(Duration.ofSeconds(40)));
        vic.says("List my orders").part("stop").waitFor();
        inspection.of("11-working", vic.page());
        vic.part("stop").click();
        vic.part("retry").waitFor();
        inspection.of("12-stopped", vic.page());
        Running.stack().foundry().failNext(new Fault.Refused(503));
        vic.part("retry").click();
        vic.part("error-card").waitFor();
        inspection.of("13-error-card", vic.page());
    }

    @Test
    void approving(Visitors visitors) {
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        try {
            pat.isAskedToApprove("Change the quantity of ORD-007 to 12");
            inspection.of("16-approval-card", pat.page());
            pat.goesTo("#/approvals");
            pat.part("approval-card").waitFor();
            inspection.of("17-approvals-page", pat.page());
            pat.part("approval-deny").click();
            pat.part("approval-outcome").waitFor();
            inspection.of("18-approval-denied", Look.NARROW_DARK, pat.page());
            pat.goesTo("#/approvals/00000000-0000-4000-8000-000000000000");
            pat.part("approval-not-found").waitFor();
            inspection.of("19-approval-not-found", Look.WIDE_LIGHT, pat.page());
            pat.expectComplaint(complaint -> complaint.contains("404"));
        } finally {
            Store.forgetApprovalsOf(Person.PAT);
        }
    }

    @Test
    void choosing_an_agent_and_allowing_it(Visitors visitors) {
        Store.forgetConsentsOf(Person.VIC);
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        try {
            vic.part("agent-choice").click();
            inspection.of("20-agents", vic.page());
            vic.agentOption("orders-functions").click();
            vic.says("List my orders").part("consent-allow").waitFor();
            inspection.of("21-our-consent", vic.page());
            vic.part("consent-allow").click();
            vic.answer();
            vic.goesTo("#/consents");
            vic.grant("orders-functions").getByTestId("grant-revoke").click();
            assertThat(vic.grant("orders-functions")).hasAttribute("data-state", "revoked");
            inspection.of("22-access", vic.page());
        } finally {
            Store.forgetConsentsOf(Person.VIC);
        }
    }

    @Test
    void the_menu_with_the_conversations(Visitors visitors) {
        Visitor ana = visitors.comes().signsInAs(Person.ANA);
        ana.getsAnswerTo("List my orders");
        ana.part("conversation").first().waitFor();
        for (Look look : Look.values()) {
            look.on(ana.page());
            if (look.isNarrow()) {
                ana.part("menu-toggle").click();
            }
            ana.part("conversation-remove").first().click();
            inspection.of("23-conversations", look, ana.page());
            ana.part("conversation-keep").click();
            assertThat(ana.part("conversation-remove").first()).isFocused();
            if (look.isNarrow()) {
                ana.page().keyboard().press("Escape");
                assertThat(ana.part("conversation-remove").first()).isHidden();
            }
        }
    }
}
