package dev.throughline.order;

import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.BookOfApprovals;
import dev.throughline.access.BookOfRecords;
import dev.throughline.access.Caller;
import dev.throughline.access.Door;
import dev.throughline.access.Questions;
import dev.throughline.access.Role;
import dev.throughline.access.TestCallers;
import dev.throughline.order.OrderOutcome.ChangedMeanwhile;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.MoveImpossible;
import dev.throughline.order.OrderOutcome.NotFound;
import dev.throughline.order.OrderOutcome.Refused;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderDeskTest {
    private static final OrderId VICS = OrderId.of(1);
    private static final OrderId PATS = OrderId.of(2);
    private static final Changes QUANTITY_4 =
            new Changes(Optional.empty(), Optional.empty(), Optional.of(new Quantity(4)), Optional.empty());

    private final Caller vic = TestCallers.directly(VIC, Role.VIEWER);
    private final Caller pat = TestCallers.directly(PAT, Role.PM);
    private final Caller admin = TestCallers.directly(PAT, Role.ADMIN);
    private final AccessPolicy policy = new AccessPolicy();
    private final BookOfApprovals approvals = new BookOfApprovals();
    private final BookOfRecords records = new BookOfRecords();
    private final DeskOfOrders desk = new DeskOfOrders(approvals, TestCallers.CLOCK);
    private final Questions questions = new Questions(policy, approvals, records, TestCallers.CLOCK);
    private final FindOrder findOrder = new FindOrder(policy, desk, records, TestCallers.CLOCK);
    private final AmendOrder amendOrder = new AmendOrder(policy, questions, desk, records, TestCallers.CLOCK);
    private final DeleteOrder deleteOrder = new DeleteOrder(policy, questions, desk, records, TestCallers.CLOCK);

    @BeforeEach
    void twoOrders() {
        desk.put(1, VIC);
        desk.put(2, PAT);
    }

    @Test
    void a_viewer_lists_their_own_orders_and_a_pm_everybodys() {
        ListOrders listOrders = new ListOrders(policy, desk, records, TestCallers.CLOCK);
        OrderQuery all = new OrderQuery(Optional.empty(), Optional.empty(), 20);

        assertEquals(1, done(listOrders.handle(vic, Door.REST, all)).items().size());
        assertEquals(2, done(listOrders.handle(pat, Door.REST, all)).items().size());
    }

    @Test
    void somebody_elses_order_and_an_unknown_one_are_the_same_outcome() {
        assertEquals(new NotFound<Order>(), findOrder.handle(vic, Door.REST, PATS));
        assertEquals(new NotFound<Order>(), findOrder.handle(vic, Door.REST, OrderId.of(999)));
        assertEquals(VICS, done(findOrder.handle(vic, Door.REST, VICS)).id());
    }

    @Test
    void a_store_that_forgets_whose_an_order_is_still_shows_it_to_nobody_else() {
        desk.forgetsItsFilter = true;

        assertEquals(new NotFound<Order>(), findOrder.handle(vic, Door.REST, PATS));
        assertEquals(VICS, done(findOrder.handle(vic, Door.REST, VICS)).id());
        assertEquals(PATS, done(findOrder.handle(pat, Door.REST, PATS)).id());
    }

    @Test
    void a_use_case_knows_by_which_door_it_was_asked() {
        Caller unknownAgent = TestCallers.throughUnknownAgent(VIC, Set.of());

        assertInstanceOf(Refused.class, findOrder.handle(unknownAgent, Door.REST, VICS));
        assertInstanceOf(Done.class, findOrder.handle(unknownAgent, Door.MCP, VICS));
    }

    @Test
    void an_order_belongs_to_who_placed_it_and_is_pending() {
        Order placed = done(new PlaceOrder(policy, questions, desk, records, TestCallers.CLOCK)
                .handle(
                        pat,
                        Door.REST,
                        new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2))));

        assertEquals(PAT, placed.owner());
        assertEquals(OrderStatus.PENDING, placed.status());
    }

    @Test
    void a_change_leaves_alone_what_it_does_not_name() {
        Order amended = done(amendOrder.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.empty()));

        assertEquals(4, amended.quantity().value());
        assertEquals("Monitor Stand", amended.product().value());
        assertEquals(VIC, amended.owner());
    }

    @Test
    void a_change_to_a_version_that_is_gone_is_not_made() {
        assertInstanceOf(
                ChangedMeanwhile.class, amendOrder.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.of(7)));
        assertInstanceOf(Done.class, amendOrder.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.of(1)));
    }

    @Test
    void who_names_no_version_wins_a_later_race() {
        desk.racesToLose = 63;

        assertEquals(
                4,
                done(amendOrder.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.empty()))
                        .quantity()
                        .value());
    }

    @Test
    void who_loses_every_race_is_told_so_in_the_end() {
        desk.racesToLose = Integer.MAX_VALUE;

        assertInstanceOf(
                ChangedMeanwhile.class, amendOrder.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.empty()));
    }

    @Test
    void who_names_a_version_loses_the_race() {
        desk.racesToLose = 1;

        assertInstanceOf(
                ChangedMeanwhile.class, amendOrder.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.of(1)));
    }

    @Test
    void an_order_moves_only_where_it_can_and_an_impossible_move_changes_nothing() {
        assertEquals(OrderStatus.SHIPPED, done(move(VICS, OrderStatus.SHIPPED)).status());
        Order shipped = desk.all().get(1L);

        assertEquals(new MoveImpossible<Order>(OrderStatus.SHIPPED), move(VICS, OrderStatus.PENDING));
        assertEquals(new MoveImpossible<Order>(OrderStatus.SHIPPED), move(VICS, OrderStatus.CANCELLED));
        assertEquals(shipped, desk.all().get(1L));

        assertEquals(
                OrderStatus.DELIVERED, done(move(VICS, OrderStatus.DELIVERED)).status());
    }

    @Test
    void an_order_that_has_come_to_its_end_can_be_corrected_and_deleted_but_not_moved() {
        done(move(VICS, OrderStatus.CANCELLED));

        assertEquals(new MoveImpossible<Order>(OrderStatus.CANCELLED), move(VICS, OrderStatus.PENDING));
        assertEquals(
                OrderStatus.CANCELLED, done(move(VICS, OrderStatus.CANCELLED)).status());
        assertEquals(
                4,
                done(amendOrder.handle(pat, Door.REST, VICS, QUANTITY_4, OptionalLong.empty()))
                        .quantity()
                        .value());
        assertInstanceOf(Done.class, deleteOrder.handle(admin, Door.REST, VICS, OptionalLong.empty()));
    }

    @Test
    void a_version_that_is_gone_comes_before_a_move_that_is_impossible() {
        done(move(VICS, OrderStatus.SHIPPED));

        assertInstanceOf(
                ChangedMeanwhile.class,
                amendOrder.handle(pat, Door.REST, VICS, to(OrderStatus.PENDING), OptionalLong.of(1)));
        assertInstanceOf(
                MoveImpossible.class,
                amendOrder.handle(pat, Door.REST, VICS, to(OrderStatus.PENDING), OptionalLong.of(2)));
    }

    @Test
    void who_moves_an_order_that_was_moved_meanwhile_is_told_of_the_row_as_it_is() {
        desk.beforeTheChange = () -> {
            done(move(VICS, OrderStatus.CANCELLED));
        };

        assertEquals(new MoveImpossible<Order>(OrderStatus.CANCELLED), move(VICS, OrderStatus.SHIPPED));
    }

    @Test
    void only_an_admin_deletes() {
        assertInstanceOf(Refused.class, deleteOrder.handle(pat, Door.REST, VICS, OptionalLong.empty()));
        assertInstanceOf(Done.class, deleteOrder.handle(admin, Door.REST, VICS, OptionalLong.empty()));
        assertInstanceOf(NotFound.class, deleteOrder.handle(admin, Door.REST, VICS, OptionalLong.empty()));
    }

    private OrderOutcome<Order> move(OrderId id, OrderStatus status) {
        return amendOrder.handle(pat, Door.REST, id, to(status), OptionalLong.empty());
    }

    private static Changes to(OrderStatus status) {
        return new Changes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(status));
    }

    private static <T> T done(OrderOutcome<T> outcome) {
        return outcome.match(
                Done::value,
                () -> {
                    throw new AssertionError("not found");
                },
                () -> {
                    throw new AssertionError("changed meanwhile");
                },
                status -> {
                    throw new AssertionError("impossible from " + status);
                },
                asked -> {
                    throw new AssertionError("asked");
                },
                refusal -> {
                    throw new AssertionError(refusal.rule());
                });
    }
}
