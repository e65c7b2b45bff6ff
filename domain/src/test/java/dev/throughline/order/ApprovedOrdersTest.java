package dev.throughline.order;

import static dev.throughline.access.TestCallers.ASSISTANT;
import static dev.throughline.access.TestCallers.PAT;
import static dev.throughline.access.TestCallers.VIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.Agent;
import dev.throughline.access.Approval;
import dev.throughline.access.Approval.State;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.Approvals;
import dev.throughline.access.BookOfApprovals;
import dev.throughline.access.BookOfRecords;
import dev.throughline.access.Caller;
import dev.throughline.access.Decision.Deny;
import dev.throughline.access.Decision.NeedsScope;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.DenyReason;
import dev.throughline.access.Door;
import dev.throughline.access.Grant;
import dev.throughline.access.HandSetClock;
import dev.throughline.access.MyApprovals;
import dev.throughline.access.Questions;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TestCallers;
import dev.throughline.order.OrderOutcome.AwaitsApproval;
import dev.throughline.order.OrderOutcome.ChangedMeanwhile;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.OrderOutcome.MoveImpossible;
import dev.throughline.order.OrderOutcome.NotFound;
import dev.throughline.order.OrderOutcome.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent may do with orders for Pat, who decides about each change. */
class ApprovedOrdersTest {
    private static final OrderId VICS = OrderId.of(1);
    private static final OrderId PATS = OrderId.of(2);
    private static final Set<Scope> WRITE = Set.of(Scope.ORDERS_WRITE);
    private static final NewOrder LAMPS =
            new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2));

    private final HandSetClock clock = new HandSetClock();
    private final AccessPolicy policy = new AccessPolicy();
    private final BookOfApprovals approvals = new BookOfApprovals();
    private final BookOfRecords records = new BookOfRecords();
    private final DeskOfOrders desk = new DeskOfOrders(approvals, clock);
    private final Questions questions = new Questions(policy, approvals, records, clock);
    private final MyApprovals myApprovals = new MyApprovals(policy, approvals, records, clock);
    private final PlaceOrder placeOrder = new PlaceOrder(policy, questions, desk, records, clock);
    private final AmendOrder amendOrder = new AmendOrder(policy, questions, desk, records, clock);
    private final DeleteOrder deleteOrder = new DeleteOrder(policy, questions, desk, records, clock);
    private final Caller pat = TestCallers.directly(PAT, Role.ADMIN);
    private final Caller agent = TestCallers.through(ASSISTANT, PAT, WRITE, Role.ADMIN);

    @BeforeEach
    void twoOrders() {
        desk.put(1, VIC);
        desk.put(2, PAT);
    }

    @Test
    void a_change_waits_until_the_person_has_seen_what_would_become_of_the_order() {
        Map<Long, Order> before = desk.all();

        Approval asked = asked(quantity(PATS, 4));

        assertEquals(before, desk.all());
        assertEquals(Map.of("id", "ORD-002", "quantity", 4), asked.arguments());
        assertEquals(1, asked.before().orElseThrow().get("quantity"));
        assertEquals(4, asked.after().orElseThrow().get("quantity"));
        assertEquals("Carol Lee", asked.after().orElseThrow().get("customer_name"));
        assertEquals(OptionalLong.of(1), asked.proposal().version());
    }

    @Test
    void all_that_would_change_is_among_what_is_approved() {
        Approval asked = asked(amendOrder.handle(
                agent,
                Door.MCP,
                PATS,
                new Changes(
                        Optional.of(new CustomerName("Zoe")),
                        Optional.of(new Product("Desk Lamp")),
                        Optional.of(new Quantity(3)),
                        Optional.of(OrderStatus.SHIPPED)),
                OptionalLong.empty()));

        assertEquals(
                Map.of(
                        "id", "ORD-002",
                        "customer_name", "Zoe",
                        "product", "Desk Lamp",
                        "quantity", 3,
                        "status", "shipped"),
                asked.arguments());
        assertEquals(asked.arguments(), asked.after().orElseThrow());
    }

    @Test
    void a_new_order_has_no_before_and_a_deleted_one_no_after() {
        Approval placed = asked(place());
        Approval deleted = asked(delete(VICS));

        assertEquals(Optional.empty(), placed.before());
        assertEquals("pending", placed.after().orElseThrow().get("status"));
        assertEquals(OptionalLong.empty(), placed.proposal().version());
        assertEquals("ORD-001", deleted.before().orElseThrow().get("id"));
        assertEquals(Optional.empty(), deleted.after());
        assertEquals(Map.of("id", "ORD-001"), deleted.arguments());
    }

    @Test
    void what_was_approved_is_done_once_and_says_by_which_approval() {
        for (Supplier<OrderOutcome<Order>> change :
                List.<Supplier<OrderOutcome<Order>>>of(this::place, () -> quantity(PATS, 4), () -> delete(VICS))) {
            Approval asked = asked(change.get());
            approve(asked);

            Done<Order> done = done(change.get());

            assertEquals(Optional.of(asked.id()), approvalOf(done));
            assertEquals(State.USED, approvals.state(asked.id()));
        }
        assertEquals(Set.of(2L, 3L), desk.all().keySet());
    }

    @Test
    void what_was_done_is_asked_for_anew_when_it_is_wanted_again() {
        approve(asked(place()));
        done(place());

        Approval again = asked(place());

        assertEquals(State.PENDING, again.state());
        assertEquals(3, desk.all().size());
    }

    @Test
    void proposing_never_does_anything_even_where_the_person_has_said_yes() {
        Approval asked = asked(placeOrder.propose(agent, Door.CHAT, LAMPS));
        approve(asked);
        Map<Long, Order> before = desk.all();

        Approval same = asked(placeOrder.propose(agent, Door.CHAT, LAMPS));
        asked(amendOrder.propose(agent, Door.CHAT, PATS, changes(4)));
        asked(deleteOrder.propose(agent, Door.CHAT, VICS));

        assertEquals(before, desk.all());
        assertEquals(asked.in(State.APPROVED), same);
        assertEquals(State.APPROVED, approvals.state(asked.id()));
    }

    @Test
    void what_was_proposed_and_approved_is_done_by_the_call_that_then_comes() {
        Approval asked = asked(amendOrder.propose(agent, Door.CHAT, PATS, changes(4)));
        approve(asked);

        assertEquals(Optional.of(asked.id()), approvalOf(done(quantity(PATS, 4))));
    }

    @Test
    void an_agent_that_need_not_ask_can_still_be_made_to() {
        Agent trusted = TestCallers.agent(
                Agent.Kind.PROMPT, new Grant(Set.of("create-order", "delete-order"), Set.of(), Set.of()));
        Caller caller = TestCallers.through(trusted, PAT, WRITE, Role.ADMIN);

        asked(placeOrder.propose(caller, Door.CHAT, LAMPS));
        asked(deleteOrder.propose(caller, Door.CHAT, VICS));
        assertEquals(2, desk.all().size());
        assertEquals(Optional.empty(), approvalOf(done(placeOrder.handle(caller, Door.MCP, LAMPS))));
    }

    @Test
    void nobody_is_asked_about_what_is_refused_anyhow() {
        Caller pm = TestCallers.through(ASSISTANT, PAT, WRITE, Role.PM);
        Caller reader = TestCallers.through(ASSISTANT, PAT, Set.of(Scope.ORDERS_READ), Role.ADMIN);
        Refused<Order> role = new Refused<>(new Deny(DenyReason.ROLE_NOT_SUFFICIENT));
        Refused<Order> scope = new Refused<>(new NeedsScope(WRITE));

        assertEquals(role, deleteOrder.propose(pm, Door.CHAT, VICS));
        assertEquals(role, deleteOrder.handle(pm, Door.MCP, VICS, OptionalLong.empty()));
        assertEquals(scope, placeOrder.propose(reader, Door.CHAT, LAMPS));
        assertEquals(scope, placeOrder.handle(reader, Door.MCP, LAMPS));
        assertEquals(scope, amendOrder.propose(reader, Door.CHAT, PATS, changes(4)));
        assertEquals(List.of(), approvals.all());
    }

    @Test
    void a_person_cannot_propose_to_themselves() {
        assertThrows(IllegalArgumentException.class, () -> placeOrder.propose(pat, Door.CHAT, LAMPS));
    }

    @Test
    void nobody_is_asked_about_an_order_that_there_is_not() {
        assertInstanceOf(NotFound.class, quantity(OrderId.of(9), 4));
        assertInstanceOf(NotFound.class, deleteOrder.propose(agent, Door.CHAT, OrderId.of(9)));
        assertEquals(List.of(), approvals.all());
    }

    @Test
    void nobody_is_asked_about_a_move_that_an_order_cannot_make() {
        Changes delivered = to(OrderStatus.DELIVERED);
        OrderOutcome<Order> impossible = new MoveImpossible<>(OrderStatus.PENDING);

        assertEquals(impossible, amendOrder.handle(agent, Door.MCP, PATS, delivered, OptionalLong.empty()));
        assertEquals(impossible, amendOrder.propose(agent, Door.CHAT, PATS, delivered));
        assertEquals(List.of(), approvals.all());
        asked(amendOrder.handle(agent, Door.MCP, PATS, to(OrderStatus.SHIPPED), OptionalLong.empty()));
    }

    @Test
    void a_move_that_was_approved_is_impossible_once_the_order_has_gone_elsewhere() {
        Approval asked = asked(amendOrder.handle(agent, Door.MCP, PATS, to(OrderStatus.SHIPPED), OptionalLong.empty()));
        approve(asked);
        done(amendOrder.handle(pat, Door.REST, PATS, to(OrderStatus.CANCELLED), OptionalLong.empty()));

        assertEquals(
                new MoveImpossible<Order>(OrderStatus.CANCELLED),
                amendOrder.handle(agent, Door.MCP, PATS, to(OrderStatus.SHIPPED), OptionalLong.empty()));
        assertEquals(State.APPROVED, approvals.state(asked.id()));
        assertEquals(1, approvals.all().size());
    }

    @Test
    void a_version_that_is_gone_is_told_before_anybody_is_asked() {
        assertInstanceOf(
                ChangedMeanwhile.class, amendOrder.handle(agent, Door.MCP, PATS, changes(4), OptionalLong.of(7)));
        assertEquals(List.of(), approvals.all());
        asked(amendOrder.handle(agent, Door.MCP, PATS, changes(4), OptionalLong.of(1)));
    }

    @Test
    void what_was_declined_stays_declined_although_the_order_was_changed() {
        decline(asked(quantity(PATS, 4)));
        done(amendOrder.handle(pat, Door.REST, PATS, changes(9), OptionalLong.empty()));

        Refused<Order> no = new Refused<>(new Deny(DenyReason.APPROVAL_DENIED));
        assertEquals(no, quantity(PATS, 4));
        assertEquals(no, amendOrder.propose(agent, Door.CHAT, PATS, changes(4)));
        asked(quantity(PATS, 5));
    }

    @Test
    void what_was_declined_may_be_asked_for_again_after_a_while() {
        decline(asked(delete(PATS)));
        clock.forward(Approval.LIFE);

        asked(delete(PATS));
    }

    @Test
    void a_yes_is_not_for_an_order_that_was_changed_since() {
        Approval first = asked(quantity(PATS, 4));
        approve(first);
        done(amendOrder.handle(pat, Door.REST, PATS, changes(9), OptionalLong.empty()));

        Approval second = asked(quantity(PATS, 4));

        assertEquals(9, second.before().orElseThrow().get("quantity"));
        assertEquals(State.APPROVED, approvals.state(first.id()));
        assertEquals(9, desk.all().get(2L).quantity().value());
    }

    @Test
    void a_yes_runs_out() {
        approve(asked(quantity(PATS, 4)));
        clock.forward(Approval.LIFE);

        asked(quantity(PATS, 4));
        assertEquals(1, desk.all().get(2L).quantity().value());
    }

    @Test
    void a_yes_is_for_this_agent_these_arguments_and_this_person() {
        approve(asked(quantity(PATS, 4)));
        Agent functions = TestCallers.functions(Set.of("update-order"), WRITE);

        asked(amendOrder.handle(
                TestCallers.throughRun(functions, PAT, WRITE, Role.ADMIN),
                Door.CHAT,
                PATS,
                changes(4),
                OptionalLong.empty()));
        asked(quantity(PATS, 5));
        asked(quantity(VICS, 4));
        asked(amendOrder.handle(
                TestCallers.through(ASSISTANT, VIC, WRITE, Role.ADMIN),
                Door.MCP,
                PATS,
                changes(4),
                OptionalLong.empty()));
        assertEquals(1, desk.all().get(2L).quantity().value());
    }

    @Test
    void a_call_that_was_approved_is_decided_again() {
        Approval asked = asked(delete(VICS));
        approve(asked);
        Caller demoted = TestCallers.through(ASSISTANT, PAT, WRITE, Role.PM);

        assertEquals(
                new Refused<Order>(new Deny(DenyReason.ROLE_NOT_SUFFICIENT)),
                deleteOrder.handle(demoted, Door.MCP, VICS, OptionalLong.empty()));
        assertEquals(State.APPROVED, approvals.state(asked.id()));
    }

    @Test
    void of_two_who_do_what_was_approved_at_the_same_moment_one_does_it() {
        Approval asked = asked(place());
        approve(asked);
        desk.beforeTheChange = () -> approvals.use(asked.id(), clock.instant());

        assertEquals(new Refused<Order>(new Deny(DenyReason.APPROVAL_USED)), place());
        assertEquals(2, desk.all().size());

        Approval deletion = asked(delete(PATS));
        approve(deletion);
        desk.beforeTheChange = () -> approvals.use(deletion.id(), clock.instant());

        assertEquals(new Refused<Order>(new Deny(DenyReason.APPROVAL_USED)), delete(PATS));
        assertEquals(2, desk.all().size());
    }

    @Test
    void a_yes_that_runs_out_at_the_last_moment_does_nothing() {
        approve(asked(place()));
        desk.beforeTheChange = () -> clock.forward(Approval.LIFE);

        assertEquals(new Refused<Order>(new Deny(DenyReason.APPROVAL_USED)), place());
        assertEquals(2, desk.all().size());
    }

    @Test
    void who_loses_the_race_for_the_order_has_not_used_the_yes_up_and_does_not_try_on_another_version() {
        Approval asked = asked(quantity(PATS, 4));
        approve(asked);
        desk.racesToLose = 1;

        assertInstanceOf(ChangedMeanwhile.class, quantity(PATS, 4));
        assertEquals(State.APPROVED, approvals.state(asked.id()));
        assertEquals(1, desk.all().get(2L).quantity().value());
        asked(quantity(PATS, 4));
    }

    @Test
    void an_agent_with_many_open_questions_must_wait() {
        for (int i = 1; i <= Approvals.MOST_PENDING; i++) {
            asked(quantity(PATS, i));
        }

        Refused<Order> wait = new Refused<>(new Deny(DenyReason.APPROVALS_WAIT));
        assertEquals(wait, delete(PATS));
        assertEquals(wait, place());
        assertEquals(wait, placeOrder.propose(agent, Door.CHAT, LAMPS));
        asked(quantity(PATS, 1));
    }

    @Test
    void a_store_that_forgets_whose_an_order_is_still_shows_and_changes_nobodys() {
        Grant reads = new Grant(Set.of("get-order"), Set.of(), Set.of("get-order"));
        desk.forgetsItsFilter = true;
        Caller viewer = TestCallers.through(TestCallers.agent(Agent.Kind.PROMPT, reads), VIC, WRITE, Role.VIEWER);
        OrderChange reading = new OrderChange(policy, questions, desk, records, clock, Action.READ_ORDER);
        OrderChange.Wish wish = new OrderChange.Wish(
                PATS,
                OptionalLong.empty(),
                Map.of("id", "ORD-002"),
                Optional::of,
                (permit, order) -> Optional.of(order));

        assertInstanceOf(NotFound.class, reading.make(viewer, Door.MCP, wish));
        assertInstanceOf(NotFound.class, reading.propose(viewer, Door.CHAT, wish));
        assertEquals(List.of(), approvals.all());
    }

    private OrderOutcome<Order> place() {
        return placeOrder.handle(agent, Door.MCP, LAMPS);
    }

    private OrderOutcome<Order> quantity(OrderId id, int pieces) {
        return amendOrder.handle(agent, Door.MCP, id, changes(pieces), OptionalLong.empty());
    }

    private OrderOutcome<Order> delete(OrderId id) {
        return deleteOrder.handle(agent, Door.MCP, id, OptionalLong.empty());
    }

    private void approve(Approval approval) {
        assertInstanceOf(MyApprovals.Done.class, myApprovals.answer(pat, Door.REST, approval.id(), true));
    }

    private void decline(Approval approval) {
        assertInstanceOf(MyApprovals.Done.class, myApprovals.answer(pat, Door.REST, approval.id(), false));
    }

    private static Changes changes(int pieces) {
        return new Changes(Optional.empty(), Optional.empty(), Optional.of(new Quantity(pieces)), Optional.empty());
    }

    private static Changes to(OrderStatus status) {
        return new Changes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(status));
    }

    private static Approval asked(OrderOutcome<Order> outcome) {
        if (outcome instanceof AwaitsApproval<Order> awaits) {
            return awaits.approval();
        }
        throw new AssertionError(outcome.toString());
    }

    private static Done<Order> done(OrderOutcome<Order> outcome) {
        if (outcome instanceof Done<Order> done) {
            return done;
        }
        throw new AssertionError(outcome.toString());
    }

    /** By which approval it was done. */
    private static Optional<ApprovalId> approvalOf(Done<Order> done) {
        return done.approved().flatMap(Permit::approval);
    }
}
