package dev.throughline.out.database;

import dev.throughline.access.TenantId;
import dev.throughline.access.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Looks at the start, with the eyes of the application's role, whether the database keeps people's rows apart. The
 * rules in our statements would go on without it, and nobody would notice.
 */
public final class DatabaseGuards {
    private static final String CATALOGUE = "/db/guards/catalogue.sql";
    private static final String FORCED = "row-level security that is forced";
    private static final String NOT_MIGRATED =
            "the database's schema is not the one of this version: let it be migrated before the start.";

    /**
     * Where a question is answered with yes, the sentence holds. {@code $1} is the owner, {@code $2} the application.
     */
    private static final Map<String, String> QUESTIONS = questions();

    private final DataSource database;
    private final DatabaseRoles roles;
    private final IdentityKey key;

    private DatabaseGuards(DataSource database, DatabaseRoles roles, IdentityKey key) {
        this.database = database;
        this.roles = roles;
        this.key = key;
    }

    private static Map<String, String> questions() {
        String mine = "select exists (select from pg_catalog.pg_roles r, settings where r.rolname = application and ";
        String owners = "select exists (select from pg_catalog.pg_roles r, settings where r.rolname = owner and ";
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put(
                "select current_user <> application from settings", "DB_USER is not the role that the server works as");
        questions.put(
                mine + "r.rolsuper)", "the role of DB_USER is a superuser, for whom there is no row-level security");
        questions.put(mine + "r.rolbypassrls)", "the role of DB_USER may bypass row-level security (BYPASSRLS)");
        questions.put(
                mine + "(r.rolcreaterole or r.rolreplication))", "the role of DB_USER may make roles or replicate");
        questions.put(
                "select not exists (select from pg_catalog.pg_roles r, settings where r.rolname = owner)",
                "there is no role of the name in DB_OWNER");
        questions.put(owners + "r.rolcanlogin)", "the role of DB_OWNER can log in");
        questions.put(
                owners + "(r.rolsuper or r.rolbypassrls))",
                "the role of DB_OWNER is a superuser or may bypass row-level security");
        questions.put(
                "select pg_catalog.pg_has_role(application, owner, 'MEMBER') from settings",
                "the role of DB_USER is a member of the role of DB_OWNER, or the same");
        questions.put(
                "select exists (select from pg_catalog.pg_roles r, settings"
                        + " where (r.rolsuper or r.rolbypassrls or r.rolname in ('pg_read_server_files',"
                        + " 'pg_write_server_files', 'pg_execute_server_program'))"
                        + " and pg_catalog.pg_has_role(application, r.oid, 'MEMBER'))",
                "the role of DB_USER is a member of a role that can get round row-level security");
        questions.put(
                "select pg_catalog.has_database_privilege(current_database(), 'TEMPORARY')",
                "the role of DB_USER may make temporary tables, by which one could stand for a table of ours");
        questions.put(
                "select pg_catalog.has_database_privilege(current_database(), 'CREATE')"
                        + " or pg_catalog.has_schema_privilege('public', 'CREATE')",
                "the role of DB_USER may create schemas or tables");
        return questions;
    }

    /**
     * @param database gives connections of the role that the server works as
     * @throws MissingGuardException for the first guard that is missing
     * @throws SQLException if the database does not answer
     */
    public static void check(DataSource database, DatabaseRoles roles, IdentityKey key) throws SQLException {
        new DatabaseGuards(database, roles, key).check();
    }

    private void check() throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                check(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(before);
            }
        }
    }

    private void check(Connection connection) throws SQLException {
        Map<String, String> found = catalogue(connection, roles);
        for (Map.Entry<String, String> question : QUESTIONS.entrySet()) {
            if (yes(
                    connection,
                    "with settings as (select ?::text as owner, ?::text as application) " + question.getKey())) {
                throw new MissingGuardException("at the database, " + question.getValue() + ".");
            }
        }
        ExpectedGuards.read().compare(found);
        connection.rollback();
        nobodySeesAnything(connection, found);
        theKeyWorks(connection);
    }

    private boolean yes(Connection connection, String question) throws SQLException {
        try (PreparedStatement asking = connection.prepareStatement(question)) {
            asking.setString(1, roles.owner());
            asking.setString(2, roles.application());
            try (ResultSet answer = asking.executeQuery()) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }

    /** What there is, by its name. */
    static Map<String, String> catalogue(Connection connection, DatabaseRoles roles) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Statement path = connection.createStatement();
                PreparedStatement reading = connection.prepareStatement(ExpectedGuards.text(CATALOGUE))) {
            // By which names are printed with or without their schema.
            path.execute("set local search_path = public");
            reading.setString(1, roles.owner());
            reading.setString(2, roles.application());
            try (ResultSet rows = reading.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), rows.getString(2));
                }
            }
            return found;
        } catch (SQLException e) {
            throw missing(e, NOT_MIGRATED);
        }
    }

    private static void nobodySeesAnything(Connection connection, Map<String, String> found) throws SQLException {
        List<String> tables = new ArrayList<>();
        found.forEach((name, description) -> {
            if (description.endsWith(FORCED)) {
                tables.add(name.substring("relation ".length()));
            }
        });
        for (String table : tables) {
            try (PreparedStatement looking = connection.prepareStatement("select exists (select from " + table + ")");
                    ResultSet rows = looking.executeQuery()) {
                rows.next();
                if (rows.getBoolean(1)) {
                    throw new MissingGuardException("the database shows rows of " + table + " to nobody.");
                }
            }
        }
    }

    private void theKeyWorks(Connection connection) throws SQLException {
        RowIdentity probe = RowIdentity.of(new TenantId(UUID.randomUUID()), new UserId(UUID.randomUUID()));
        try (PreparedStatement who = connection.prepareStatement("select w.transaction from identity.who w")) {
            new Entrance(key).entering(probe).alone(connection);
            try (ResultSet rows = who.executeQuery()) {
                rows.next();
                if (!probe.transaction().equals(rows.getObject(1))) {
                    throw new MissingGuardException("the database forgets at once who is asking.");
                }
            }
        } catch (SQLException e) {
            throw missing(
                    e,
                    e.getMessage().contains("not of now")
                            ? "the database's clock and this server's are more than five minutes apart."
                            : "IDENTITY_MAC_KEY is not the key that the database was given when it was migrated.");
        }
    }

    private static RuntimeException missing(SQLException e, String sentence) throws SQLException {
        if (Outage.isBehind(e)) {
            throw e;
        }
        return new MissingGuardException(sentence, e);
    }
}
