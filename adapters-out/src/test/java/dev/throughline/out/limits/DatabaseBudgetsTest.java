package dev.throughline.out.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.throughline.Unavailable;
import dev.throughline.access.Budgets;
import dev.throughline.out.database.AtOnce;
import dev.throughline.out.database.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseBudgetsTest extends BudgetsContract {
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();
    private final Connections connections =
            new Connections(TestDatabase.shared().sourceAsApplication());
    private final List<DatabaseBudgets> opened = new ArrayList<>();

    @AfterEach
    void close() throws SQLException {
        opened.forEach(DatabaseBudgets::close);
        background.shutdown();
        connections.close();
    }

    @Override
    DatabaseBudgets budgets(Limits limits) {
        return over(connections.source(), limits);
    }

    private DatabaseBudgets over(DataSource source, Limits limits) {
        DatabaseBudgets budgets = new DatabaseBudgets(limits, source, background, time);
        opened.add(budgets);
        return budgets;
    }

    @Test
    void two_instances_together_let_no_more_through_than_there_is() throws Exception {
        Budgets one = budgets(LIMITS);
        Budgets other = budgets(LIMITS);
        AtomicInteger turn = new AtomicInteger();
        assertEquals(
                5,
                AtOnce.count(
                        16,
                        () -> (turn.getAndIncrement() % 2 == 0 ? one : other)
                                .spend(of(vic))
                                .isEmpty()));
        assertEquals(0, spent(one, of(vic), 1) + spent(other, of(vic), 1));
        time.pass(Duration.ofSeconds(3));
        assertEquals(
                3,
                AtOnce.count(
                        16,
                        () -> (turn.getAndIncrement() % 2 == 0 ? one : other)
                                .spend(of(vic))
                                .isEmpty()));
    }

    @Test
    void an_instance_that_starts_anew_finds_what_was_left() {
        assertEquals(3, spent(budgets(LIMITS), of(vic), 3));
        assertEquals(2, spent(budgets(LIMITS), of(vic), 50));
    }

    @Test
    void after_a_change_of_the_limits_the_new_ones_count() {
        assertEquals(5, spent(budgets(LIMITS), of(vic), 50));
        Limits more = new Limits(new Limit(60, 9), LIMITS.agent(), LIMITS.writes(), LIMITS.tool(), LIMITS.chat());
        assertEquals(9, spent(budgets(more), of(vic), 50));
    }

    @Test
    void where_the_database_is_away_nobody_is_let_through() {
        Budgets away = over(TestDatabase.shared().sourceAway(), LIMITS);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThrows(Unavailable.class, () -> away.spend(of(vic))));
    }

    @Test
    void who_waits_for_a_row_that_somebody_holds_is_not_let_through_either_and_does_not_wait_for_ever()
            throws Exception {
        Budgets budgets = budgets(LIMITS);
        assertEquals(1, spent(budgets, of(vic), 1));
        try (Connection holder = TestDatabase.shared().connectAsApplication()) {
            holder.setAutoCommit(false);
            try (PreparedStatement hold =
                    holder.prepareStatement("select 1 from rate_limit where budget like ? for update")) {
                hold.setString(1, "user/%" + vic.id() + "%");
                hold.executeQuery();
            }
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> assertThrows(Unavailable.class, () -> budgets.spend(of(vic))));
        }
        assertEquals(4, spent(budgets, of(vic), 50), "An attempt that failed costs nothing");
    }

    @Test
    void many_who_ask_for_one_budget_hold_one_connection_between_them() throws Exception {
        Budgets budgets = budgets(LIMITS);
        assertEquals(5, AtOnce.count(16, () -> budgets.spend(of(vic)).isEmpty()));
        assertEquals(1, connections.most());
        assertEquals(0, connections.now());
    }

    @Test
    void who_was_refused_asks_the_database_again_only_when_there_can_be_one() {
        Budgets budgets = budgets(LIMITS);
        spent(budgets, of(vic), 6);
        int before = connections.count();
        assertEquals(0, spent(budgets, of(vic), 100));
        assertEquals(before, connections.count());
        time.pass(Duration.ofSeconds(1));
        assertEquals(1, spent(budgets, of(vic), 100));
    }

    @Test
    void what_has_expired_is_removed_and_nothing_else() throws SQLException {
        DatabaseBudgets budgets = budgets(LIMITS);
        spent(budgets, of(vic), 50);
        spent(budgets, of(vic.tenant()), 2);
        assertEquals(2, rows());
        try (Connection connection = TestDatabase.shared().connectAsApplication();
                PreparedStatement expire =
                        connection.prepareStatement("update rate_limit set expires_at = 1 where budget like ?")) {
            expire.setString(1, "user/%" + vic.id() + "%");
            assertEquals(1, expire.executeUpdate());
        }

        budgets.sweep();

        assertEquals(1, rows());
    }

    @Test
    void more_rows_than_a_batch_are_removed_at_once_and_those_of_an_away_database_later() throws SQLException {
        try (Connection connection = TestDatabase.shared().connectAsApplication();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into rate_limit (budget) select ? || n from generate_series(1, 2500) n")) {
            insert.setString(1, vic.tenant() + "/");
            assertEquals(2500, insert.executeUpdate());
        }

        over(TestDatabase.shared().sourceAway(), LIMITS).sweep();
        assertEquals(2500, rows());
        budgets(LIMITS).sweep();
        assertEquals(0, rows());
    }

    private int rows() throws SQLException {
        try (Connection connection = TestDatabase.shared().connectAsApplication();
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from rate_limit where budget like ?")) {
            count.setString(1, "%" + vic.tenant() + "%");
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
