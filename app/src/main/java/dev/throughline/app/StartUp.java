package dev.throughline.app;

import dev.throughline.access.AgentRegistry;
import dev.throughline.access.Approvals;
import dev.throughline.conversation.AskAgent;
import dev.throughline.in.security.Authentication;
import dev.throughline.in.security.Nobody;
import dev.throughline.in.security.SignInSettings;
import dev.throughline.order.RememberedKeys;
import dev.throughline.out.audit.SealedLog;
import dev.throughline.out.database.DatabaseDurability;
import dev.throughline.out.database.DatabaseGuards;
import dev.throughline.out.database.DatabaseMigration;
import dev.throughline.out.database.IdentityKey;
import dev.throughline.trail.ToolCallLog;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Checks every setting and prepares the database before the first request, or stops the start. */
@ApplicationScoped
class StartUp {
    private static final System.Logger LOG = System.getLogger(StartUp.class.getName());
    private static final Duration TOOL_CALLS_KEPT = Duration.ofDays(1);
    private static final Duration APPROVALS_KEPT = Duration.ofDays(30);

    @Resource
    private @Nullable ManagedScheduledExecutorService scheduler;

    @Resource(lookup = "jdbc/throughline")
    private @Nullable DataSource connections;

    @Inject
    private ToolCallLog toolCalls;

    @Inject
    private Approvals approvals;

    @Inject
    private RememberedKeys keys;

    @Inject
    private Clock clock;

    void start(
            @Observes @Priority(1) Startup event,
            Instance<Settings> read,
            Instance<AgentRegistry> registry,
            Instance<SignInSettings> signIn,
            Instance<Authentication> authentication,
            Instance<AskAgent> askAgent,
            Instance<IdentityKey> identityKey,
            Instance<SealedLog> sealedLog) {
        try {
            Settings settings = read.get();
            new RegistryCheck(registry.get()).check(settings);
            signIn.get();
            authentication.get().warning().ifPresent(StartUp::warn);
            askAgent.get();
            requireDurable(settings.environment());
            prepare(settings.database(), identityKey.get());
            sealedLog.get().start();
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, oneSentence(e));
            throw e;
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.ERROR, "Throughline cannot start: " + e.getMessage());
            throw e;
        } catch (FlywayException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Throughline cannot start: the database that DB_URL, DB_MIGRATION_USER and DB_MIGRATION_PASSWORD name"
                            + " does not answer or cannot be migrated.");
            throw e;
        }
        // Once at once: it also makes the persistence provider ready, which else the first caller would wait for.
        tidy();
        Objects.requireNonNull(scheduler).scheduleWithFixedDelay(this::tidy, 60, 60, TimeUnit.MINUTES);
    }

    private void requireDurable(Environment environment) {
        List<String> lacking = ask(DatabaseDurability::lacking);
        if (lacking.isEmpty()) {
            return;
        }
        String lack = String.join(" and ", lacking) + (lacking.size() == 1 ? " is" : " are")
                + " not on at the database, so that it may lose what it has acknowledged";
        if (!environment.mayForget()) {
            throw new IllegalStateException(lack + ".");
        }
        LOG.log(System.Logger.Level.WARNING, "database_may_forget: " + lack + ".");
    }

    private void prepare(DatabaseSettings database, IdentityKey key) {
        database.migration()
                .ifPresent(migration -> DatabaseMigration.migrate(
                        database.url(), migration.user(), migration.password().value(), database.roles(), key));
        ask(source -> {
            DatabaseGuards.check(source, database.roles(), key);
            return database;
        });
    }

    /** What is asked of the database, as the role that the server works as. */
    private interface Question<T> {
        T ask(DataSource connections) throws SQLException;
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.ask(Objects.requireNonNull(connections));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the database that DB_URL, DB_USER and DB_PASSWORD name does not answer.", e);
        }
    }

    private static void warn(String warning) {
        LOG.log(
                System.Logger.Level.WARNING,
                "********** THROUGHLINE IS OPEN: " + warning + ". Whoever reaches this server may see and change the"
                        + " tenant's orders as user " + Nobody.USER + ". For a proof of concept only. **********");
    }

    private static String oneSentence(IllegalArgumentException e) {
        return e instanceof InvalidSettingException ? e.getMessage() : "Throughline cannot start: " + e.getMessage();
    }

    private void tidy() {
        try {
            toolCalls.forgetBefore(clock.instant().minus(TOOL_CALLS_KEPT));
            approvals.forgetBefore(clock.instant().minus(APPROVALS_KEPT));
            keys.forgetBefore(clock.instant().minus(RememberedKeys.KEPT));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "records_not_tidied", e);
        }
    }
}
