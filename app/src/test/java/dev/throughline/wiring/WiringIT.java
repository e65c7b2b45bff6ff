package dev.throughline.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.Unavailable;
import dev.throughline.access.AccessPolicy;
import dev.throughline.access.Action;
import dev.throughline.access.AgentRegistry;
import dev.throughline.access.App;
import dev.throughline.access.Caller;
import dev.throughline.access.Credential;
import dev.throughline.access.Decision.Permit;
import dev.throughline.access.Door;
import dev.throughline.access.Facts;
import dev.throughline.access.Role;
import dev.throughline.access.Scope;
import dev.throughline.access.TenantId;
import dev.throughline.access.User;
import dev.throughline.access.UserId;
import dev.throughline.in.security.CurrentCaller;
import dev.throughline.order.CustomerName;
import dev.throughline.order.ListOrders;
import dev.throughline.order.NewOrder;
import dev.throughline.order.Order;
import dev.throughline.order.OrderOutcome.Done;
import dev.throughline.order.Orders;
import dev.throughline.order.PlaceOrder;
import dev.throughline.order.Product;
import dev.throughline.order.Quantity;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged WAR, looked at from inside the server. */
@ExtendWith({WiringServer.class, ArquillianExtension.class})
class WiringIT {
    @Inject
    private AccessPolicy policy;

    @Inject
    private AgentRegistry registry;

    @Inject
    private Orders orders;

    @Inject
    private PlaceOrder placeOrder;

    @Inject
    private ListOrders listOrders;

    @Inject
    private ListOrders theSameListOrders;

    @Inject
    private CurrentCaller currentCaller;

    @Inject
    private UserTransaction transaction;

    @Deployment
    static WebArchive product() {
        WebArchive war = ShrinkWrap.createFromZipFile(
                WebArchive.class, Path.of(System.getProperty("throughline.war")).toFile());
        return war.addClasses(WiringIT.class, WiringServer.class)
                .setWebXML(new StringAsset(
                        withTestRunner(read(war.get("WEB-INF/web.xml").getAsset()))));
    }

    /** The product's web.xml lets no other jar register a servlet, so the runner of these tests is named in it. */
    private static String withTestRunner(String webXml) {
        return webXml.replace("</web-app>", """
                  <servlet>
                    <servlet-name>ArquillianServletRunnerEE9</servlet-name>
                    <servlet-class>org.jboss.arquillian.protocol.servlet5.runner.ServletTestRunner</servlet-class>
                  </servlet>
                  <servlet-mapping>
                    <servlet-name>ArquillianServletRunnerEE9</servlet-name>
                    <url-pattern>/ArquillianServletRunnerEE9</url-pattern>
                  </servlet-mapping>
                </web-app>
                """);
    }

    private static String read(Asset asset) {
        try (InputStream in = asset.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_use_case_exists_once() {
        assertSame(listOrders, theSameListOrders);
    }

    @Test
    void what_a_use_case_did_is_committed_when_it_returns() {
        Order placed = place();

        Permit permit = assertInstanceOf(
                Permit.class, policy.decide(pat(), Action.READ_ORDER, Facts.at(Door.REST), Instant.EPOCH));
        assertEquals(placed, orders.find(permit, placed.id()).orElseThrow());
    }

    @Test
    void a_use_case_takes_part_in_the_transaction_around_it() throws Exception {
        transaction.begin();
        Order placed = place();
        transaction.rollback();

        Permit permit = assertInstanceOf(
                Permit.class, policy.decide(pat(), Action.READ_ORDER, Facts.at(Door.REST), Instant.EPOCH));
        assertTrue(orders.find(permit, placed.id()).isEmpty());
    }

    @Test
    void every_connection_keeps_what_it_acknowledges_and_bounds_what_it_waits_for() throws Exception {
        try (Connection connection = lent();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select current_setting('search_path') || ' ' || current_setting('synchronous_commit') ||"
                                + " ' ' || current_setting('statement_timeout') ||"
                                + " ' ' || current_setting('lock_timeout') || ' ' ||"
                                + " current_setting('idle_in_transaction_session_timeout')")) {
            assertTrue(rows.next());
            assertEquals("public on 5s 3s 15s", rows.getString(1));
        }
    }

    @Test
    void a_connection_that_somebody_left_able_only_to_read_is_lent_once_more_at_most() throws Exception {
        leave("set default_transaction_read_only = on");
        int refused = refusals();
        forget();

        assertTrue(refused <= 1, "It was lent again and again");
    }

    @Test
    void a_transaction_that_somebody_left_failed_is_over() throws Exception {
        leaveFailed();

        assertEquals(0, refusals());
    }

    @Test
    void a_transaction_that_somebody_left_open_is_over() throws Exception {
        leave("begin");
        place();
        leave("begin; select set_config('search_path', 'pg_catalog', false); commit");
        place();
    }

    /** Of five attempts. */
    private int refusals() {
        int refused = 0;
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                place();
            } catch (Unavailable once) {
                refused++;
            }
        }
        return refused;
    }

    private static void leave(String sql) throws Exception {
        withTwo(connection -> run(connection, sql));
    }

    private static void leaveFailed() throws Exception {
        withTwo(connection -> assertThrows(SQLException.class, () -> run(connection, "begin; select 1 / 0")));
    }

    private static void withTwo(Leaving leaving) throws Exception {
        forget();
        try (Connection one = lent();
                Connection other = lent()) {
            leaving.in(other);
            leaving.in(one);
        }
    }

    /** Leaves something in a connection. */
    private interface Leaving {
        void in(Connection connection) throws SQLException;
    }

    /** Clears what another of these tests has left in the pool, which hardly grows to more than this here. */
    private static void forget() throws Exception {
        try (Connection one = lent();
                Connection two = lent();
                Connection three = lent();
                Connection four = lent()) {
            assertEquals(4, Set.of(one, two, three, four).size());
        }
    }

    /** With nothing of what another of these tests has left in it. */
    private static Connection lent() throws Exception {
        Connection connection = connections().getConnection();
        run(connection, "rollback; reset all");
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static DataSource connections() throws NamingException {
        return InitialContext.doLookup("jdbc/throughline");
    }

    @Test
    void nobody_is_the_caller_outside_the_gate() {
        assertThrows(IllegalStateException.class, currentCaller::caller);
    }

    @Test
    void the_registry_is_the_one_that_the_settings_name() {
        assertTrue(registry.agentNamed("orders-assistant").isPresent());
    }

    @Test
    void people_can_talk_to_agents_of_the_project_and_not_to_programs_of_their_own() {
        assertEquals(
                List.of("orders-assistant", "night-agent", "legacy-agent", "orders-functions", "orders-passthrough"),
                Stream.of(
                                "orders-assistant",
                                "desktop-mcp-client",
                                "night-agent",
                                "legacy-agent",
                                "orders-functions",
                                "orders-passthrough")
                        .filter(name -> registry.agentNamed(name).orElseThrow().chats())
                        .toList());
    }

    private Order place() {
        NewOrder order = new NewOrder(new CustomerName("Zoe"), new Product("Desk Lamp"), new Quantity(2));
        return ((Done<Order>) placeOrder.handle(pat(), Door.REST, order)).value();
    }

    private Caller pat() {
        App app = registry.apps().get(0);
        User user = new User(
                new TenantId(UUID.fromString("c0ffee00-0000-4000-8000-000000000001")),
                new UserId(UUID.fromString("c0ffee00-0000-4000-8000-0000000000b3")),
                Set.of(Role.PM));
        return new Caller.UserDirectly(
                user,
                app,
                new Credential(app.client(), "audience", Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE), Instant.MAX));
    }
}
