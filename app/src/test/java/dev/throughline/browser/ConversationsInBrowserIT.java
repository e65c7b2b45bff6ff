package dev.throughline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import dev.throughline.e2e.Person;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People find their conversations again, as they left them, and nobody else does. */
@ExtendWith(Browsers.class)
class ConversationsInBrowserIT {
    @AfterEach
    void as_before() {
        Store.forgetApprovalsOf(Person.PAT);
        Store.restore(7, 1);
    }

    @Test
    void an_earlier_conversation_is_listed_opened_and_goes_on(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("Please show me ORD-003");
        Locator listed = vic.conversations("Please show me ORD-003").first();
        assertThat(listed).containsText("orders-assistant");
        String id = listed.getAttribute("data-conversation");
        vic.part("new-chat").click();
        vic.seesNo("message-user");

        conversation(vic, id).getByTestId("conversation-open").click();

        vic.sees("message-user", "Please show me ORD-003");
        assertEquals(Set.of("ORD-003"), Visitor.orderIds(vic.answer()));
        assertThat(vic.part("message-assistant").getByTestId("tool-call")).hasAttribute("data-tool", "get-order");
        assertThat(conversation(vic, id).getByTestId("conversation-open")).hasAttribute("aria-current", "true");
        assertEquals(Set.of("ORD-001"), Visitor.orderIds(vic.getsAnswerTo("Show ORD-001")));
        assertThat(vic.part("message-user")).hasCount(2);
        assertEquals(id, vic.part("conversation").first().getAttribute("data-conversation"));
    }

    @Test
    void a_question_that_waits_is_there_again_after_a_reload_and_can_be_answered(Visitors visitors) {
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        String approval =
                pat.isAskedToApprove("Change the quantity of ORD-007 to 11").getAttribute("data-approval");

        pat.page().reload();

        Locator card = pat.part("approval-card");
        assertThat(card).hasAttribute("data-approval", approval);
        assertThat(card).hasAttribute("data-state", "pending");
        pat.sees("message-user", "Change the quantity of ORD-007 to 11");
        Locator listed =
                pat.conversations("Change the quantity of ORD-007 to 11").first();
        assertThat(listed).hasAttribute("data-waiting", "true");
        pat.part("new-chat").click();
        pat.seesNo("approval-card");
        listed.getByTestId("conversation-open").click();
        assertThat(card).hasAttribute("data-approval", approval);
        pat.part("approval-approve").click();

        assertThat(pat.answer()).containsText("ORD-007");
        assertEquals("11 v2", Store.order(7));
        assertThat(listed).hasAttribute("data-waiting", "false");
    }

    @Test
    void a_conversation_is_deleted_only_after_a_second_word_and_then_for_good(Visitors visitors) {
        Visitor vic = visitors.comes().signsInAs(Person.VIC);
        vic.getsAnswerTo("Kindly show ORD-005");
        Locator listed = vic.conversations("Kindly show ORD-005").first();
        String id = listed.getAttribute("data-conversation");

        conversation(vic, id).getByTestId("conversation-remove").click();
        assertThat(conversation(vic, id)).containsText("Delete this conversation and its trail for good?");
        vic.part("conversation-keep").click();
        assertThat(conversation(vic, id).getByTestId("conversation-open")).isVisible();
        assertEquals(
                1,
                Store.find("select id from conversation where id = ?::uuid", id).size());

        conversation(vic, id).getByTestId("conversation-remove").click();
        vic.part("conversation-delete").click();

        assertThat(conversation(vic, id)).hasCount(0);
        vic.seesNo("message-user");
        assertThat(vic.part("composer")).isEnabled();
        assertEquals(
                0,
                Store.find("select id from conversation where id = ?::uuid", id).size());
        assertEquals(
                0,
                Store.find("select id from run where conversation = ?::uuid", id)
                        .size());
        vic.page().reload();
        vic.part("conversation-list").waitFor();
        assertThat(conversation(vic, id)).hasCount(0);
    }

    @Test
    void another_persons_conversation_is_neither_listed_nor_opened(Visitors visitors) {
        Visitor pat = visitors.comes().signsInAs(Person.PAT);
        pat.getsAnswerTo("Would you show ORD-002");
        String id = pat.conversations("Would you show ORD-002").first().getAttribute("data-conversation");

        Visitor ana = visitors.comes().signsInAs(Person.ANA);
        ana.getsAnswerTo("Show ORD-001");
        assertThat(ana.conversations("Show ORD-001").first()).isVisible();
        assertThat(conversation(ana, id)).hasCount(0);
        ana.goesTo("#/conversations/" + id);

        assertThat(ana.part("error-card")).hasAttribute("data-reason", "conversation_not_found");
        ana.seesNo("message-user");
        ana.expectComplaint(complaint -> complaint.contains("404"));
        assertThat(conversation(pat, id)).hasCount(1);
    }

    private static Locator conversation(Visitor visitor, String id) {
        return visitor.page().locator("[data-testid=conversation][data-conversation='" + id + "']");
    }
}
