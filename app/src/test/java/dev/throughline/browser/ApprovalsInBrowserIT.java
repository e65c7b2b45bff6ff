package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.throughline.e2e.Person;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An agent changes orders only after the person has seen the change and said yes to it, to each one by itself. */
@ExtendWith(Browsers.class)
class ApprovalsInBrowserIT {
    @AfterEach
    void as_before() {
        Store.forgetApprovalsOf(Person.PAT);
        Store.forgetApprovalsOf(Person.ADA);
        Store.change("delete from orders where number > 8");
        Store.restore(7, 1);
    }

    @Test
    void a_change_is_shown_field_by_field_and_a_double_click_approves_it_once(Visitors visitors) {
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        Locator card = pat.isAskedToApprove("Change the quantity of ORD-007 to 5");
        List<String> decisions = decisionsOf(pat);

        assertThat(card.locator("h3")).hasText("orders-assistant asks to change order ORD-007");
        assertThat(card.getByTestId("approval-effect")).hasAttribute("data-kind", "change");
        assertField(card, "id", "ORD-007", "ORD-007");
        assertField(card, "customer_name", "Grace Chen", "Grace Chen");
        assertField(card, "product", "Noise-Cancelling Headphones", "Noise-Cancelling Headphones");
        assertField(card, "quantity", "1", "5");
        assertField(card, "status", "shipped", "shipped");
        assertThat(card.locator("[data-field]")).hasCount(5);
        assertThat(card.getByTestId("approval-expiry")).containsText("You can decide within");
        assertEquals("1 v1", Store.order(7), "nothing is done before it is approved");
        String id = card.getAttribute("data-approval");
        pat.part("approval-approve").dblclick();

        assertThat(pat.answer()).containsText("ORD-007");
        assertEquals("5 v2", Store.order(7));
        assertEquals(List.of("POST /api/v1/approvals/" + id), decisions);
        assertThat(pat.part("decided")).hasText("You approved: change order ORD-007");
        pat.seesNo("approval-card");
        assertThat(pat.page().locator("[data-testid=hop][data-approval='" + id + "']"))
                .hasAttribute("data-user", Person.PAT.id);
    }

    @Test
    void a_change_that_is_denied_is_not_made(Visitors visitors) {
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        pat.isAskedToApprove("Change the quantity of ORD-007 to 9");
        List<String> decisions = decisionsOf(pat);

        pat.part("approval-deny").dblclick();

        assertThat(pat.answer()).hasAttribute("data-status", "done");
        assertThat(pat.part("decided")).hasAttribute("data-state", "denied");
        pat.seesNo("approval-card");
        pat.seesNo("error-card");
        assertEquals(1, decisions.size(), decisions.toString());
        assertEquals("1 v1", Store.order(7));
    }

    @Test
    void a_new_order_and_a_deletion_are_shown_as_what_they_are(Visitors visitors) {
        Visitor ada = visitors.comes().signsInAs(Person.ADA);
        Locator card = ada.isAskedToApprove("Create an order for Zoe Quill: 2 desk lamps");
        assertThat(card.getByTestId("approval-effect")).hasAttribute("data-kind", "creation");
        assertThat(field(card, "customer_name").locator("td bdi")).hasText("Zoe Quill");
        assertThat(field(card, "product").locator("td bdi")).hasText("desk lamps");
        assertThat(field(card, "quantity").locator("td bdi")).hasText("2");
        ada.part("approval-approve").click();
        ada.answer();
        List<String> created = Store.find("select number from orders where customer_name = 'Zoe Quill'");
        assertEquals(1, created.size());

        String order = "ORD-%03d".formatted(Integer.valueOf(created.get(0)));
        Locator deletion = ada.isAskedToApprove("Delete " + order);
        assertThat(deletion.getByTestId("approval-effect")).hasAttribute("data-kind", "deletion");
        assertThat(deletion.locator("h3")).hasText("orders-assistant asks to delete order " + order);
        assertThat(field(deletion, "customer_name").locator("td bdi")).hasText("Zoe Quill");
        ada.part("approval-approve").click();
        ada.answer();

        assertEquals(List.of(), Store.find("select number from orders where customer_name = 'Zoe Quill'"));
        assertThat(ada.part("decided")).hasCount(2);
    }

    @Test
    void each_change_is_decided_by_itself_and_nothing_decides_several(Visitors visitors) {
        DesktopClient program = new DesktopClient(Person.PAT);
        String first = idIn(program.asksToApprove("update-order", "{\"id\":\"ORD-007\",\"quantity\":2}"));
        String second = idIn(program.asksToApprove("update-order", "{\"id\":\"ORD-007\",\"quantity\":3}"));
        Visitor pat = visitors.comes().signsInAs(Person.PAT).goesTo("#/approvals");
        Locator waiting = pat.part("approvals-page").locator("[data-testid=approval-card][data-state=pending]");
        assertThat(waiting).hasCount(2);
        assertThat(pat.part("approvals-page").getByRole(AriaRole.BUTTON))
                .hasText(new String[] {"Approve", "Deny", "Approve", "Deny"});
        assertThat(pat.part("approvals-page").locator("input")).hasCount(0);
        List<String> decisions = decisionsOf(pat);

        card(pat, first).getByTestId("approval-approve").click();

        assertThat(card(pat, first)).hasAttribute("data-state", "approved");
        assertThat(card(pat, second)).hasAttribute("data-state", "pending");
        assertEquals(List.of("POST /api/v1/approvals/" + first), decisions);
        assertEquals(List.of("pending"), Store.find("select state from approval where id = ?::uuid", second));
    }

    @Test
    void a_decision_that_comes_too_late_does_nothing_and_says_so(Visitors visitors) {
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        Locator card = pat.isAskedToApprove("Change the quantity of ORD-007 to 8");
        Store.change(
                "update approval set asked_at = now() - interval '6 minutes', expires_at = now() - interval '1 minute'"
                        + " where id = ?::uuid",
                card.getAttribute("data-approval"));

        pat.part("approval-approve").click();

        assertThat(pat.answer()).hasAttribute("data-status", "done");
        assertThat(pat.part("decided")).hasAttribute("data-state", "expired");
        assertThat(pat.part("decided")).containsText("The time to decide was over");
        assertEquals("1 v1", Store.order(7));
        pat.expectComplaint(complaint -> complaint.contains("409"));
    }

    @Test
    void when_the_time_is_over_there_is_nothing_left_to_click_but_to_go_on(Visitors visitors) {
        Visitor pat = visitors.comes();
        pat.page().clock().install();
        pat.signsInAs(Person.PAT);
        Locator card = pat.isAskedToApprove("Change the quantity of ORD-007 to 4");
        Store.change(
                "update approval set asked_at = now() - interval '6 minutes', expires_at = now() - interval '1 minute'"
                        + " where id = ?::uuid",
                card.getAttribute("data-approval"));

        pat.page().clock().fastForward("05:05");

        assertThat(card).hasAttribute("data-state", "expired");
        pat.seesNo("approval-approve");
        pat.seesNo("approval-deny");
        pat.sees("approval-outcome", "The time to decide is over.");
        pat.part("go-on").click();
        assertThat(pat.answer()).hasAttribute("data-status", "done");
        assertEquals("1 v1", Store.order(7));
    }

    @Test
    void a_link_survives_the_sign_in_and_the_program_that_asked_can_go_on(Visitors visitors) {
        DesktopClient program = new DesktopClient(Person.PAT);
        String change = "{\"id\":\"ORD-007\",\"quantity\":6}";
        URI link = program.asksToApprove("update-order", change);
        Visitor pat = visitors.comes();
        pat.page().navigate(link.toString());
        pat.page().reload();
        pat.signsInAs(Person.PAT);

        Locator card = pat.part("approval-page").getByTestId("approval-card");
        assertThat(card.locator("h3")).hasText("desktop-mcp-client asks to change order ORD-007");
        assertField(card, "quantity", "1", "6");
        assertThat(pat.part("approval-page")).isVisible();
        pat.part("approval-approve").click();

        assertThat(card).hasAttribute("data-state", "approved");
        pat.sees("back-to-program", "You can go back to the program that asked");
        assertEquals("1 v1", Store.order(7), "the program itself makes the change");
        program.call("update-order", change);
        assertEquals("6 v2", Store.order(7));
        pat.page().reload();
        assertThat(card).hasAttribute("data-state", "used");
    }

    @Test
    void another_persons_link_leads_to_nothing(Visitors visitors) {
        URI link = new DesktopClient(Person.PAT).asksToApprove("update-order", "{\"id\":\"ORD-007\",\"quantity\":7}");
        Visitor vic = visitors.comes().signsInAs(Person.VIC).goesTo("#/approvals/" + idIn(link));

        vic.sees("approval-not-found", "There is no such request for you");
        vic.seesNo("approval-card");
        vic.expectComplaint(complaint -> complaint.contains("404"));
        vic.goesTo("#/approvals");
        vic.sees("approvals-page", "Nothing waits for you.");

        Visitor pat = visitors.comes().signsInAs(Person.PAT).goesTo("#/approvals/" + idIn(link));
        assertThat(pat.part("approval-card")).hasAttribute("data-state", "pending");
    }

    private static String idIn(URI link) {
        return link.getFragment().substring("/approvals/".length());
    }

    private static Locator card(Visitor visitor, String approval) {
        return visitor.page().locator("[data-testid=approval-card][data-approval='" + approval + "']");
    }

    /** The decisions that this person's browser sends from now on. */
    private static List<String> decisionsOf(Visitor visitor) {
        List<String> sent = new ArrayList<>();
        visitor.context().onRequest(request -> {
            URI at = URI.create(request.url());
            if (request.method().equals("POST") && at.getPath().startsWith("/api/v1/approvals")) {
                sent.add(request.method() + " " + at.getPath());
            }
        });
        return sent;
    }

    private static Locator field(Locator card, String name) {
        return card.getByTestId("approval-effect").locator("[data-field='" + name + "']");
    }

    private static void assertField(Locator card, String name, String before, String after) {
        Locator row = field(card, name);
        assertThat(row.locator("td bdi")).hasText(new String[] {before, after});
        assertThat(row).hasAttribute("data-changed", String.valueOf(!before.equals(after)));
    }
}
