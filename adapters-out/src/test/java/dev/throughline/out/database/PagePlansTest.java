package dev.throughline.out.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import dev.throughline.out.database.RowIdentity.Verb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A page is read along the index that keeps its order, whoever asks, and who asks is looked up once for each policy.
 */
class PagePlansTest {
    private static final TenantId TENANT = new TenantId(UUID.fromString("c0ffee00-0000-4000-8000-000000000017"));
    private static final UserId USER = new UserId(TENANT.value());
    private static final Pattern ASKED_AGAIN = Pattern.compile("Seq Scan on key.* loops=([2-9]|\\d\\d)");

    private static TestDatabase database;

    @BeforeAll
    static void fill() throws SQLException {
        database = TestDatabase.fresh();
        try (Connection superuser = database.postgres().superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("insert into orders (tenant, owner, customer_name, product, quantity, status, created_at,"
                    + " version) select ('c0ffee00-0000-4000-8000-0000000000' || lpad((n % 20)::text, 2, '0'))::uuid,"
                    + " ('c0ffee00-0000-4000-8000-000000000' || lpad((n % 200)::text, 3, '0'))::uuid, 'Zoe', 'Lamp', 1,"
                    + " (array['pending', 'shipped', 'delivered', 'cancelled'])[1 + (n / 200) % 4], now(), 1"
                    + " from generate_series(1, 40000) n");
            statement.execute(
                    "insert into conversation (id, tenant, owner, agent, title, created_at, changed_at, version)"
                            + " select gen_random_uuid(), tenant, owner, 'a', 't', now(), now() - number * interval '1 s', 1"
                            + " from orders");
            statement.execute("vacuum analyze");
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Viewer, orders_by_owner, owner = 'USER'",
        "Viewer, orders_by_owner_and_status, owner = 'USER' and status = 'pending'",
        "Analyst, orders_by_tenant, true",
        "Admin, orders_by_tenant_and_status, status = 'pending'",
        // A statement that forgets whose rows it wants gets the right ones all the same.
        "Viewer, orders_by_tenant, true"
    })
    void a_page_of_orders(String role, String index, String condition) throws SQLException {
        String plan = plan(
                role,
                "select * from orders where tenant = 'TENANT' and number > 0 and " + condition
                        + " order by number limit 21");
        assertTrue(plan.contains("Index Scan using " + index + " on orders"), plan);
        assertOrdered(plan, 1);
    }

    @ParameterizedTest
    @CsvSource({"none", "Admin"})
    void a_page_of_conversations(String role) throws SQLException {
        String plan = plan(
                role,
                "select * from conversation where tenant = 'TENANT' and owner = 'USER' and changed_at <= now()"
                        + " and (changed_at < now() or id < 'TENANT') order by changed_at desc, id desc limit 21");
        assertTrue(plan.contains("Index Scan Backward using conversation_by_owner on conversation"), plan);
        assertOrdered(plan, 2);
    }

    private static void assertOrdered(String plan, int looks) {
        assertFalse(plan.contains("Sort"), plan);
        assertFalse(plan.contains("Bitmap"), plan);
        assertEquals(
                looks,
                plan.lines().filter(line -> line.contains("Seq Scan on key")).count(),
                plan);
        assertFalse(ASKED_AGAIN.matcher(plan).find(), plan);
    }

    private static String plan(String role, String query) throws SQLException {
        RowIdentity identity =
                SomeRows.identity(TENANT, USER, role, Optional.empty(), EnumSet.allOf(Verb.class), Instant.now());
        StringJoiner plan = new StringJoiner("\n");
        try (Connection connection = database.connectAs(identity);
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("explain (analyze, buffers off, timing off) "
                        + query.replace("TENANT", TENANT.toString()).replace("USER", USER.toString()))) {
            while (lines.next()) {
                plan.add(lines.getString(1));
            }
        }
        return plan.toString();
    }
}
