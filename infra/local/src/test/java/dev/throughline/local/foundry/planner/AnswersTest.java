package dev.throughline.local.foundry.planner;

import static dev.throughline.local.foundry.planner.OrderDeskTools.answer;
import static dev.throughline.local.foundry.planner.OrderDeskTools.failed;
import static dev.throughline.local.foundry.planner.OrderDeskTools.returned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of the tools' results, and nothing else. */
class AnswersTest {

    private static final String KEYBOARD = """
            {"id":"ORD-001","customer_name":"Alice Johnson","product":"Wireless Keyboard","quantity":2,
             "status":"delivered","created_at":"2026-11-02T08:30:00Z","owner":"vic","version":1}""";
    private static final String STAND = """
            {"id":"ORD-003","customer_name":"Carol Lee","product":"Monitor Stand","quantity":1,
             "status":"pending","created_at":"2026-11-03T08:30:00Z","owner":"ana","version":1}""";

    private static ToolResult page(String cursor, String... orders) {
        return returned("list-orders", "{\"items\":[" + String.join(",", orders) + "],\"next_cursor\":" + cursor + "}");
    }

    @Test
    void a_list_is_a_sentence_and_a_table() {
        assertEquals("""
                There are 2 orders that you can see:

                | ID | Customer | Product | Qty | Status | Created |
                | --- | --- | --- | --- | --- | --- |
                | ORD-001 | Alice Johnson | Wireless Keyboard | 2 | delivered | 2026-11-02 |
                | ORD-003 | Carol Lee | Monitor Stand | 1 | pending | 2026-11-03 |""", answer("list my orders", page("null", KEYBOARD, STAND)));
    }

    @Test
    void another_row_gives_another_answer() {
        String renamed = KEYBOARD.replace("Alice Johnson", "Alicia Johnson");

        assertTrue(answer("list my orders", page("null", KEYBOARD)).contains("| Alice Johnson |"));
        assertTrue(answer("list my orders", page("null", renamed)).contains("| Alicia Johnson |"));
    }

    @Test
    void no_orders_are_said_in_a_sentence() {
        assertEquals("There are no orders that you can see.", answer("list my orders", page("null")));
        assertEquals("There are no pending orders that you can see.", answer("what is pending?", page("null")));
    }

    @Test
    void statuses_that_the_tool_cannot_combine_are_picked_from_its_rows() {
        String text = answer("which orders are not delivered?", page("null", KEYBOARD, STAND));

        assertTrue(text.startsWith("There is one pending or shipped or cancelled order that you can see:"), text);
        assertFalse(text.contains("ORD-001"), text);
    }

    @Test
    void a_list_goes_on_page_by_page_and_ends_after_five() {
        ToolResult page = page("\"next\"", KEYBOARD);

        assertEquals("CALLS list-orders cursor=next", answer("list all orders", page));
        String text = answer("list all orders", page, page, page, page, page);
        assertTrue(text.contains("There are 5 orders that you can see:"), text);
        assertTrue(text.endsWith("There are more: I stopped after 5 pages of the list."), text);
    }

    @Test
    void own_orders_alone_are_told_by_what_the_tool_says_of_the_person() {
        ToolResult who = returned("whoami", "{\"user\":{\"id\":\"vic\",\"name\":\"Vic Viewer\"}}");

        assertEquals("CALLS list-orders", answer("which orders are mine?", who));
        String text = answer("which orders are mine?", who, page("null", KEYBOARD, STAND));
        assertTrue(text.startsWith("There is one order that belongs to you:"), text);
        assertFalse(text.contains("ORD-003"), text);
    }

    @Test
    void the_person_may_be_told_by_a_bare_id() {
        ToolResult who = returned("whoami", "{\"user\":\"ana\",\"agent\":\"orders-assistant\"}");

        String text = answer("which orders are mine?", who, page("null", KEYBOARD, STAND));
        assertTrue(text.contains("ORD-003") && !text.contains("ORD-001"), text);
    }

    @Test
    void nothing_is_guessed_where_the_tool_does_not_say_who_the_person_is() {
        String text = answer("which orders are mine?", returned("whoami", "{}"), page("null", KEYBOARD, STAND));

        assertTrue(text.startsWith("I cannot tell which orders are yours"), text);
    }

    @Test
    void a_deleted_order_is_told_once_more() {
        assertEquals(
                "Done: I deleted ORD-003, 1 \u00d7 Monitor Stand for Carol Lee.",
                answer("delete ORD-003", returned("delete-order", "{\"deleted\":" + STAND + "}")));
    }

    @Test
    void orders_of_a_customer_are_picked_from_the_rows() {
        String text = answer("orders for carol lee", page("null", KEYBOARD, STAND));

        assertTrue(text.startsWith("There is one order with \"carol lee\" that you can see:"), text);
        assertTrue(text.contains("ORD-003") && !text.contains("ORD-001"), text);
    }

    @Test
    void one_order_is_told_in_words_and_as_a_table() {
        String text = answer("show ORD-003", returned("get-order", STAND));

        assertTrue(text.startsWith("ORD-003 is pending: 1 \u00d7 Monitor Stand for Carol Lee.\n\n| ID |"), text);
    }

    @Test
    void several_orders_are_one_table_with_the_failures_below() {
        String text = answer(
                "show ORD-003 and ORD-999",
                returned("get-order", STAND),
                failed("get-order", "There is no order ORD-999."));

        assertTrue(text.contains("| ORD-003 |"), text);
        assertTrue(text.endsWith("I could not show ORD-999. The order desk says: There is no order ORD-999."), text);
    }

    @Test
    void who_the_person_is_comes_from_the_tool() {
        String text = answer("who am I?", returned("whoami", "{\"name\":\"Vic Viewer\",\"roles\":[\"Viewer\"]}"));

        assertTrue(text.startsWith("You are Vic Viewer, as the order desk sees it:"), text);
        assertTrue(text.contains("| roles | Viewer |"), text);
    }

    @Test
    void a_write_tells_what_the_tool_returned_not_what_was_asked() {
        String text = answer("create an order for Zoe: 2 desk lamps", returned("create-order", STAND));

        assertTrue(text.startsWith("Done: I created ORD-003, 1 \u00d7 Monitor Stand for Carol Lee."), text);
    }

    @Test
    void a_refusal_is_told_in_the_tools_words() {
        assertEquals(
                "I could not delete ORD-008. The order desk says: Your role does not allow that.",
                answer("delete ORD-008", failed("delete-order", "Your role does not allow that.")));
        assertEquals(
                "I could not list the orders. The order desk says: Try later.",
                answer("list my orders", failed("list-orders", "Try later.")));
    }

    @Test
    void a_declined_call_is_told_as_such() {
        assertEquals(
                "I did not delete ORD-008, because you declined it. Nothing was done.",
                answer("delete ORD-008", new ToolResult("delete-order", Map.of(), new ToolResult.Declined())));
    }

    @Test
    void what_the_server_does_not_offer_this_person_is_not_promised() {
        List<Tool> reading = OrderDeskTools.all().stream()
                .filter(tool -> List.of("list-orders", "get-order").contains(tool.name()))
                .toList();

        Step help = OrderDeskTools.PLANNER.next(new Turn(List.of(), "help", reading, List.of()));
        Step delete = OrderDeskTools.PLANNER.next(new Turn(List.of(), "delete ORD-008", reading, List.of()));

        assertFalse(((Step.Answer) help).text().contains("delete"));
        assertTrue(
                ((Step.Answer) delete).text().startsWith("I cannot delete ORD-008: the order desk gives me no tool"));
    }

    @Test
    void values_never_become_markup() {
        String hostile = STAND.replace("Carol Lee", "a|b [x](http://evil.example) <img src=x> **y**\\n| z |");

        String text = answer("show ORD-003", returned("get-order", hostile));

        assertTrue(
                text.contains("a\\|b \\[x\\]\\(http://evil.example\\) \\<img src\\=x\\> \\*\\*y\\*\\* \\| z \\|"),
                text);
        assertEquals(5, text.lines().count(), text);
    }

    @Test
    void a_very_long_sentence_is_not_read() {
        assertTrue(answer("list my orders ".repeat(500)).startsWith("That is more than I can read at once."));
    }

    @Test
    void what_the_tool_says_is_passed_on_with_its_address_whole() {
        String link = "http://localhost:9080/approvals/apr_1#now";

        assertEquals(
                "I could not delete ORD-008. The order desk says: This needs your approval: " + link,
                answer("delete ORD-008", failed("delete-order", "This needs your approval:\n" + link)));
        assertEquals(
                "I could not change ORD-005. The order desk says: Too many requests\\! Try again in 3 s.",
                answer("ship ORD-005", failed("update-order", "Too many requests! Try again in 3 s.")));
        assertEquals(
                "I could not create the order. The order desk says: You declined this.",
                answer("create an order for Zoe: 2 desk lamps", failed("create-order", "You declined this.")));
    }

    @Test
    void plain_words_are_no_success() {
        for (String sentence : List.of(
                "list my orders",
                "show ORD-003",
                "delete ORD-003",
                "ship ORD-003",
                "create an order for Zoe: 2 desk lamps",
                "who am I")) {
            Step step = OrderDeskTools.PLANNER.next(new Turn(List.of(), sentence, OrderDeskTools.all(), List.of()));
            String tool = ((Step.Call) step).tool();
            assertEquals(
                    "The order desk says: Not available.",
                    answer(sentence, returned(tool, "\"Not available.\"")),
                    sentence);
        }
    }

    @Test
    void an_answer_of_another_form_is_shown_without_a_claim() {
        assertTrue(answer("delete ORD-003", returned("delete-order", "{\"state\":\"queued\"}"))
                .startsWith("The order desk answers:"));
        assertTrue(answer("ship ORD-003", returned("update-order", "{\"state\":\"queued\"}"))
                .startsWith("The order desk answers:"));
    }
}
