package dev.throughline.local.run;

import dev.throughline.local.LocalPorts;
import dev.throughline.local.LocalSecrets;
import dev.throughline.local.postgres.LocalDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The server's settings on one machine: the same variables that an operator sets in Azure. */
public final class LocalEnvironment {
    private static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";
    private static final String API = "c0ffee00-0000-4000-8000-0000000000a1";

    private LocalEnvironment() {}

    /**
     * The variables, with those of the database where this machine runs one.
     *
     * @param data the folder of the data
     */
    public static Map<String, String> of(
            LocalPorts ports, LocalSecrets secrets, Path config, Path data, Optional<LocalDatabase> database) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ENVIRONMENT", "local");
        environment.put("HTTP_PORT", String.valueOf(ports.web()));
        environment.put("HTTPS_PORT", String.valueOf(ports.webTls()));
        environment.put("PUBLIC_URL", "http://localhost:" + ports.web());
        environment.put("AZURE_TENANT_ID", TENANT);
        environment.put("AZURE_AD_CLIENT_ID", API);
        environment.put("AUTH_AUTHORITY", "http://localhost:" + ports.entra() + "/" + TENANT);
        environment.put("AUTH_CLIENT_SECRET", secrets.apiClientSecret());
        environment.put("AGENTS_FILE", config.resolve("agents.json").toString());
        environment.put("FOUNDRY_PROJECT_ENDPOINT", "http://localhost:" + ports.foundry() + "/api/projects/orders");
        environment.put("AGENT_NAME", "orders-assistant");
        environment.put("CONSENT_LINK_HOSTS", "localhost");
        environment.put("STATE_KEY", secrets.stateKey());
        environment.put("IDENTITY_MAC_KEY", secrets.identityMacKey());
        environment.put("AUDIT_SIGNING_KEY", secrets.auditSigningKey());
        environment.put(
                "AUDIT_CHECKPOINTS", data.resolve("audit-checkpoints.txt").toString());
        environment.put("keystore_password", secrets.keystorePassword());
        database.ifPresent(running -> {
            environment.put("DB_URL", running.jdbcUrl());
            environment.put("DB_USER", LocalDatabase.APPLICATION_USER);
            environment.put("DB_PASSWORD", secrets.databasePassword());
            environment.put("DB_OWNER", LocalDatabase.OWNER);
            environment.put("DB_MIGRATION_USER", LocalDatabase.MIGRATION_USER);
            environment.put("DB_MIGRATION_PASSWORD", secrets.migrationPassword());
        });
        return environment;
    }
}
