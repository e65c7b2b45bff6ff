package dev.throughline.order;

import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.Unavailable;
import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Approval;
import dev.throughline.access.BookOfApprovals;
import dev.throughline.access.BookOfRecords;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.access.HandSetClock;
import dev.throughline.access.Questions;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TestCallers;
import dev.throughline.order.OrderOutcome.AwaitsApproval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands on record of the order desk: each decision once, and a change where it is made. */
class RecordedOrdersTest {
    private static final OrderId VICS = OrderId.of(1);
    private static final Changes QUANTITY_4 =
            new Changes(Optional.empty(), Optional.empty(), Optional.of(new Quantity(4)), Optional.empty());
    private static final Changes DELIVERED =
            new Changes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(OrderStatus.DELIVERED));
    private static final NewOrder LAMPS =
            new NewOrder(new CustomerName("Zoe"), new Product("Desk lamp"), new Quantity(2));

    private final HandSetClock clock = new HandSetClock();
    private final Caller vic = TestCallers.directly(VIC, Role.VIEWER);
    private final Caller pat = TestCallers.directly(PAT, Role.ADMIN);
    private final Caller throughAgent = TestCallers.through(
            TestCallers.agent(Set.of("get-order", "create-order", "update-order", "delete-order")),
            PAT,
            Set.of(Scope.ORDERS_WRITE),
            Role.ADMIN);
    private final AccessPolicy policy = new AccessPolicy();
    private final BookOfApprovals approvals = new BookOfApprovals();
    private final BookOfRecords records = new BookOfRecords();
    private final DeskOfOrders desk = new DeskOfOrders(approvals, clock);
    private final Questions questions = new Questions(policy, approvals, records, clock);
    private final ListOrders list = new ListOrders(policy, desk, records, clock);
    private final FindOrder find = new FindOrder(policy, desk, records, clock);
    private final PlaceOrder place = new PlaceOrder(policy, questions, desk, records, clock);
    private final AmendOrder amend = new AmendOrder(policy, questions, desk, records, clock);
    private final DeleteOrder delete = new DeleteOrder(policy, questions, desk, records, clock);

    @BeforeEach
    void twoOrders() {
        desk.put(1, VIC);
        desk.put(2, PAT);
    }

    @Test
    void what_is_read_is_on_record_once_and_names_the_row() {
        list.handle(vic, Door.REST, new OrderQuery(Optional.empty(), Optional.empty(), 20));
        find.handle(vic, Door.REST, VICS);
        find.handle(vic, Door.REST, OrderId.of(2));

        assertEquals(
                List.of(
                        "list-orders permit own_rows done",
                        "get-order permit own_rows done",
                        "get-order permit own_rows not_found"),
                records.lines());
        assertEquals(Optional.of("ORD-001"), records.entries().get(1).details().resource());
        assertEquals(OptionalLong.of(1), records.entries().get(1).details().version());
        assertEquals(Optional.of("ORD-002"), records.entries().get(2).details().resource());
        assertEquals(List.of(), records.linesAtOnce());
    }

    @Test
    void a_refusal_is_on_disk_before_anybody_hears_of_it() {
        place.handle(vic, Door.REST, LAMPS);
        amend.handle(vic, Door.REST, VICS, QUANTITY_4, OptionalLong.empty());
        delete.handle(vic, Door.REST, VICS, OptionalLong.empty());

        assertEquals(
                List.of(
                        "create-order deny role_not_sufficient refused",
                        "update-order deny role_not_sufficient refused",
                        "delete-order deny role_not_sufficient refused"),
                records.linesAtOnce());
        assertEquals(records.linesAtOnce(), records.lines());
    }

    @Test
    void a_change_is_recorded_where_it_is_made_and_nowhere_else() {
        place.handle(pat, Door.REST, LAMPS);
        amend.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.empty());
        delete.handle(pat, Door.REST, OrderId.of(2), OptionalLong.empty());

        assertEquals(List.of(), records.lines());
    }

    @Test
    void a_change_of_which_nothing_comes_is_recorded_once() {
        amend.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.of(7));
        delete.handle(pat, Door.REST, OrderId.of(99), OptionalLong.empty());
        desk.racesToLose = 100;
        amend.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.empty());

        assertEquals(
                List.of(
                        "update-order permit tenant_rows version_changed",
                        "delete-order permit tenant_rows not_found",
                        "update-order permit tenant_rows version_changed"),
                records.lines());
    }

    @Test
    void a_move_that_an_order_cannot_make_is_recorded_once_whoever_wants_it() {
        amend.handle(pat, Door.REST, VICS, DELIVERED, OptionalLong.empty());
        amend.handle(throughAgent, Door.MCP, VICS, DELIVERED, OptionalLong.empty());

        assertEquals(
                List.of(
                        "update-order permit tenant_rows status_impossible",
                        "update-order needs_approval approval_needed status_impossible"),
                records.lines());
    }

    @Test
    void what_comes_of_a_key_that_has_served_is_recorded_once() {
        IdempotencyKey key = new IdempotencyKey("a-key");
        place.handle(pat, Door.REST, new KeyedOrder(key, LAMPS));
        place.handle(pat, Door.REST, new KeyedOrder(key, LAMPS));
        place.handle(
                pat,
                Door.REST,
                new KeyedOrder(key, new NewOrder(new CustomerName("Zoe"), new Product("Chair"), new Quantity(1))));

        assertEquals(
                List.of("create-order permit tenant_rows replayed", "create-order permit tenant_rows key_reused"),
                records.lines());
    }

    @Test
    void each_time_that_an_agent_asks_for_a_change_is_recorded_once() {
        Approval asked = asked();
        assertEquals(List.of(), records.lines(), "the first question records itself where it is kept");

        asked();
        assertEquals(List.of("update-order needs_approval approval_needed asked"), records.linesAtOnce());
        assertEquals(Optional.of(asked.id()), records.entries().get(0).details().approval());
        assertEquals(Optional.of("ORD-001"), records.entries().get(0).details().resource());
    }

    @Test
    void what_the_person_declined_is_recorded_as_refused() {
        Approval asked = asked();
        approvals.answer(pat.person().orElseThrow(), asked.id(), Approval.State.DENIED, clock.instant());
        amend.handle(throughAgent, Door.MCP, VICS, QUANTITY_4, OptionalLong.empty());
        amend.propose(throughAgent, Door.MCP, VICS, QUANTITY_4);

        assertEquals(
                List.of("update-order deny approval_denied refused", "update-order deny approval_denied refused"),
                records.linesAtOnce());
    }

    @Test
    void what_cannot_be_recorded_is_not_shown() {
        records.full = true;

        assertThrows(Unavailable.class, () -> find.handle(vic, Door.REST, VICS));
        assertThrows(Unavailable.class, () -> place.handle(vic, Door.REST, LAMPS));

        records.full = false;
        assertInstanceOf(OrderOutcome.Done.class, find.handle(vic, Door.REST, VICS));
    }

    private Approval asked() {
        OrderOutcome<Order> outcome = amend.handle(throughAgent, Door.MCP, VICS, QUANTITY_4, OptionalLong.empty());
        return ((AwaitsApproval<Order>) outcome).approval();
    }
}
