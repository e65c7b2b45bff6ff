package dev.throughline.app;

import dev.throughline.in.security.Authentication;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** What an orchestrator asks: ready means that a good caller would be served. */
@ApplicationScoped
class Health {
    private static final int SECONDS = 2;

    @Resource(lookup = "jdbc/throughline")
    private @Nullable DataSource database;

    @Inject
    private Authentication authentication;

    @Produces
    @Dependent
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.up("server");
    }

    @Produces
    @Dependent
    @Readiness
    HealthCheck databaseAnswers() {
        return () -> HealthCheckResponse.named("database").status(answers()).build();
    }

    @Produces
    @Dependent
    @Readiness
    HealthCheck signInsCanBeChecked() {
        return () -> HealthCheckResponse.named("sign-in keys")
                .status(authentication.ready())
                .build();
    }

    private boolean answers() {
        try (Connection connection = Objects.requireNonNull(database).getConnection()) {
            return connection.isValid(SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
