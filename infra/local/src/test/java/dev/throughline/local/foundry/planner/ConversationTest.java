package dev.throughline.local.foundry.planner;

import static dev.throughline.local.foundry.planner.OrderDeskTools.firstStep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What was missing is asked for, and the next sentence fills it in. */
class ConversationTest {

    @Test
    void the_parts_of_a_new_order_may_be_told_one_by_one() {
        assertEquals(
                "create-order customer_name=Zoe product=desk lamps quantity=2",
                firstStep("create an order", "Zoe", "2 desk lamps"));
        assertEquals(
                "create-order customer_name=Zoe product=desk lamps quantity=2",
                firstStep("create an order", "for Zoe", "desk lamps", "2"));
        assertEquals(
                "create-order customer_name=Zoe product=desk lamps quantity=2",
                firstStep("order 2 desk lamps", "it is for Zoe"));
    }

    @Test
    void which_order_may_be_told_afterwards() {
        assertEquals("delete-order id=ORD-008", firstStep("delete the order", "ORD-008"));
        assertEquals("get-order id=ORD-003", firstStep("show the order", "3"));
        assertEquals("update-order id=ORD-005 quantity=4", firstStep("change the quantity to 4", "ord 5"));
    }

    @Test
    void what_to_change_may_be_told_afterwards() {
        assertEquals("update-order id=ORD-005 quantity=4", firstStep("update ORD-005", "set the quantity to 4"));
        assertEquals("update-order id=ORD-005 quantity=4", firstStep("update ORD-005", "quantity 4"));
        assertEquals("update-order id=ORD-005 status=shipped", firstStep("update ORD-005", "shipped"));
    }

    @Test
    void another_command_ends_the_question() {
        assertEquals("list-orders", firstStep("create an order", "list my orders"));
        assertEquals("get-order id=ORD-003", firstStep("create an order", "list my orders", "ORD-003"));
    }

    @Test
    void the_person_may_leave_it() {
        assertEquals("says Fine, I leave", firstStep("delete the order", "never mind"));
        assertEquals("get-order id=ORD-008", firstStep("delete the order", "never mind", "ORD-008"));
    }

    @Test
    void a_question_asked_twice_begins_anew() {
        assertEquals("says Who is the", firstStep("order 2 desk lamps", "order 2 desk lamps"));
    }
}
