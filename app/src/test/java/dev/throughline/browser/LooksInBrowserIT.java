package dev.throughline.browser;

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
}
