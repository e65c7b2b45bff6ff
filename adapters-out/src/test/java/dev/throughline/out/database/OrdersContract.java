package dev.throughline.out.database;

import static dev.throughline.out.database.Assistants.ASSISTANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Approval;
import dev.throughline.access.Approval.State;
import dev.throughline.access.ApprovalId;
import dev.throughline.access.ApprovalSpentException;
import dev.throughline.access.Approvals;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Proposal;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.order.CustomerName;
import dev.throughline.order.IdempotencyKey;
import dev.throughline.order.Keyed;
import dev.throughline.order.Keyed.Again;
import dev.throughline.order.Keyed.First;
import dev.throughline.order.Keyed.KeyReused;
import dev.throughline.order.KeyedOrder;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderPage;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Orders;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import dev.throughline.order.RememberedKeys;
import dev.throughline.out.People;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What every implementation of {@link Orders} promises. */
abstract class OrdersContract {
    private final TenantId tenant = People.someTenant();
    private final User pat = People.someone(tenant, Role.PM);
    private final User vic = People.someone(tenant, Role.VIEWER);
    private final User admin = People.someone(tenant, Role.ADMIN);

    final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.MICROS));

    abstract Orders orders();

    /** The keys under which they were placed. */
    abstract RememberedKeys keys();

    /** The approvals that these orders use up. */
    abstract Approvals approvals();

    @Test
    void a_new_order_is_pending_and_belongs_to_whoever_placed_it() {
        Order order = place(pat, "Desk Lamp");
        assertEquals(tenant, order.tenant());
        assertEquals(pat.id(), order.owner());
        assertEquals(new CustomerName("Zoe"), order.customerName());
        assertEquals(new Product("Desk Lamp"), order.product());
        assertEquals(new Quantity(2), order.quantity());
        assertEquals(OrderStatus.PENDING, order.status());
        assertEquals(1, order.version());
        assertTrue(Duration.between(order.createdAt(), Instant.now()).abs().toMinutes() < 1);
    }

    @Test
    void what_was_placed_is_found_as_it_was_answered() {
        Order order = place(pat, "Desk Lamp");
        assertEquals(Optional.of(order), find(pat, order));
    }

    @Test
    void numbers_count_up() {
        assertTrue(place(pat, "First").id().number() < place(pat, "Second").id().number());
    }

    @Test
    void a_list_holds_what_the_permit_covers_in_the_order_of_ids() {
        Order ofVic = place(vic, "Webcam");
        Order ofPat = place(pat, "Desk Lamp");
        assertEquals(List.of(ofVic, ofPat), list(pat, everything()).items());
        assertEquals(List.of(ofVic), list(vic, everything()).items());
    }

    @Test
    void pages_follow_each_other_without_gaps_or_repeats() {
        List<Order> placed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            placed.add(place(pat, "Item " + i));
        }
        List<Order> seen = new ArrayList<>();
        Optional<OrderId> after = Optional.empty();
        do {
            OrderPage page = list(pat, new OrderQuery(Optional.empty(), after, 2));
            seen.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        assertEquals(placed, seen);
    }

    @Test
    void a_page_that_is_just_full_is_the_last_one() {
        place(pat, "One");
        place(pat, "Two");
        assertEquals(
                Optional.empty(),
                list(pat, new OrderQuery(Optional.empty(), Optional.empty(), 2)).next());
    }

    @Test
    void an_order_that_was_removed_still_marks_its_place_in_the_list() {
        Order first = place(pat, "One");
        Order second = place(pat, "Two");
        assertTrue(orders().remove(delete(admin), first));
        assertEquals(
                List.of(second),
                list(pat, new OrderQuery(Optional.empty(), Optional.of(first.id()), 20))
                        .items());
    }

    @Test
    void a_list_can_be_narrowed_to_a_status() {
        Order pending = place(pat, "Pending");
        Order shipped = ship(place(pat, "Shipped"));
        assertEquals(List.of(shipped), list(pat, ofStatus(OrderStatus.SHIPPED)).items());
        assertEquals(List.of(pending), list(pat, ofStatus(OrderStatus.PENDING)).items());
        assertEquals(List.of(), list(vic, ofStatus(OrderStatus.SHIPPED)).items());
    }

    @Test
    void an_order_of_somebody_else_is_not_there_for_a_viewer() {
        Order ofVic = place(vic, "Webcam");
        Order ofPat = place(pat, "Desk Lamp");
        assertEquals(Optional.of(ofVic), find(vic, ofVic));
        assertEquals(Optional.empty(), find(vic, ofPat));
    }

    @Test
    void an_order_of_another_tenant_is_not_there_for_anybody() {
        User eve = People.someone(People.someTenant(), Role.ADMIN);
        Order order = place(pat, "Desk Lamp");
        assertEquals(Optional.empty(), find(eve, order));
        assertEquals(Optional.empty(), orders().replace(update(eve), order));
        assertFalse(orders().remove(delete(eve), order));
        assertEquals(List.of(), list(eve, everything()).items());
        assertEquals(Optional.of(order), find(pat, order));
    }

    @Test
    void the_same_person_id_in_another_tenant_is_another_person() {
        User namesake = new User(People.someTenant(), vic.id(), vic.roles());
        Order order = place(vic, "Webcam");
        assertEquals(Optional.empty(), find(namesake, order));
        assertEquals(List.of(), list(namesake, everything()).items());
    }

    @Test
    void replacing_an_order_counts_its_version() {
        Order order = place(pat, "Desk Lamp");
        Order shipped = ship(order);
        assertEquals(order.version() + 1, shipped.version());
        assertEquals(OrderStatus.SHIPPED, shipped.status());
        assertEquals(Optional.of(shipped), find(pat, order));
    }

    @Test
    void replacing_an_order_leaves_its_owner_and_its_beginning_alone() {
        Order order = place(pat, "Desk Lamp");
        Order forged = new Order(
                order.id(),
                tenant,
                vic.id(),
                order.customerName(),
                order.product(),
                order.quantity(),
                order.status(),
                Instant.EPOCH,
                order.version());
        orders().replace(update(pat), forged);
        assertEquals(pat.id(), find(pat, order).orElseThrow().owner());
        assertEquals(order.createdAt(), find(pat, order).orElseThrow().createdAt());
    }

    @Test
    void an_order_that_has_changed_meanwhile_is_not_replaced() {
        Order order = place(pat, "Desk Lamp");
        Order shipped = ship(order);
        assertEquals(Optional.empty(), orders().replace(update(pat), order));
        assertEquals(Optional.of(shipped), find(pat, order));
    }

    @Test
    void of_many_who_change_one_version_one_wins() throws Exception {
        Order order = place(pat, "Desk Lamp");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Optional<Order>>> attempts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                attempts.add(threads.submit(() -> orders().replace(update(pat), order)));
            }
            int won = 0;
            for (Future<Optional<Order>> attempt : attempts) {
                won += attempt.get().isPresent() ? 1 : 0;
            }
            assertEquals(1, won);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void a_removed_order_is_gone() {
        Order order = place(pat, "Desk Lamp");
        assertTrue(orders().remove(delete(admin), order));
        assertEquals(Optional.empty(), find(pat, order));
        assertFalse(orders().remove(delete(admin), order));
        assertEquals(Optional.empty(), orders().replace(update(pat), order));
    }

    @Test
    void an_order_that_has_changed_meanwhile_is_not_removed() {
        Order order = place(pat, "Desk Lamp");
        Order shipped = ship(order);
        assertFalse(orders().remove(delete(admin), order));
        assertTrue(orders().remove(delete(admin), shipped));
    }

    @Test
    void a_permit_opens_nothing_but_what_it_was_given_for() {
        Order order = place(pat, "Desk Lamp");
        Permit whoAmI = People.permit(admin, Action.WHO_AM_I);
        Permit listing = People.permit(admin, Action.LIST_ORDERS);
        assertThrows(IllegalArgumentException.class, () -> orders().list(whoAmI, everything()));
        assertThrows(IllegalArgumentException.class, () -> orders().find(listing, order.id()));
        assertThrows(IllegalArgumentException.class, () -> orders().add(listing, aNew("Desk Lamp")));
        assertThrows(IllegalArgumentException.class, () -> orders().replace(delete(admin), order));
        assertThrows(IllegalArgumentException.class, () -> orders().remove(update(admin), order));
        assertEquals(Optional.of(order), orders().find(update(admin), order.id()));
        assertEquals(Optional.of(order), orders().find(delete(admin), order.id()));
    }

    @Test
    void a_change_that_was_approved_is_made_and_uses_up_its_approval() {
        Approval creation = approved(pat, Action.CREATE_ORDER, OptionalLong.empty());
        Order order = orders().add(through(pat, creation), aNew("Desk Lamp"));
        assertEquals(State.USED, stateOf(pat, creation));

        Approval update = approved(pat, Action.UPDATE_ORDER, OptionalLong.of(1));
        Order shipped = orders().replace(through(pat, update), order).orElseThrow();
        assertEquals(State.USED, stateOf(pat, update));
        assertEquals(Optional.of(shipped), find(pat, order));

        Approval deletion = approved(admin, Action.DELETE_ORDER, OptionalLong.of(2));
        assertTrue(orders().remove(through(admin, deletion), shipped));
        assertEquals(State.USED, stateOf(admin, deletion));
        assertEquals(Optional.empty(), find(pat, order));
    }

    @Test
    void an_approval_is_good_for_one_change() {
        Approval creation = approved(pat, Action.CREATE_ORDER, OptionalLong.empty());
        Order order = orders().add(through(pat, creation), aNew("Desk Lamp"));
        assertSpent(() -> orders().add(through(pat, creation), aNew("Desk Lamp")));
        assertEquals(List.of(order), list(pat, everything()).items());

        Approval update = approved(pat, Action.UPDATE_ORDER, OptionalLong.of(1));
        Optional<Order> changed = orders().replace(through(pat, update), order);
        assertSpent(() -> orders().replace(through(pat, update), order));
        assertEquals(changed, find(pat, order));
    }

    @Test
    void of_many_who_carry_out_one_creation_at_once_one_does() throws Exception {
        Approval creation = approved(pat, Action.CREATE_ORDER, OptionalLong.empty());
        Permit permit = through(pat, creation);
        assertEquals(
                1,
                AtOnce.count(
                        8,
                        () -> carriedOut(() -> {
                            orders().add(permit, aNew("Desk Lamp"));
                            return true;
                        })));
        assertEquals(1, list(pat, everything()).items().size());
        assertEquals(State.USED, stateOf(pat, creation));
    }

    @Test
    void of_many_who_carry_out_one_change_at_once_one_does() throws Exception {
        Order order = place(pat, "Desk Lamp");
        Approval update = approved(pat, Action.UPDATE_ORDER, OptionalLong.of(1));
        Permit permit = through(pat, update);
        assertEquals(
                1,
                AtOnce.count(
                        8,
                        () -> carriedOut(() -> orders().replace(permit, order).isPresent())));
        assertEquals(2, find(pat, order).orElseThrow().version());
        assertEquals(State.USED, stateOf(pat, update));
    }

    @Test
    void of_a_change_and_a_removal_that_were_both_approved_one_is_made_and_the_other_stays_unused() throws Exception {
        for (int round = 0; round < 5; round++) {
            Order order = place(pat, "Desk Lamp");
            Approval update = approved(admin, Action.UPDATE_ORDER, OptionalLong.of(1));
            Approval deletion = approved(admin, Action.DELETE_ORDER, OptionalLong.of(1));
            AtomicInteger turn = new AtomicInteger();
            assertEquals(
                    1,
                    AtOnce.count(
                            2,
                            () -> carriedOut(() -> turn.getAndIncrement() == 0
                                    ? orders().replace(through(admin, update), order)
                                            .isPresent()
                                    : orders().remove(through(admin, deletion), order))));
            boolean removed = find(pat, order).isEmpty();
            assertEquals(removed ? State.USED : State.APPROVED, stateOf(admin, deletion));
            assertEquals(removed ? State.APPROVED : State.USED, stateOf(admin, update));
            clock.advance(Approval.LIFE);
        }
    }

    @Test
    void an_approval_stays_unused_where_the_order_has_changed_meanwhile_or_is_gone() {
        Order order = place(pat, "Desk Lamp");
        Approval update = approved(pat, Action.UPDATE_ORDER, OptionalLong.of(1));
        Approval deletion = approved(admin, Action.DELETE_ORDER, OptionalLong.of(1));
        Order shipped = ship(order);
        assertEquals(Optional.empty(), orders().replace(through(pat, update), order));
        assertFalse(orders().remove(through(admin, deletion), order));
        assertEquals(Optional.of(shipped), find(pat, order));
        assertTrue(orders().remove(delete(admin), shipped));
        assertEquals(Optional.empty(), orders().replace(through(pat, update), order));
        assertEquals(State.APPROVED, stateOf(pat, update));
        assertEquals(State.APPROVED, stateOf(admin, deletion));
    }

    @Test
    void an_approval_opens_no_row_that_the_person_may_not_change() {
        User eve = People.someone(People.someTenant(), Role.ADMIN);
        Order order = place(pat, "Desk Lamp");
        Approval update = approved(eve, Action.UPDATE_ORDER, OptionalLong.of(1));
        assertEquals(Optional.empty(), orders().replace(through(eve, update), order));
        assertEquals(State.APPROVED, stateOf(eve, update));
        assertEquals(Optional.of(order), find(pat, order));
    }

    @Test
    void what_nobody_said_yes_to_is_not_done() {
        Order order = place(pat, "Desk Lamp");
        Proposal proposal = Assistants.proposal(pat, ASSISTANT, Action.UPDATE_ORDER, OptionalLong.of(1));
        Approval question = Assistants.ask(approvals(), Assistants.question(proposal, clock.instant()), clock.instant())
                .orElseThrow();
        assertSpent(() -> orders().replace(through(pat, question), order));
        approvals().answer(People.own(pat, Action.APPROVE), question.id(), State.DENIED, clock.instant());
        assertSpent(() -> orders().replace(through(pat, question), order));
        ApprovalId unknown = new ApprovalId(UUID.randomUUID());
        assertSpent(() -> orders().replace(Assistants.permit(proposal, pat, unknown), order));
        assertEquals(Optional.of(order), find(pat, order));
    }

    @Test
    void an_approval_is_spent_from_the_very_moment_of_its_expiry() {
        Order order = place(pat, "Desk Lamp");
        Approval update = approved(pat, Action.UPDATE_ORDER, OptionalLong.of(1));
        clock.set(update.expiresAt());
        assertSpent(() -> orders().replace(through(pat, update), order));
        assertEquals(Optional.of(order), find(pat, order));
        clock.set(update.expiresAt().minus(Duration.ofNanos(1000)));
        assertTrue(orders().replace(through(pat, update), order).isPresent());
    }

    @Test
    void an_approval_is_of_one_person_agent_action_and_version() {
        Order order = ship(place(pat, "Desk Lamp"));
        User colleague = People.someone(tenant, Role.PM);
        Approval update = approved(pat, Action.UPDATE_ORDER, OptionalLong.of(2));
        Approval older = approved(pat, Action.UPDATE_ORDER, OptionalLong.of(1));
        Approval deletion = approved(admin, Action.DELETE_ORDER, OptionalLong.of(2));
        Approval withoutVersion = approved(pat, Action.UPDATE_ORDER, OptionalLong.empty());

        assertSpent(() -> orders().replace(forged(colleague, ASSISTANT, update), order));
        assertSpent(() -> orders().replace(forged(pat, "another-agent", update), order));
        assertSpent(() -> orders().replace(forged(pat, ASSISTANT, older), order));
        assertSpent(() -> orders().replace(forged(pat, ASSISTANT, withoutVersion), order));
        assertSpent(() -> orders().replace(forged(admin, ASSISTANT, deletion), order));

        assertEquals(Optional.of(order), find(pat, order));
        assertTrue(orders().replace(forged(pat, ASSISTANT, update), order).isPresent());
    }

    @Test
    void an_approval_of_the_same_person_id_in_another_tenant_is_another_persons() {
        Order order = place(pat, "Desk Lamp");
        User namesake = new User(People.someTenant(), pat.id(), pat.roles());
        Approval update = approved(namesake, Action.UPDATE_ORDER, OptionalLong.of(1));
        assertSpent(() -> orders().replace(forgedFor(pat, ASSISTANT, update, 1), order));
        assertEquals(State.APPROVED, stateOf(namesake, update));
        assertEquals(Optional.of(order), find(pat, order));
    }

    @Test
    void an_approval_to_change_an_order_places_none() {
        Approval update = approved(pat, Action.UPDATE_ORDER, OptionalLong.of(1));
        Proposal creation = Assistants.proposal(pat, ASSISTANT, Action.CREATE_ORDER, OptionalLong.empty());
        assertSpent(() -> orders().add(Assistants.permit(creation, pat, update.id()), aNew("Desk Lamp")));
        assertEquals(List.of(), list(pat, everything()).items());
    }

    @Test
    void what_was_placed_under_a_key_is_answered_again_as_it_was_then() {
        Order placed = placed(placeOnce(pat, "a-key", "Desk Lamp"));
        assertEquals(Optional.of(placed), find(pat, placed));
        ship(placed);

        assertEquals(new Again<>(placed), placeOnce(pat, "a-key", "Desk Lamp"));
        assertEquals(Optional.of(new Again<>(placed)), placedBefore(pat, "a-key", "Desk Lamp"));
        assertEquals(1, list(pat, everything()).items().size());

        assertTrue(orders().remove(delete(admin), find(pat, placed).orElseThrow()));
        assertEquals(new Again<>(placed), placeOnce(pat, "a-key", "Desk Lamp"));
        assertEquals(List.of(), list(pat, everything()).items());
    }

    @Test
    void a_key_is_for_one_order() {
        Order placed = placed(placeOnce(pat, "a-key", "Desk Lamp"));
        assertEquals(new KeyReused<>(), placeOnce(pat, "a-key", "Stool"));
        assertEquals(Optional.of(new KeyReused<>()), placedBefore(pat, "a-key", "Stool"));
        assertEquals(List.of(placed), list(pat, everything()).items());
    }

    @Test
    void another_key_is_for_another_order() {
        placed(placeOnce(pat, "a-key", "Desk Lamp"));
        assertEquals(Optional.empty(), placedBefore(pat, "another-key", "Desk Lamp"));
        placed(placeOnce(pat, "another-key", "Desk Lamp"));
        assertEquals(2, list(pat, everything()).items().size());
    }

    @Test
    void a_key_is_one_persons_in_one_tenant() {
        User namesake = new User(People.someTenant(), pat.id(), pat.roles());
        User colleague = People.someone(tenant, Role.PM);
        placed(placeOnce(pat, "a-key", "Desk Lamp"));
        assertEquals(Optional.empty(), placedBefore(namesake, "a-key", "Desk Lamp"));
        assertEquals(Optional.empty(), placedBefore(colleague, "a-key", "Desk Lamp"));
        assertEquals(
                namesake.tenant(),
                placed(placeOnce(namesake, "a-key", "Desk Lamp")).tenant());
        assertEquals(
                colleague.id(), placed(placeOnce(colleague, "a-key", "Stool")).owner());
    }

    @Test
    void a_key_is_remembered_for_a_day_and_until_it_is_forgotten() {
        clock.set(Instant.now().minus(RememberedKeys.KEPT).truncatedTo(ChronoUnit.MICROS));
        Order placed = placed(placeOnce(pat, "a-key", "Desk Lamp"));
        keys().forgetBefore(placed.createdAt());
        assertEquals(new Again<>(placed), placeOnce(pat, "a-key", "Desk Lamp"));
        keys().forgetBefore(placed.createdAt().plusNanos(1000));
        assertTrue(placed(placeOnce(pat, "a-key", "Desk Lamp")).id().number()
                > placed.id().number());
    }

    @Test
    void of_many_who_ask_at_once_under_one_key_one_places_the_order() throws Exception {
        assertEquals(8, AtOnce.count(8, () -> !(placeOnce(pat, "a-key", "Desk Lamp") instanceof KeyReused)));
        Order only = list(pat, everything()).items().get(0);
        assertEquals(List.of(only), list(pat, everything()).items());
        assertEquals(new Again<>(only), placeOnce(pat, "a-key", "Desk Lamp"));
    }

    @Test
    void what_was_approved_and_placed_under_a_key_is_answered_again_without_another_approval() {
        Approval creation = approved(pat, Action.CREATE_ORDER, OptionalLong.empty());
        KeyedOrder lamp = keyed("a-key", "Desk Lamp");
        Order placed = placed(orders().add(through(pat, creation), lamp));
        assertEquals(State.USED, stateOf(pat, creation));
        assertEquals(new Again<>(placed), orders().add(through(pat, creation), lamp));
        assertSpent(() -> orders().add(through(pat, creation), keyed("another-key", "Desk Lamp")));
        assertEquals(Optional.empty(), placedBefore(pat, "another-key", "Desk Lamp"));
        assertEquals(List.of(placed), list(pat, everything()).items());
    }

    @Test
    void a_permit_opens_no_key_but_what_it_was_given_for() {
        KeyedOrder lamp = keyed("a-key", "Desk Lamp");
        Permit reading = People.permit(pat, Action.READ_ORDER);
        Permit creating = People.permit(pat, Action.CREATE_ORDER);
        assertThrows(IllegalArgumentException.class, () -> orders().add(reading, lamp));
        assertThrows(IllegalArgumentException.class, () -> orders().placedBefore(creating, lamp));
        placed(orders().add(creating, lamp));
    }

    private Keyed<Order> placeOnce(User owner, String key, String product) {
        return orders().add(People.permit(owner, Action.CREATE_ORDER), keyed(key, product));
    }

    private Optional<Keyed<Order>> placedBefore(User user, String key, String product) {
        return orders().placedBefore(People.permit(user, Action.READ_ORDER), keyed(key, product));
    }

    private static KeyedOrder keyed(String key, String product) {
        return new KeyedOrder(new IdempotencyKey(key), aNew(product));
    }

    private static Order placed(Keyed<Order> outcome) {
        if (outcome instanceof First<Order> first) {
            return first.value();
        }
        throw new AssertionError(outcome.toString());
    }

    /** What a person has said yes to, just now. */
    Approval approved(User user, Action action, OptionalLong version) {
        Instant now = clock.instant();
        Approval question = Assistants.ask(
                        approvals(),
                        Assistants.question(Assistants.proposal(user, ASSISTANT, action, version), now),
                        now)
                .orElseThrow();
        assertTrue(approvals().answer(People.own(user, Action.APPROVE), question.id(), State.APPROVED, now));
        return question.in(State.APPROVED);
    }

    private static Permit through(User user, Approval approval) {
        return Assistants.permit(approval.proposal(), user, approval.id());
    }

    /** A permit to change version 2, as a policy that went wrong might give it for whatever approval. */
    private static Permit forged(User user, String agent, Approval approval) {
        return forgedFor(user, agent, approval, 2);
    }

    private static Permit forgedFor(User user, String agent, Approval approval, long version) {
        return Assistants.permit(
                Assistants.proposal(user, agent, Action.UPDATE_ORDER, OptionalLong.of(version)), user, approval.id());
    }

    private State stateOf(User user, Approval approval) {
        return approvals().find(user, approval.id()).orElseThrow().state();
    }

    private static void assertSpent(Executable change) {
        assertThrows(ApprovalSpentException.class, change);
    }

    private static boolean carriedOut(BooleanSupplier change) {
        try {
            return change.getAsBoolean();
        } catch (ApprovalSpentException e) {
            return false;
        }
    }

    private Order place(User owner, String product) {
        return orders().add(People.permit(People.as(Role.PM, owner), Action.CREATE_ORDER), aNew(product));
    }

    private Order ship(Order order) {
        Order changed = new Order(
                order.id(),
                order.tenant(),
                order.owner(),
                order.customerName(),
                order.product(),
                order.quantity(),
                OrderStatus.SHIPPED,
                order.createdAt(),
                order.version());
        return orders().replace(update(pat), changed).orElseThrow();
    }

    private static NewOrder aNew(String product) {
        return new NewOrder(new CustomerName("Zoe"), new Product(product), new Quantity(2));
    }

    private Optional<Order> find(User user, Order order) {
        return orders().find(People.permit(user, Action.READ_ORDER), order.id());
    }

    private OrderPage list(User user, OrderQuery query) {
        return orders().list(People.permit(user, Action.LIST_ORDERS), query);
    }

    private static OrderQuery everything() {
        return new OrderQuery(Optional.empty(), Optional.empty(), 200);
    }

    private static OrderQuery ofStatus(OrderStatus status) {
        return new OrderQuery(Optional.of(status), Optional.empty(), 200);
    }

    private static Permit update(User user) {
        return People.permit(user, Action.UPDATE_ORDER);
    }

    private static Permit delete(User user) {
        return People.permit(user, Action.DELETE_ORDER);
    }
}
