package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Role;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.order.OrderQuery;
import dev.throughline.out.People;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Measures what the first page of one's own orders takes among few orders and among a million, in turns, and prints a
 * Markdown table. It must not matter how many there are.
 */
final class PageCost {
    private static final int ORDERS_OF_EACH = 100;
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int ROUNDS = 20;
    private static final int PAGES = 500;
    private static final double RATIO = 1.2;
    private static final OrderQuery FIRST_PAGE = new OrderQuery(Optional.empty(), Optional.empty(), 20);

    private PageCost() {}

    /** Takes some two minutes; both databases end with it. */
    public static void main(String[] arguments) throws SQLException {
        try (TestDatabase few = TestDatabase.fresh();
                TestDatabase many = TestDatabase.fresh()) {
            Desk small = new Desk(few, FEW);
            Desk large = new Desk(many, MANY);
            List<Double> ratios = new ArrayList<>();
            System.out.println("| Round | among " + FEW + " orders, p50, µs | among " + MANY + ", p50, µs |");
            System.out.println("|---|---|---|");
            small.median(PAGES * 4);
            large.median(PAGES * 4);
            for (int round = 1; round <= ROUNDS; round++) {
                double inSmall = small.median(PAGES);
                double inLarge = large.median(PAGES);
                ratios.add(inLarge / inSmall);
                System.out.printf(Locale.ROOT, "| %d | %.0f | %.0f |%n", round, inSmall, inLarge);
            }
            double ratio = Figures.median(ratios);
            System.out.printf(Locale.ROOT, "Relative: %.2f times, promised at most %.2f%n", ratio, RATIO);
            if (ratio > RATIO) {
                throw new IllegalStateException("A promise was not kept.");
            }
        }
    }

    /** A desk with so many orders, a hundred of each person, in turns. */
    private static final class Desk {
        private final TenantId tenant = People.someTenant();
        private final Random random = new Random(20_261_126L);
        private final JpaOrders orders;
        private final int people;

        Desk(TestDatabase database, int count) throws SQLException {
            people = count / ORDERS_OF_EACH;
            orders = new JpaOrders(database.asApplication("among-" + count), TestDatabase.audit(), Clock.systemUTC());
            try (Connection connection = database.postgres().superuser();
                    PreparedStatement fill = connection.prepareStatement("insert into orders"
                            + " (tenant, owner, customer_name, product, quantity, status, created_at, version)"
                            + " select ?::uuid, ('00000000-0000-4000-8000-' || lpad((n % ?)::text, 12, '0'))::uuid,"
                            + " 'Customer ' || n, 'Product ' || n % 97, 1 + n % 50, 'pending', now(), 1"
                            + " from generate_series(0, ? - 1) as n");
                    Statement analyze = connection.createStatement()) {
                fill.setString(1, tenant.toString());
                fill.setInt(2, people);
                fill.setInt(3, count);
                fill.executeUpdate();
                analyze.execute("vacuum analyze orders");
            }
        }

        /** Of so many first pages, each somebody's, microseconds. */
        double median(int pages) {
            List<Double> times = new ArrayList<>(pages);
            for (int i = 0; i < pages; i++) {
                Permit permit = People.permit(somebody(), Action.LIST_ORDERS);
                long begin = System.nanoTime();
                int found = orders.list(permit, FIRST_PAGE).items().size();
                times.add((System.nanoTime() - begin) / 1e3);
                if (found != FIRST_PAGE.limit()) {
                    throw new IllegalStateException("A page of " + found);
                }
            }
            return Figures.median(times);
        }

        private User somebody() {
            UUID id = UUID.fromString(String.format("00000000-0000-4000-8000-%012d", random.nextInt(people)));
            return new User(tenant, new UserId(id), Set.of(Role.VIEWER));
        }
    }
}
