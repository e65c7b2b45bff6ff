package dev.throughline.app;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings that are accepted, to be changed in one thing each. */
final class Sample {
    static final String TENANT = "c0ffee00-0000-4000-8000-000000000001";
    static final String OTHER_TENANT = "c0ffee00-0000-4000-8000-000000000002";
    static final String API = "c0ffee00-0000-4000-8000-0000000000a1";
    static final String V2 = "https://login.microsoftonline.com/" + TENANT + "/v2.0";
    static final String V1 = "https://sts.windows.net/" + TENANT + "/";

    private final Map<String, String> values;

    private Sample(Map<String, String> values) {
        this.values = values;
    }

    /** As an operator sets them. */
    static Sample prod() {
        return new Sample(Map.ofEntries(
                Map.entry("ENVIRONMENT", "prod"),
                Map.entry("PUBLIC_URL", "https://orders.contoso.example"),
                Map.entry("AZURE_TENANT_ID", TENANT),
                Map.entry("AZURE_AD_CLIENT_ID", API),
                Map.entry("AUTH_CLIENT_SECRET", "Qk8~not-a-real-secret-only-one-for-tests"),
                Map.entry("AGENTS_FILE", "/config/agents.json"),
                Map.entry("AGENT_NAME", "orders-assistant"),
                Map.entry("FOUNDRY_PROJECT_ENDPOINT", "https://contoso.services.ai.azure.com/api/projects/orders"),
                Map.entry("CONSENT_LINK_HOSTS", "login.microsoftonline.com,*.consent.azure-apihub.net"),
                Map.entry("STATE_KEY", "w1Yx0uJ2r8bG5sT7nQ4mZkLdPvFhXcA9eRiBoWyUjS8"),
                Map.entry("IDENTITY_MAC_KEY", "Zk3vQ9pLr7TzXc1mWbYhGd5sNf8aJu2eKtRqPoViCx0"),
                Map.entry("AUDIT_SIGNING_KEY", "p4Vw7cXn0KsQzR2yTmLb9GhJ6dFeUaI3oYtNrHkCq1E"),
                Map.entry("AUDIT_CHECKPOINTS", "/audit/checkpoints.txt"),
                Map.entry("DB_URL", "jdbc:postgresql://db.contoso.example:5432/throughline?sslmode=verify-full"),
                Map.entry("DB_USER", "throughline_app"),
                Map.entry("DB_PASSWORD", "one"),
                Map.entry("DB_MIGRATION_USER", "throughline_migrate"),
                Map.entry("DB_MIGRATION_PASSWORD", "two")));
    }

    /** As the run command sets them. */
    static Sample local() {
        return prod().with("ENVIRONMENT", "local")
                .with("PUBLIC_URL", "http://localhost:9080")
                .with("AUTH_AUTHORITY", "http://localhost:9180/" + TENANT)
                .with("FOUNDRY_PROJECT_ENDPOINT", "http://localhost:9181/api/projects/orders")
                .with("CONSENT_LINK_HOSTS", "localhost");
    }

    /** One setting changed; taken away by null. */
    Sample with(String name, @Nullable String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.remove(name);
        if (value != null) {
            changed.put(name, value);
        }
        return new Sample(Map.copyOf(changed));
    }

    FakeConfig config() {
        return FakeConfig.of(values);
    }

    Settings read() {
        return Settings.read(new Variables(config()));
    }
}
