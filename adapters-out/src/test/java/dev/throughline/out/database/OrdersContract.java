package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.Action;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.order.CustomerName;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderId;
import dev.throughline.order.OrderPage;
import dev.throughline.order.OrderQuery;
import dev.throughline.order.OrderStatus;
import dev.throughline.order.Orders;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import dev.throughline.out.People;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Orders} promises. */
abstract class OrdersContract {
    private final TenantId tenant = People.someTenant();
    private final User pat = People.someone(tenant, Role.PM);
    private final User vic = People.someone(tenant, Role.VIEWER);
    private final User admin = People.someone(tenant, Role.ADMIN);

    abstract Orders orders();

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
