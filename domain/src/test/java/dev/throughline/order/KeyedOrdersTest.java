package dev.throughline.order;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Approval;
import dev.throughline.access.BookOfApprovals;
import dev.throughline.access.BookOfRecords;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.HandSetClock;
import dev.throughline.access.MyApprovals;
import dev.throughline.access.Questions;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TestCallers;
import dev.throughline.order.Keyed.Again;
import dev.throughline.order.Keyed.First;
import dev.throughline.order.Keyed.KeyReused;
import dev.throughline.order.OrderOutcome.AwaitsApproval;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.Refused;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of orders that are asked for more than once under the same key. */
class KeyedOrdersTest {
    private static final KeyedOrder LAMPS = keyed("a-key", 2);

    private final HandSetClock clock = new HandSetClock();
    private final AccessPolicy policy = new AccessPolicy();
    private final BookOfApprovals approvals = new BookOfApprovals();
    private final BookOfRecords records = new BookOfRecords();
    private final DeskOfOrders desk = new DeskOfOrders(approvals, clock);
    private final Questions questions = new Questions(policy, approvals, records, clock);
    private final MyApprovals myApprovals = new MyApprovals(policy, approvals, records, clock);
    private final PlaceOrder placeOrder = new PlaceOrder(policy, questions, desk, records, clock);
    private final Caller pat = TestCallers.directly(PAT, Role.PM);
    private final Caller vic = TestCallers.directly(VIC, Role.PM);
    private final Caller agent = TestCallers.through(ASSISTANT, PAT, Set.of(Scope.ORDERS_WRITE), Role.PM);

    @BeforeEach
    void oneOrder() {
        desk.put(1, VIC);
    }

    @Test
    void the_same_order_under_the_same_key_is_placed_once() {
        Order placed = placed(place(pat, LAMPS));

        assertEquals(new Again<OrderOutcome<Order>>(placed), place(pat, LAMPS));
        assertEquals(2, desk.all().size());
        placed(place(pat, keyed("another-key", 2)));
        assertEquals(3, desk.all().size());
    }

    @Test
    void another_order_under_the_same_key_is_not_placed() {
        placed(place(pat, LAMPS));

        assertInstanceOf(KeyReused.class, place(pat, keyed("a-key", 3)));
        assertEquals(2, desk.all().size());
    }

    @Test
    void a_key_is_its_persons_alone() {
        Order ofPat = placed(place(pat, LAMPS));
        Order ofVic = placed(place(vic, LAMPS));

        assertEquals(VIC, ofVic.owner());
        assertEquals(new Again<OrderOutcome<Order>>(ofPat), place(pat, LAMPS));
    }

    @Test
    void who_may_not_place_orders_any_more_is_told_nothing_of_the_past() {
        placed(place(pat, LAMPS));
        Caller demoted = TestCallers.directly(PAT, Role.VIEWER);

        assertEquals(
                new First<OrderOutcome<Order>>(new Refused<>(new Deny(DenyReason.ROLE_NOT_SUFFICIENT))),
                place(demoted, LAMPS));
    }

    @Test
    void an_agent_is_answered_again_what_was_approved_and_done_and_nobody_is_asked_again() {
        Approval asked = asked(place(agent, LAMPS));
        assertEquals(asked, asked(place(agent, LAMPS)));
        approve(asked);
        Order placed = placed(place(agent, LAMPS));

        assertEquals(new Again<OrderOutcome<Order>>(placed), place(agent, LAMPS));
        assertEquals(2, desk.all().size());
        assertEquals(1, approvals.all().size());
        asked(place(agent, keyed("another-key", 2)));
    }

    @Test
    void nobody_is_asked_about_another_order_under_a_key_that_has_served() {
        approve(asked(place(agent, LAMPS)));
        placed(place(agent, LAMPS));

        assertInstanceOf(KeyReused.class, place(agent, keyed("a-key", 3)));
        assertEquals(1, approvals.all().size());
    }

    @Test
    void a_yes_that_another_call_used_at_the_last_moment_places_nothing() {
        Approval asked = asked(place(agent, LAMPS));
        approve(asked);
        desk.beforeTheChange = () -> approvals.use(asked.id(), clock.instant());

        assertEquals(
                new First<OrderOutcome<Order>>(new Refused<>(new Deny(DenyReason.APPROVAL_USED))), place(agent, LAMPS));
        assertEquals(1, desk.all().size());
    }

    private Keyed<OrderOutcome<Order>> place(Caller caller, KeyedOrder order) {
        return placeOrder.handle(caller, Door.REST, order);
    }

    private void approve(Approval approval) {
        assertInstanceOf(MyApprovals.Done.class, myApprovals.answer(pat, Door.REST, approval.id(), true));
    }

    private static KeyedOrder keyed(String key, int pieces) {
        return new KeyedOrder(
                new IdempotencyKey(key),
                new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(pieces)));
    }

    private static Order placed(Keyed<OrderOutcome<Order>> outcome) {
        if (outcome instanceof First<OrderOutcome<Order>> first && first.value() instanceof Done<Order> done) {
            return done.value();
        }
        throw new AssertionError(outcome.toString());
    }

    private static Approval asked(Keyed<OrderOutcome<Order>> outcome) {
        if (outcome instanceof First<OrderOutcome<Order>> first
                && first.value() instanceof AwaitsApproval<Order> awaits) {
            return awaits.approval();
        }
        throw new AssertionError(outcome.toString());
    }
}
