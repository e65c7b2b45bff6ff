package dev.throughline.out.database;

import dev.throughline.access.Action;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Role;
import dev.throughline.access.User;
import dev.throughline.order.CustomerName;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import dev.throughline.out.People;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what telling the database who is asking, its row-level security and the audit log add to one read and to one
 * write: the product's own code on the same PostgreSQL with and without them, in turns. Prints a Markdown table.
 */
final class RowCost {
    private static final int ROUNDS = 15;
    private static final int READS = 1_000;
    private static final int WRITES = 200;
    private static final double READ_MILLIS = 0.4;
    private static final double WRITE_MILLIS = 0.8;

    private RowCost() {}

    /** Takes a minute; the database ends with it. */
    public static void main(String[] arguments) {
        try (TestDatabase database = TestDatabase.fresh()) {
            Side bare = new Side(new JpaOrders(database.unguarded(), TestDatabase.noAudit(), Clock.systemUTC()));
            Side guarded =
                    new Side(new JpaOrders(database.asApplication("guarded"), TestDatabase.audit(), Clock.systemUTC()));
            System.out.println("| p50, ms | without | with | added |");
            System.out.println("|---|---|---|---|");
            boolean kept = compare("read", READS, bare::read, guarded::read) <= READ_MILLIS
                    & compare("write", WRITES, bare::write, guarded::write) <= WRITE_MILLIS;
            if (!kept) {
                throw new IllegalStateException(
                        "A promise was not kept: at most " + READ_MILLIS + " and " + WRITE_MILLIS);
            }
        }
    }

    private static double compare(String name, int times, Runnable bare, Runnable guarded) {
        median(times * 3, bare);
        median(times * 3, guarded);
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            without.add(median(times, bare));
            with.add(median(times, guarded));
        }
        double added = Figures.median(with) - Figures.median(without);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f |%n",
                name,
                Figures.median(without),
                Figures.median(with),
                added);
        return added;
    }

    private static double median(int times, Runnable work) {
        List<Double> millis = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            work.run();
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        return Figures.median(millis);
    }

    /** One order that is read and written again and again. */
    private static final class Side {
        private final User pat = People.someone(People.someTenant(), Role.PM);
        private final Permit reading = People.permit(pat, Action.READ_ORDER);
        private final Permit writing = People.permit(pat, Action.UPDATE_ORDER);
        private final JpaOrders orders;
        private Order order;

        Side(JpaOrders orders) {
            this.orders = orders;
            this.order = orders.add(
                    People.permit(pat, Action.CREATE_ORDER),
                    new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2)));
        }

        void read() {
            orders.find(reading, order.id()).orElseThrow();
        }

        void write() {
            order = orders.replace(writing, order).orElseThrow();
        }
    }
}
