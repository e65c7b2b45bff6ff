package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import dev.throughline.e2e.Person;
import dev.throughline.e2e.Running;
import dev.throughline.local.entra.AadError;
import dev.throughline.local.foundry.Fault;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person sees when something does not work, and how they go on. */
@ExtendWith(Browsers.class)
class FailuresInBrowserIT {
    private static final Pattern ID = Pattern.compile("[\\w-]{8,}");

    @Test
    void an_agent_that_is_away_gives_an_error_with_an_id_and_a_second_try(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("List my orders");
        Running.stack().foundry().failNext(new Fault.Refused(503));

        vic.says("Show ORD-003");

        assertThat(vic.part("error-card")).hasAttribute("data-reason", "agent_unavailable");
        assertThat(vic.part("correlation-id")).hasText(ID);
        vic.part("retry").click();
        assertEquals(Set.of("ORD-003"), Visitor.orderIds(vic.answer()));
        vic.seesNo("error-card");
        assertThat(vic.part("message-user")).hasCount(2);
    }

    @Test
    void a_first_message_that_fails_can_be_tried_again(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        Running.stack().foundry().failNext(new Fault.Refused(503));
        vic.says("Show ORD-003");
        assertThat(vic.part("error-card")).hasAttribute("data-reason", "agent_unavailable");

        vic.part("retry").click();

        assertEquals(Set.of("ORD-003"), Visitor.orderIds(vic.getsOn()));
        vic.seesNo("error-card");
        assertThat(vic.part("message-user")).hasCount(1);
        assertEquals(Set.of("ORD-001"), Visitor.orderIds(vic.getsAnswerTo("Show ORD-001")));
    }

    @Test
    void a_first_message_that_was_stopped_can_be_tried_again(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        Running.stack().foundry().failNext(new Fault.Slow(Duration.ofSeconds(4)));
        vic.says("Show ORD-003");
        vic.reachesTheAgent();
        vic.part("stop").click();

        vic.part("retry").click();

        assertEquals(Set.of("ORD-003"), Visitor.orderIds(vic.getsOn()));
        vic.seesNo("error-card");
    }

    @Test
    void an_answer_that_breaks_off_is_not_taken_for_a_whole_one(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("List my orders");
        Running.stack().foundry().failNext(new Fault.CutStream(4));

        vic.says("Show ORD-003");

        assertThat(vic.part("message-assistant").last()).hasAttribute("data-status", "failed");
        assertThat(vic.part("correlation-id")).hasText(ID);
        vic.part("retry").click();
        assertEquals(Set.of("ORD-003"), Visitor.orderIds(vic.answer()));
    }

    @Test
    void a_person_without_the_project_role_is_told_so(Visitors visitors) {
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        Running.stack().foundry().denyProjectRole(Person.PAT.id);
        try {
            pat.says("List my orders");

            pat.sees("error-card", "You are not assigned to this agent project.");
        } finally {
            Running.stack().foundry().grantProjectRole(Person.PAT.id);
        }
    }

    @Test
    void a_stronger_sign_in_that_is_asked_for_is_one_click_away(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        Running.stack().entra().answerNextOnBehalfOfWith(AadError.multiFactorNeeded("{\"access_token\":{}}"));
        vic.says("Who am I?");
        assertThat(vic.part("error-card")).hasAttribute("data-reason", "step_up_needed");
        vic.seesNo("retry");

        vic.part("sign-in-again").click();
        Visitor.button(vic.page(), Person.VIC.login).click();

        vic.sees("who", Person.VIC.login);
        assertThat(vic.part("composer")).hasValue("Who am I?");
        vic.part("send").click();
        vic.getsOn();
        vic.seesNo("error-card");
    }

    @Test
    void a_slow_answer_can_be_stopped_and_asked_for_again(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("List my orders");
        Running.stack().foundry().failNext(new Fault.Slow(Duration.ofSeconds(8)));

        vic.says("Show ORD-003");
        vic.reachesTheAgent();
        vic.part("stop").click();

        assertThat(vic.part("message-assistant").last())
                .hasAttribute("data-status", "stopped", new HasAttributeOptions().setTimeout(2_000));
        vic.part("retry").click();
        assertEquals(Set.of("ORD-003"), Visitor.orderIds(vic.answer()));
    }

    @Test
    void a_server_that_cannot_be_reached_costs_nobody_their_question(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.context().setOffline(true);
        vic.says("Show ORD-003");
        vic.sees("error-card", "The server cannot be reached.");
        vic.expectComplaint(complaint -> complaint.contains("ERR_INTERNET_DISCONNECTED"));

        vic.context().setOffline(false);
        vic.page().waitForFunction("() => fetch('/health/ready').then(answer => answer.ok, () => false)");
        vic.part("retry").click();

        vic.part("consent-card")
                .or(vic.part("message-assistant").locator("table, p"))
                .first()
                .waitFor();
        vic.sees("message-user", "Show ORD-003");
        vic.seesNo("error-card");
    }
}
