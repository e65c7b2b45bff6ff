package dev.throughline.out.database;

import dev.throughline.access.AuditEntry;
import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.postgres.LocalDatabase;
import dev.throughline.out.audit.AuditForm;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.persistence.sessions.UnitOfWork;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated PostgreSQL for all tests of this run; each test makes up its own tenant in it. */
public final class TestDatabase implements AutoCloseable {
    private static final class Shared {
        static final TestDatabase INSTANCE = new TestDatabase();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(INSTANCE::close));
        }
    }

    private static final DatabaseRoles ROLES = new DatabaseRoles(LocalDatabase.OWNER, LocalDatabase.APPLICATION_USER);

    private final LocalPorts ports = LocalPorts.free();
    private final Path folder;
    private final LocalSecrets secrets;
    private LocalDatabase postgres;

    private TestDatabase() {
        this(true);
    }

    private TestDatabase(boolean migrated) {
        try {
            folder = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "database");
            secrets = LocalSecrets.loadOrCreate(folder);
            postgres = LocalDatabase.start(ports.postgres(), secrets, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (migrated) {
            migrate();
        }
    }

    public static TestDatabase shared() {
        return Shared.INSTANCE;
    }

    /** One that no other test uses. */
    static TestDatabase fresh() {
        return new TestDatabase();
    }

    /** One that no other test uses and that has no tables yet. */
    static TestDatabase empty() {
        return new TestDatabase(false);
    }

    @Override
    public void close() {
        postgres.close();
    }

    void migrate() {
        DatabaseMigration.migrate(
                postgres.jdbcUrl(), LocalDatabase.MIGRATION_USER, secrets.migrationPassword(), ROLES, key());
    }

    /** As after the run command was ended and given again. */
    void restart() {
        postgres.close();
        postgres = LocalDatabase.start(ports.postgres(), secrets, folder);
    }

    /** Brings the tables to the state in which an earlier version of the product left them: its login owns them. */
    void migrateTo(String version) {
        Flyway.configure(DatabaseMigration.class.getClassLoader())
                .dataSource(postgres.jdbcUrl(), LocalDatabase.MIGRATION_USER, secrets.migrationPassword())
                .locations("classpath:db/migration")
                .placeholders(Map.of("applicationRole", LocalDatabase.APPLICATION_USER))
                .target(version)
                .load()
                .migrate();
    }

    /** What whoever migrates before the start sets. */
    Map<String, String> migrationVariables() {
        return Map.of(
                "DB_URL", postgres.jdbcUrl(),
                "DB_USER", ROLES.application(),
                "DB_MIGRATION_USER", LocalDatabase.MIGRATION_USER,
                "DB_MIGRATION_PASSWORD", secrets.migrationPassword(),
                "IDENTITY_MAC_KEY", secrets.identityMacKey());
    }

    /** What the server does at its start. */
    void checkGuards() throws SQLException {
        DatabaseGuards.check(sourceAsApplication(), ROLES, key());
    }

    Flyway flyway() {
        return DatabaseMigration.flyway(
                "classpath:db/migration",
                postgres.jdbcUrl(),
                LocalDatabase.MIGRATION_USER,
                secrets.migrationPassword(),
                ROLES);
    }

    void migrate(String location) {
        DatabaseMigration.flyway(
                location, postgres.jdbcUrl(), LocalDatabase.MIGRATION_USER, secrets.migrationPassword(), ROLES);
    }

    /** The product's own persistence unit, with the role that the server works as. */
    Database asApplication() {
        return database(postgres.jdbcUrl(), Map.of());
    }

    /** The same with one setting changed; without a name of its own it would share the other's session. */
    Database asApplication(String setting, String value) {
        return database(postgres.jdbcUrl(), Map.of(setting, value, "eclipselink.session-name", setting));
    }

    /** The same with a session of this name, for whoever has several databases at once. */
    Database asApplication(String session) {
        return database(postgres.jdbcUrl(), Map.of("eclipselink.session-name", session));
    }

    /** Without anything of what keeps rows apart: whom no policy binds, and in transactions that are nobody's. */
    Database unguarded() {
        Map<String, Object> settings = settings(postgres.jdbcUrl(), Map.of("eclipselink.session-name", "unguarded"));
        settings.put("jakarta.persistence.jdbc.user", "postgres");
        return new Database(new TestTransactions(
                Persistence.createEntityManagerFactory("throughline", settings),
                (entities, identity) ->
                        IdentityGuard.entered(entities.unwrap(UnitOfWork.class).getParent())));
    }

    /** A database that nobody answers for. */
    Database away() {
        return database(
                "jdbc:postgresql://localhost:" + LocalPorts.free().postgres() + "/throughline?connectTimeout=2",
                Map.of());
    }

    public Connection connectAsApplication() throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(), LocalDatabase.APPLICATION_USER, secrets.databasePassword());
    }

    /** Connections as the server's, each a new one. */
    public DataSource sourceAsApplication() {
        return source(postgres.jdbcUrl());
    }

    /** Connections to a database that nobody answers for. */
    public DataSource sourceAway() {
        return source("jdbc:postgresql://localhost:" + LocalPorts.free().postgres() + "/throughline?connectTimeout=2");
    }

    private DataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(LocalDatabase.APPLICATION_USER);
        source.setPassword(secrets.databasePassword());
        return source;
    }

    /** Records nothing. */
    static AuditTable noAudit() {
        return new AuditTable(new AuditForm("test", Clock.systemUTC())) {
            @Override
            void add(EntityManager entities, AuditEntry entry) {
                // What recording costs is what this is compared with.
            }

            @Override
            boolean change(EntityManager entities, String change, List<?> values, AuditEntry entry) {
                return Jdbc.update(entities, change, values);
            }
        };
    }

    /** Records of a server of these tests. */
    static AuditTable audit() {
        return new AuditTable(new AuditForm("test", Clock.systemUTC()));
    }

    IdentityKey key() {
        return new IdentityKey(Base64.getUrlDecoder().decode(secrets.identityMacKey()));
    }

    /** What is right at the door, in hexadecimal. */
    String macOf(String claims) {
        return HexFormat.of().formatHex(key().mac(claims));
    }

    /** A connection as the server's in a transaction of somebody's; rolled back unless it is committed. */
    Connection connectAs(RowIdentity identity) throws SQLException {
        Connection connection = connectAsApplication();
        connection.setAutoCommit(false);
        enter(connection, identity);
        return connection;
    }

    /** Begins the next transaction of a connection as somebody. */
    void enter(Connection connection, RowIdentity identity) throws SQLException {
        try (PreparedStatement enter = connection.prepareStatement("select identity.enter(?, ?)")) {
            enter.setString(1, identity.claims());
            enter.setBytes(2, key().mac(identity.claims()));
            enter.execute();
        }
    }

    LocalDatabase postgres() {
        return postgres;
    }

    private Database database(String url, Map<String, String> more) {
        return new Database(new TestTransactions(entities(url, more), new Entrance(key())::enter));
    }

    /** The product's own persistence unit, for those who go past its {@link Database}. */
    EntityManagerFactory entitiesAsApplication() {
        return entities(postgres.jdbcUrl(), Map.of());
    }

    private EntityManagerFactory entities(String url, Map<String, String> more) {
        return Persistence.createEntityManagerFactory("throughline", settings(url, more));
    }

    private Map<String, Object> settings(String url, Map<String, String> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        settings.put("jakarta.persistence.jtaDataSource", "");
        settings.put("jakarta.persistence.jdbc.driver", "org.postgresql.Driver");
        settings.put("jakarta.persistence.jdbc.url", url);
        settings.put("eclipselink.jdbc.property.reWriteBatchedInserts", "true");
        settings.put("eclipselink.jdbc.property.options", "-c search_path=public");
        settings.put("jakarta.persistence.jdbc.user", LocalDatabase.APPLICATION_USER);
        settings.put("jakarta.persistence.jdbc.password", secrets.databasePassword());
        return settings;
    }
}
